namespace RadiogenomicsCloud.Radiomics.Intensity;

/// <summary>
/// Intensity histogram features (IBSI ZVCW), over the volume (DHQ4): the grey levels of the discretised region. All are in grey levels
/// (bin numbers) or dimensionless, never in the image's unit.
/// </summary>
/// <remarks>
/// The histogram has every bin from 1 to Ng, occupied or not, as the gradients demand. Where several levels have the greatest (least)
/// gradient, the lowest of them is reported: the manual is silent. With a single bin there is no gradient (the manual's formula needs
/// a second one) and the four gradient features are NaN. Mode: of several equally frequent levels the one nearest to the mean, of two
/// equally near the lower (IBSI AMMC). Entropy is in bits. Percentiles and other undefined values are those of
/// <see cref="IntensityStatisticsFamily"/>.
/// Source: Zwanenburg et al., IBSI reference manual, section 3.4.
/// </remarks>
public sealed class IntensityHistogramFamily : IFeatureFamily
{
    private const string FamilyKey = "intensity_histogram";

    private const int RobustDeviation = 13, FirstGradient = 19;

    public string Key => FamilyKey;

    public bool NeedsDiscretisation => true;

    public IReadOnlyList<FeatureDefinition> Features { get; } =
    [
        Define("mean", "X6K6", "Mean discretised intensity"),
        Define("var", "CH89", "Discretised intensity variance"),
        Define("skew", "88K1", "Discretised intensity skewness"),
        Define("kurt", "C3I7", "(Excess) discretised intensity kurtosis"),
        Define("median", "WIFQ", "Median discretised intensity"),
        Define("min", "1PR8", "Minimum discretised intensity"),
        Define("p10", "GPMT", "10th discretised intensity percentile"),
        Define("p90", "OZ0C", "90th discretised intensity percentile"),
        Define("max", "3NCY", "Maximum discretised intensity"),
        Define("mode", "AMMC", "Intensity histogram mode"),
        Define("iqr", "WR0O", "Discretised intensity interquartile range"),
        Define("range", "5Z3W", "Discretised intensity range"),
        Define("mad", "D2ZX", "Intensity histogram mean absolute deviation"),
        Define("rmad", "WRZB", "Intensity histogram robust mean absolute deviation"),
        Define("medad", "4RNL", "Intensity histogram median absolute deviation"),
        Define("cov", "CWYJ", "Intensity histogram coefficient of variation"),
        Define("qcod", "SLWD", "Intensity histogram quartile coefficient of dispersion"),
        Define("entropy", "TLU2", "Discretised intensity entropy"),
        Define("uniformity", "BJ5W", "Discretised intensity uniformity"),
        Define("max_grad", "12CE", "Maximum histogram gradient"),
        Define("max_grad_g", "8E6O", "Maximum histogram gradient intensity"),
        Define("min_grad", "VQB3", "Minimum histogram gradient"),
        Define("min_grad_g", "RHQZ", "Minimum histogram gradient intensity"),
    ];

    public void Compute(FeatureInput input, FamilyValues values)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(values);
        var counts = GreyLevels.Histogram(input.Discretised);
        var voxels = 0;
        foreach (var count in counts)
            voxels += count;
        if (voxels == 0)
        {
            values.Missing(FeatureInput.EmptyRegion);
            return;
        }
        var s = LevelDistribution.Summarise(counts);
        var (entropy, uniformity) = EntropyAndUniformity(counts, voxels);
        var gradient = Gradient(counts);
        ReadOnlySpan<double> computed =
        [
            s.Mean, s.Variance, s.Skewness, s.ExcessKurtosis, s.Median, s.Minimum, s.Percentile10, s.Percentile90, s.Maximum,
            Mode(counts), s.InterquartileRange, s.Range, s.MeanAbsoluteDeviation, s.RobustMeanAbsoluteDeviation,
            s.MedianAbsoluteDeviation, s.CoefficientOfVariation, s.QuartileCoefficientOfDispersion, entropy, uniformity,
            gradient.Max, gradient.MaxLevel, gradient.Min, gradient.MinLevel,
        ];
        computed.CopyTo(values.Values);
        values.Missing(RobustDeviation, 1, IntensityStatisticsFamily.NothingBetweenPercentiles);
        values.Missing(FirstGradient, 4, "the histogram has a single bin");
    }

    // In integers: |level·n − sum| is exact, so that ties are ties.
    private static int Mode(ReadOnlySpan<int> counts)
    {
        long total = 0, sum = 0;
        for (var level = 1; level < counts.Length; level++)
        {
            total += counts[level];
            sum += (long)level * counts[level];
        }
        var mode = 0;
        for (var level = 1; level < counts.Length; level++)
        {
            if (mode == 0 || counts[level] > counts[mode] ||
                (counts[level] == counts[mode] && Math.Abs((level * total) - sum) < Math.Abs((mode * total) - sum)))
                mode = level;
        }
        return mode;
    }

    private static (double Entropy, double Uniformity) EntropyAndUniformity(ReadOnlySpan<int> counts, int voxels)
    {
        double entropy = 0, uniformity = 0;
        foreach (var count in counts)
        {
            if (count == 0)
                continue;
            var p = count / (double)voxels;
            entropy -= p * Math.Log2(p);
            uniformity += p * p;
        }
        return (entropy, uniformity);
    }

    private static (double Max, double MaxLevel, double Min, double MinLevel) Gradient(ReadOnlySpan<int> counts)
    {
        var last = counts.Length - 1;
        if (last < 2)
            return (double.NaN, double.NaN, double.NaN, double.NaN);
        var (max, maxLevel, min, minLevel) = (double.NegativeInfinity, 0, double.PositiveInfinity, 0);
        for (var level = 1; level <= last; level++)
        {
            var gradient =
                level == 1 ? (double)counts[2] - counts[1]
                : level == last ? (double)counts[last] - counts[last - 1]
                : ((double)counts[level + 1] - counts[level - 1]) / 2;
            if (gradient > max)
                (max, maxLevel) = (gradient, level);
            if (gradient < min)
                (min, minLevel) = (gradient, level);
        }
        return (max, maxLevel, min, minLevel);
    }

    private static FeatureDefinition Define(string tag, string code, string name) =>
        new($"ih_{tag}", code, name, FamilyKey, Aggregation: null, Unit: "1");
}
