namespace RadiogenomicsCloud.Statistics;

/// <summary>
/// Local linear regression with tricube weights on the nearest share of points (Cleveland, J Am Stat Assoc 1979, 74:829, without robustness
/// iterations), as R's <c>loess(y ~ x, span, degree = 1, control = loess.control(surface = "direct"))</c>.
/// </summary>
public static class LocalLinear
{
    /// <summary>The smooth at each of <paramref name="at"/>.</summary>
    /// <param name="span">Share of the points in each neighbourhood, in (0, 1].</param>
    /// <returns>NaN everywhere if there are no points.</returns>
    public static double[] Smooth(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double span, ReadOnlySpan<double> at)
    {
        if (x.Length != y.Length)
            throw new ArgumentException($"{x.Length} and {y.Length} values cannot be paired.", nameof(y));
        if (!(span is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(span), span, "A span lies in (0, 1].");
        var smooth = new double[at.Length];
        var distances = new double[x.Length];
        var neighbours = Math.Clamp((int)Math.Floor((x.Length * span) + 1e-5), 1, Math.Max(1, x.Length));
        for (var k = 0; k < at.Length; k++)
        {
            for (var i = 0; i < x.Length; i++)
                distances[i] = Math.Abs(x[i] - at[k]);
            Array.Sort(distances);
            smooth[k] = x.IsEmpty ? double.NaN : Fit(x, y, at[k], distances[neighbours - 1]);
        }
        return smooth;
    }

    private static double Fit(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double at, double bandwidth)
    {
        double sum = 0, sumX = 0, sumY = 0, sumXx = 0, sumXy = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var dx = x[i] - at;
            var u = bandwidth > 0 ? Math.Abs(dx) / bandwidth : (dx == 0 ? 0 : 1);
            if (u >= 1)
                continue;
            var cube = 1 - (u * u * u);
            var weight = cube * cube * cube;
            sum += weight;
            sumX += weight * dx;
            sumY += weight * y[i];
            sumXx += weight * dx * dx;
            sumXy += weight * dx * y[i];
        }
        double meanX = sumX / sum, meanY = sumY / sum;
        var variance = (sumXx / sum) - (meanX * meanX);
        // No slope where the neighbourhood is one point but for rounding.
        if (!(variance > 1e-12 * bandwidth * bandwidth))
            return meanY;
        return meanY - ((sumXy / sum) - (meanX * meanY)) / variance * meanX;
    }
}
