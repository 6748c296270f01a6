namespace RadiogenomicsCloud.Radiomics.Intensity;

/// <summary>
/// Intensity-based statistical features (IBSI UHIW), over the volume (DHQ4): the intensities of the voxels of the intensity mask,
/// not discretised, no bias correction.
/// </summary>
/// <remarks>
/// Percentile rule and undefined values: coefficient of variation is NaN where the mean is 0, quartile coefficient of dispersion where
/// P25 + P75 is 0; skewness and kurtosis of a flat region are 0 as the manual says. The 10th to 90th percentile set of the robust
/// deviation holds its bounds; where no voxel lies between them (two voxels that differ), the feature is NaN. Squares that leave the
/// range of a double (intensities beyond about 10¹⁵⁰) make only the features missing that are squares themselves.
/// Source: Zwanenburg et al., IBSI reference manual, section 3.3.
/// </remarks>
public sealed class IntensityStatisticsFamily : IFeatureFamily
{
    /// <summary>Why a robust mean absolute deviation is missing, where it is not for the size of the intensities.</summary>
    internal const string NothingBetweenPercentiles = "no voxel lies between the 10th and the 90th percentile";

    private const string FamilyKey = "intensity_statistics";

    private const int RobustDeviation = 12, CoefficientOfVariation = 14, QuartileDispersion = 15;

    public string Key => FamilyKey;

    public bool NeedsDiscretisation => false;

    public IReadOnlyList<FeatureDefinition> Features { get; } =
    [
        Define("mean", "Q4LE", "Mean intensity", "intensity"),
        Define("var", "ECT3", "Intensity variance", "intensity²"),
        Define("skew", "KE2A", "Intensity skewness", "1"),
        Define("kurt", "IPH6", "(Excess) intensity kurtosis", "1"),
        Define("median", "Y12H", "Median intensity", "intensity"),
        Define("min", "1GSF", "Minimum intensity", "intensity"),
        Define("p10", "QG58", "10th intensity percentile", "intensity"),
        Define("p90", "8DWT", "90th intensity percentile", "intensity"),
        Define("max", "84IY", "Maximum intensity", "intensity"),
        Define("iqr", "SALO", "Intensity interquartile range", "intensity"),
        Define("range", "2OJQ", "Intensity range", "intensity"),
        Define("mad", "4FUA", "Intensity-based mean absolute deviation", "intensity"),
        Define("rmad", "1128", "Intensity-based robust mean absolute deviation", "intensity"),
        Define("medad", "N72L", "Intensity-based median absolute deviation", "intensity"),
        Define("cov", "7TET", "Intensity-based coefficient of variation", "1"),
        Define("qcod", "9S40", "Intensity-based quartile coefficient of dispersion", "1"),
        Define("energy", "N8CA", "Intensity-based energy", "intensity²"),
        Define("rms", "5ZWQ", "Root mean square intensity", "intensity"),
    ];

    public void Compute(FeatureInput input, FamilyValues values)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(values);
        var sorted = input.SortedIntensities;
        if (sorted.IsEmpty)
        {
            values.Missing(FeatureInput.EmptyRegion);
            return;
        }
        if (!double.IsFinite(sorted[0]) || !double.IsFinite(sorted[^1]))
        {
            values.Missing(FeatureInput.NotFinite);
            return;
        }
        var scale = IntensityScale.For(Math.Max(Math.Abs(sorted[0]), Math.Abs(sorted[^1])));
        var scaled = scale.IsOne ? sorted : Scaled(sorted, scale);
        var s = scale.IsOne ? DistributionSummary.OfSorted(sorted) : DistributionSummary.OfSorted(sorted, scaled, scale);
        var energy = 0.0;
        foreach (var value in scaled)
            energy += value * value;
        ReadOnlySpan<double> computed =
        [
            s.Mean, s.Variance, s.Skewness, s.ExcessKurtosis, s.Median, s.Minimum, s.Percentile10, s.Percentile90, s.Maximum,
            s.InterquartileRange, s.Range, s.MeanAbsoluteDeviation, s.RobustMeanAbsoluteDeviation, s.MedianAbsoluteDeviation,
            s.CoefficientOfVariation, s.QuartileCoefficientOfDispersion, scale.Up(energy, 2), scale.Up(Math.Sqrt(energy / sorted.Length), 1),
        ];
        computed.CopyTo(values.Values);
        values.Missing(FamilyValues.Overflow);
        // Of three or more there is always one between.
        if (sorted.Length == 2)
            values.Missing(RobustDeviation, 1, NothingBetweenPercentiles);
        if (s.Mean == 0)
            values.Missing(CoefficientOfVariation, 1, "the mean intensity is 0");
        values.Missing(QuartileDispersion, 1, "the 25th and the 75th percentile sum to 0");
    }

    private static double[] Scaled(ReadOnlySpan<double> sorted, IntensityScale scale)
    {
        var scaled = new double[sorted.Length];
        for (var v = 0; v < scaled.Length; v++)
            scaled[v] = scale.Down(sorted[v]);
        return scaled;
    }

    private static FeatureDefinition Define(string tag, string code, string name, string unit) =>
        new($"stat_{tag}", code, name, FamilyKey, Aggregation: null, unit);
}
