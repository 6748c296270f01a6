namespace RadiogenomicsCloud.Statistics;

/// <summary>Sample quantiles of Hyndman and Fan's type 7 (Am Stat 1996, 50:361), R's default.</summary>
public static class Quantiles
{
    /// <summary>The quantile of values sorted in ascending order.</summary>
    /// <returns>NaN if there are no values or one is NaN.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is outside [0, 1].</exception>
    public static double SortedQuantile(ReadOnlySpan<double> sorted, double probability)
    {
        if (!(probability >= 0 && probability <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability lies in [0, 1].");
        // NaN sorts first.
        if (sorted.IsEmpty || double.IsNaN(sorted[0]))
            return double.NaN;
        var position = (sorted.Length - 1) * probability;
        // As R: a product that is an integer but for rounding is that integer.
        var low = (int)Math.Floor(position + (4 * Math.BitIncrement(1.0) - 4));
        var fraction = position - low;
        if (low >= sorted.Length - 1 || fraction <= 0 || sorted[low] == sorted[low + 1])
            return sorted[Math.Min(low, sorted.Length - 1)];
        return ((1 - fraction) * sorted[low]) + (fraction * sorted[low + 1]);
    }

    /// <summary>The quantile of values in any order, which are left as they are.</summary>
    public static double Quantile(ReadOnlySpan<double> values, double probability)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return SortedQuantile(sorted, probability);
    }

    /// <summary>The median of values in any order.</summary>
    public static double Median(ReadOnlySpan<double> values) => Quantile(values, 0.5);
}
