using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>
/// Values of a predictor for figures and tables that leave the study. The least and the greatest value of a column are those of single patients: axes go
/// from the 1st to the 99th percentile, and what lies on them is rounded.
/// </summary>
internal static class RoundValues
{
    private const double Lowest = 0.01;
    private const double Highest = 0.99;
    private const double Fineness = 100;
    private const double Coarseness = 10;

    /// <summary>The least of 1, 2 and 5 times a power of ten that is no less than <paramref name="step"/>; positive.</summary>
    public static double Step(double step)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        foreach (var factor in new[] { 1.0, 2, 5 })
        {
            if (factor * power >= step * (1 - 1e-9))
                return factor * power;
        }
        return 10 * power;
    }

    /// <summary>A multiple of a step, without the dust of the multiplication.</summary>
    public static double Multiple(double count, double step) => Math.Round(count * step, Math.Clamp(3 - (int)Math.Floor(Math.Log10(step)), 0, 15));

    /// <summary>Round multiples from <paramref name="low"/> to <paramref name="high"/>, about as many as asked for.</summary>
    public static IReadOnlyList<double> Ticks(double low, double high, int about)
    {
        var step = Step((high - low) / about);
        double first = Math.Ceiling((low / step) - 1e-9), last = Math.Floor((high / step) + 1e-9);
        return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(k => Multiple(first + k, step))];
    }

    /// <summary>
    /// Distinct values of a column, ascending: its one or two values as they are, whole numbers that are few as they are between the percentiles, else rounded
    /// quantiles at even steps between the percentiles. Missing values are left out.
    /// </summary>
    /// <param name="most">At least 3.</param>
    public static IReadOnlyList<double> Grid(ReadOnlySpan<double> column, int most)
    {
        var sorted = Sorted(column);
        double[] distinct = [.. sorted.Distinct()];
        if (distinct.Length <= 2)
            return distinct;
        double low = Quantiles.SortedQuantile(sorted, Lowest), high = Quantiles.SortedQuantile(sorted, Highest);
        if (distinct.Length <= most && Array.TrueForAll(distinct, v => v == Math.Floor(v)))
            return Array.FindAll(distinct, v => v >= Math.Floor(low) && v <= Math.Ceiling(high));
        if (high <= low)
            return [low];
        var unit = Step((high - low) / Fineness);
        return
        [
            .. Enumerable.Range(0, most).Select(k => Quantiles.SortedQuantile(sorted, Lowest + ((Highest - Lowest) * k / (most - 1))))
                .Select(v => Multiple(Math.Round(v / unit), unit)).Distinct(),
        ];
    }

    /// <summary>An axis for a column: its two values as they are, else the percentiles moved outwards to round numbers. Both ends are the same where it does not vary.</summary>
    public static (double Low, double High) Range(ReadOnlySpan<double> column)
    {
        var sorted = Sorted(column);
        if (sorted.Length == 0)
            return (0, 0);
        double[] distinct = [.. sorted.Distinct()];
        if (distinct.Length <= 2)
            return (distinct[0], distinct[^1]);
        double low = Quantiles.SortedQuantile(sorted, Lowest), high = Quantiles.SortedQuantile(sorted, Highest);
        if (high <= low)
            return (low, low);
        var step = Step((high - low) / Coarseness);
        return (Multiple(Math.Floor((low / step) + 1e-9), step), Multiple(Math.Ceiling((high / step) - 1e-9), step));
    }

    private static double[] Sorted(ReadOnlySpan<double> column)
    {
        var present = Array.FindAll(column.ToArray(), double.IsFinite);
        Array.Sort(present);
        return present;
    }
}
