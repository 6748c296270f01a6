namespace RadiogenomicsCloud.Statistics;

/// <summary>
/// Cleveland's lowess without robustness iterations (J Am Stat Assoc 1979, 74:829), as R's <c>lowess(x, y, f, iter = 0, delta)</c>: local lines with
/// tricube weights on the nearest share of points; points nearer than delta to the last one smoothed are interpolated.
/// </summary>
public static class Lowess
{
    /// <summary>The smooth at each row's x, in the order of the rows.</summary>
    /// <param name="share">R's f: the share of the points in each neighbourhood, in (0, 1].</param>
    /// <param name="delta">R's default is one hundredth of the range of x; NaN: that. 0 smooths every distinct x.</param>
    /// <returns>Empty if there are no rows.</returns>
    /// <exception cref="ArgumentException">The lengths differ or a value is not finite.</exception>
    public static double[] Smooth(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double share = 2.0 / 3, double delta = double.NaN)
    {
        if (x.Length != y.Length)
            throw new ArgumentException($"{x.Length} and {y.Length} values cannot be paired.", nameof(y));
        if (!(share is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "The share of a neighbourhood lies in (0, 1].");
        for (var i = 0; i < x.Length; i++)
            if (!double.IsFinite(x[i]) || !double.IsFinite(y[i]))
                throw new ArgumentException("A value is missing or infinite.", nameof(x));
        var sorted = x.ToArray();
        var order = SurvivalCounts.Order(sorted);
        // Stable where x is tied, so that sums do not depend on how the sort broke the tie.
        for (var start = 0; start < sorted.Length;)
        {
            var end = Ranks.EndOfTie(sorted, start);
            Array.Sort(order, start, end - start);
            start = end;
        }
        var outcome = new double[sorted.Length];
        for (var i = 0; i < outcome.Length; i++)
            outcome[i] = y[order[i]];
        var smooth = Sorted(sorted, outcome, share, delta);
        var result = new double[smooth.Length];
        for (var i = 0; i < smooth.Length; i++)
            result[order[i]] = smooth[i];
        return result;
    }

    private static double[] Sorted(double[] x, double[] y, double share, double delta)
    {
        var n = x.Length;
        if (n < 2)
            return y;
        var size = Math.Clamp((int)((share * n) + 1e-7), 2, n);
        var range = x[n - 1] - x[0];
        if (double.IsNaN(delta))
            delta = 0.01 * range;
        var smooth = new double[n];
        int left = 0, last = -1, i = 0;
        while (true)
        {
            // The window of the nearest points moves right while the point that enters is nearer than the one that leaves.
            while (left + size < n && x[i] - x[left] > x[left + size] - x[i])
                left++;
            smooth[i] = Line(x, y, left, left + size - 1, x[i], range, y[i]);
            for (var k = last + 1; k < i; k++)
            {
                var part = (x[k] - x[last]) / (x[i] - x[last]);
                smooth[k] = (part * smooth[i]) + ((1 - part) * smooth[last]);
            }
            last = i;
            if (last == n - 1)
                return smooth;
            var reach = x[last] + delta;
            for (i = last + 1; i < n && x[i] <= reach; i++)
            {
                if (x[i] != x[last])
                    continue;
                smooth[i] = smooth[last];
                last = i;
            }
            i = Math.Max(last + 1, i - 1);
            if (last == n - 1)
                return smooth;
        }
    }

    private static double Line(double[] x, double[] y, int left, int right, double at, double range, double alone)
    {
        var bandwidth = Math.Max(at - x[left], x[right] - at);
        double sum = 0, sumX = 0;
        var weights = new double[x.Length - left];
        var end = left;
        // Points beyond the window that are as near as its last one belong to it.
        for (; end < x.Length; end++)
        {
            var distance = Math.Abs(x[end] - at);
            if (distance > 0.999 * bandwidth)
            {
                if (x[end] > at)
                    break;
                continue;
            }
            var u = distance / bandwidth;
            var cube = 1 - (u * u * u);
            var weight = distance > 0.001 * bandwidth ? cube * cube * cube : 1;
            weights[end - left] = weight;
            sum += weight;
            sumX += weight * x[end];
        }
        if (!(sum > 0))
            return alone;
        double mean = sumX / sum, squares = 0;
        for (var k = left; k < end; k++)
            squares += weights[k - left] / sum * (x[k] - mean) * (x[k] - mean);
        var slope = bandwidth > 0 && Math.Sqrt(squares) > 0.001 * range ? (at - mean) / squares : 0;
        var fit = 0.0;
        for (var k = left; k < end; k++)
            fit += weights[k - left] / sum * (1 + (slope * (x[k] - mean))) * y[k];
        return fit;
    }
}
