namespace RadiogenomicsCloud.Radiomics.Intensity;

/// <summary>The measures of <see cref="DistributionSummary"/> of grey levels, straight from how often each occurs.</summary>
internal static class LevelDistribution
{
    /// <param name="counts">Voxels per level; index 0 is unused. At least one voxel.</param>
    public static DistributionSummary Summarise(ReadOnlySpan<int> counts)
    {
        var (lowest, highest) = (counts.IndexOfAnyExcept(0), counts.LastIndexOfAnyExcept(0));
        var mean = Mean(counts, lowest, highest, out var voxels);
        var (variance, skewness, kurtosis) = CentralMoments(counts, mean, voxels, highest - lowest);
        var p10 = Percentile(counts, 0.10, voxels);
        var p25 = Percentile(counts, 0.25, voxels);
        var median = Percentile(counts, 0.50, voxels);
        var p75 = Percentile(counts, 0.75, voxels);
        var p90 = Percentile(counts, 0.90, voxels);
        return new(
            mean, variance, skewness, kurtosis, median, lowest, p10, p90, highest,
            InterquartileRange: p75 - p25,
            Range: highest - lowest,
            MeanAbsoluteDeviation: MeanDistance(counts, mean, lowest, highest),
            RobustMeanAbsoluteDeviation: RobustDistance(counts, p10, p90),
            MedianAbsoluteDeviation: MeanDistance(counts, median, lowest, highest),
            CoefficientOfVariation: Math.Sqrt(variance) / mean,
            QuartileCoefficientOfDispersion: (p75 - p25) / (p75 + p25));
    }

    // Sums of integers are exact.
    private static double Mean(ReadOnlySpan<int> counts, int from, int to, out long voxels)
    {
        long sum = 0;
        voxels = 0;
        for (var level = from; level <= to; level++)
        {
            voxels += counts[level];
            sum += (long)(level - from) * counts[level];
        }
        return from + (sum / (double)voxels);
    }

    private static double MeanDistance(ReadOnlySpan<int> counts, double centre, int from, int to)
    {
        var sum = 0.0;
        long voxels = 0;
        for (var level = from; level <= to; level++)
        {
            sum += counts[level] * Math.Abs(level - centre);
            voxels += counts[level];
        }
        return sum / voxels;
    }

    private static double RobustDistance(ReadOnlySpan<int> counts, double low, double high)
    {
        var (from, to) = ((int)Math.Ceiling(low), (int)Math.Floor(high));
        if (from > to || counts[from..(to + 1)].IndexOfAnyExcept(0) < 0)
            return double.NaN;
        return MeanDistance(counts, Mean(counts, from, to, out _), from, to);
    }

    private static (double Variance, double Skewness, double ExcessKurtosis) CentralMoments(
        ReadOnlySpan<int> counts, double mean, long voxels, double range)
    {
        if (range == 0)
            return (0, 0, 0);
        double second = 0, third = 0, fourth = 0;
        for (var level = 1; level < counts.Length; level++)
        {
            if (counts[level] == 0)
                continue;
            var deviation = (level - mean) / range;
            var square = deviation * deviation;
            second += counts[level] * square;
            third += counts[level] * square * deviation;
            fourth += counts[level] * square * square;
        }
        second /= voxels;
        third /= voxels;
        fourth /= voxels;
        return (second * range * range, third / (second * Math.Sqrt(second)), (fourth / (second * second)) - 3);
    }

    private static double Percentile(ReadOnlySpan<int> counts, double fraction, long voxels)
    {
        var position = fraction * (voxels - 1);
        var below = (long)position;
        var level = 0;
        // Voxels up to and with this level.
        long reached = counts[0];
        while (reached <= below)
            reached += counts[++level];
        if (reached > below + 1 || below >= voxels - 1)
            return level;
        var next = level + 1 + counts[(level + 1)..].IndexOfAnyExcept(0);
        return level + ((position - below) * (next - level));
    }
}
