namespace RadiogenomicsCloud.Statistics;

/// <summary>Correlation of two series of equal length. NaN in gives NaN out; so do fewer than two values and a constant series.</summary>
public static class Correlation
{
    /// <summary>Pearson's product-moment correlation, in [−1, 1].</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Pearson(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length)
            throw new ArgumentException($"{x.Length} and {y.Length} values cannot be paired.", nameof(y));
        // What rounding leaves about the mean of a constant is no spread.
        if (x.IsEmpty || x.IndexOfAnyExcept(x[0]) < 0 || y.IndexOfAnyExcept(y[0]) < 0)
            return double.NaN;
        double meanX = Moments.Mean(x), meanY = Moments.Mean(y);
        double xx = 0, yy = 0, xy = 0;
        for (var i = 0; i < x.Length; i++)
        {
            double dx = x[i] - meanX, dy = y[i] - meanY;
            xx += dx * dx;
            yy += dy * dy;
            xy += dx * dy;
        }
        return xx > 0 && yy > 0 ? Math.Clamp(xy / (Math.Sqrt(xx) * Math.Sqrt(yy)), -1, 1) : double.NaN;
    }

    /// <summary>Spearman's rank correlation: Pearson's correlation of the midranks.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Spearman(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        foreach (var value in x)
            if (double.IsNaN(value))
                return double.NaN;
        foreach (var value in y)
            if (double.IsNaN(value))
                return double.NaN;
        return Pearson(Ranks.Midranks(x), Ranks.Midranks(y));
    }
}
