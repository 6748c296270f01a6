namespace RadiogenomicsCloud.Radiomics.Intensity;

/// <summary>
/// The sixteen measures that intensity statistics (IBSI UHIW) and the intensity histogram (IBSI ZVCW) share, of one sample:
/// intensities for the first, grey levels for the second.
/// </summary>
/// <remarks>
/// Percentiles, the median included, interpolate linearly between order statistics at position q·(n − 1) (type 7 of Hyndman and Fan):
/// the manual leaves the interpolation open, and this is the rule that gives its reference values (P90 of the digital phantom 4, not 4.2).
/// Where all values are equal, skewness and excess kurtosis are 0 (IBSI KE2A, IPH6, 88K1, C3I7 say so).
/// The coefficient of variation is NaN where the mean is 0, the quartile coefficient of dispersion where P25 + P75 is 0: the manual
/// divides by them without saying what then.
/// </remarks>
internal readonly record struct DistributionSummary(
    double Mean,
    double Variance,
    double Skewness,
    double ExcessKurtosis,
    double Median,
    double Minimum,
    double Percentile10,
    double Percentile90,
    double Maximum,
    double InterquartileRange,
    double Range,
    double MeanAbsoluteDeviation,
    double RobustMeanAbsoluteDeviation,
    double MedianAbsoluteDeviation,
    double CoefficientOfVariation,
    double QuartileCoefficientOfDispersion)
{
    /// <summary>Summarises a sample sorted ascending, at least one value, none NaN.</summary>
    public static DistributionSummary OfSorted(ReadOnlySpan<double> sorted)
    {
        var minimum = sorted[0];
        var maximum = sorted[^1];
        var range = maximum - minimum;
        var mean = MeanOf(sorted);
        var (variance, skewness, kurtosis) = CentralMoments(sorted, mean, range);
        var p10 = SortedPercentile(sorted, 0.10);
        var p25 = SortedPercentile(sorted, 0.25);
        var median = SortedPercentile(sorted, 0.50);
        var p75 = SortedPercentile(sorted, 0.75);
        var p90 = SortedPercentile(sorted, 0.90);
        var between = BetweenInclusive(sorted, p10, p90);
        return new(
            mean, variance, skewness, kurtosis, median, minimum, p10, p90, maximum,
            InterquartileRange: p75 - p25,
            Range: range,
            MeanAbsoluteDeviation: MeanDistance(sorted, mean),
            RobustMeanAbsoluteDeviation: between.IsEmpty ? double.NaN : MeanDistance(between, MeanOf(between)),
            MedianAbsoluteDeviation: MeanDistance(sorted, median),
            CoefficientOfVariation: mean == 0 ? double.NaN : Math.Sqrt(variance) / mean,
            QuartileCoefficientOfDispersion: Dispersion(p25, p75));
    }

    /// <summary>
    /// The same of intensities so large or small that their squares leave the range of a double: what is a power of the intensities
    /// itself is NaN or infinite if it does, everything else is as of ordinary ones.
    /// </summary>
    public static DistributionSummary OfSorted(ReadOnlySpan<double> sorted, ReadOnlySpan<double> scaled, IntensityScale scale)
    {
        var plain = OfSorted(sorted);
        var s = OfSorted(scaled);
        return plain with
        {
            Mean = scale.Up(s.Mean, 1),
            Variance = scale.Up(s.Variance, 2),
            Skewness = s.Skewness,
            ExcessKurtosis = s.ExcessKurtosis,
            MeanAbsoluteDeviation = scale.Up(s.MeanAbsoluteDeviation, 1),
            RobustMeanAbsoluteDeviation = scale.Up(s.RobustMeanAbsoluteDeviation, 1),
            MedianAbsoluteDeviation = scale.Up(s.MedianAbsoluteDeviation, 1),
            CoefficientOfVariation = s.CoefficientOfVariation,
        };
    }

    /// <summary>Percentile by linear interpolation at position fraction·(n − 1), counted from 0.</summary>
    internal static double SortedPercentile(ReadOnlySpan<double> sorted, double fraction)
    {
        var position = fraction * (sorted.Length - 1);
        var below = (int)position;
        if (below >= sorted.Length - 1)
            return sorted[^1];
        // Equal neighbours give exactly their value: a + t·(b − a) with b − a = 0.
        var (low, high, t) = (sorted[below], sorted[below + 1], position - below);
        return double.IsFinite(high - low) ? low + (t * (high - low)) : (low * (1 - t)) + (high * t);
    }

    private static double Dispersion(double p25, double p75)
    {
        // Halves of huge percentiles, whose sum or difference is none.
        if (!double.IsFinite(p75 + p25) || !double.IsFinite(p75 - p25))
            (p25, p75) = (p25 / 2, p75 / 2);
        return p75 + p25 == 0 ? double.NaN : (p75 - p25) / (p75 + p25);
    }

    // Measured from the lowest value, so that a flat sample has exactly its value as mean.
    private static double MeanOf(ReadOnlySpan<double> sorted)
    {
        var sum = 0.0;
        foreach (var value in sorted)
            sum += value - sorted[0];
        return sorted[0] + (sum / sorted.Length);
    }

    private static double MeanDistance(ReadOnlySpan<double> values, double centre)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += Math.Abs(value - centre);
        return sum / values.Length;
    }

    // Deviations in units of the range, so that squares and fourth powers neither vanish nor overflow.
    private static (double Variance, double Skewness, double ExcessKurtosis) CentralMoments(
        ReadOnlySpan<double> sorted, double mean, double range)
    {
        if (range == 0)
            return (0, 0, 0);
        double second = 0, third = 0, fourth = 0;
        foreach (var value in sorted)
        {
            var deviation = (value - mean) / range;
            var square = deviation * deviation;
            second += square;
            third += square * deviation;
            fourth += square * square;
        }
        second /= sorted.Length;
        third /= sorted.Length;
        fourth /= sorted.Length;
        return (second * range * range, third / (second * Math.Sqrt(second)), (fourth / (second * second)) - 3);
    }

    private static ReadOnlySpan<double> BetweenInclusive(ReadOnlySpan<double> sorted, double low, double high)
    {
        var start = 0;
        while (start < sorted.Length && sorted[start] < low)
            start++;
        var end = sorted.Length;
        while (end > start && sorted[end - 1] > high)
            end--;
        return sorted[start..end];
    }
}
