namespace RadiogenomicsCloud.Radiomics.IntensityVolumeHistogram;

/// <summary>
/// Intensity–volume histogram features (IBSI P88C), over the volume (DHQ4). Volume fractions and the area are dimensionless, intensities
/// are in the image's unit, with a fixed bin number in bins.
/// </summary>
/// <remarks>
/// <para>The three discretisations of the manual are those of <see cref="IvhDiscretisation"/>. The total range is the resegmentation
/// range for calibrated intensities, and the region's where there is none; with a fixed bin number it is all bins. Where the settings
/// name none, the image's unit decides as the manual recommends: none for Hounsfield units, 0.10 for SUV, 1,000 bins for arbitrary units.
/// Hounsfield units that are not whole numbers, because they were not rounded after interpolation, are continuous and get bins of 2.5,
/// the width of the standard's configuration C.</para>
/// <para>What the manual leaves open: with a fixed bin size whose bins do not end where the range ends, the range extends to the last bin
/// that begins in it. The intensity at a volume fraction is the first level past the range where even the range's highest level has more
/// of the volume, as in MIRP, the reference implementation of the standard's authors. Where the range has only one level, its intensity
/// fraction is 0/0, and volumes at an intensity fraction are missing.</para>
/// <para>The area is that of the trapezoids over the intensity fraction, from 0 to 1; 0 where the region has only one level, as the
/// manual says. The standard has no consensus on it.</para>
/// <para>Codes: the manual has BC2M, GBPN, DDTU and CNV2 for these features at any percentage. Those of 10 % and 90 % are not in the
/// manual nor in the reference tables, which have tags alone; they are as MIRP's list of features gives them, each beside the manual's.</para>
/// Source: Zwanenburg et al., IBSI reference manual, section 3.5.
/// </remarks>
public sealed class IntensityVolumeHistogramFamily : IFeatureFamily
{
    private const string FamilyKey = "intensity_volume_histogram";

    public string Key => FamilyKey;

    public bool NeedsDiscretisation => false;

    public IReadOnlyList<FeatureDefinition> Features { get; } =
    [
        Define("v10", "NK6P", "Volume fraction at 10% intensity", "1"),
        Define("v90", "4279", "Volume fraction at 90% intensity", "1"),
        Define("i10", "PWN1", "Intensity at 10% volume", "intensity"),
        Define("i90", "BOHI", "Intensity at 90% volume", "intensity"),
        Define("diff_v10_v90", "WITY", "Volume fraction difference between 10% and 90% intensity", "1"),
        Define("diff_i10_i90", "JXJA", "Intensity difference between 10% and 90% volume", "intensity"),
        Define("auc", "9CMM", "Area under the IVH curve", "1"),
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
        var settings = input.Settings.Ivh ?? IvhLevels.Recommended(input.Roi.Image.Unit, sorted);
        if (settings.Method == IvhDiscretisation.None && !IvhLevels.AreWhole(sorted))
        {
            values.Missing("the intensities are not whole numbers and its discretisation is none; set ivh to FBS or FBN");
            return;
        }
        var levels = IvhLevels.Of(sorted, input.Roi.Resegmentation, settings);
        // Nine tenths are computed from nine times the levels.
        if (!double.IsFinite(9 * levels.Count))
        {
            values.Missing(FamilyValues.Overflow);
            return;
        }
        values.Missing(0, 2, "its levels are one alone, which has no intensity fraction");
        values.Missing(4, 1, "its levels are one alone, which has no intensity fraction");
        var (v10, v90) = (VolumeAt(tenths: 1, sorted, levels), VolumeAt(tenths: 9, sorted, levels));
        var (i10, i90) = (IntensityAt(tenths: 1, sorted, levels), IntensityAt(tenths: 9, sorted, levels));
        ReadOnlySpan<double> computed = [v10, v90, i10, i90, v10 - v90, i10 - i90, Area(sorted, levels)];
        computed.CopyTo(values.Values);
    }

    /// <summary>ν of the first level with an intensity fraction of at least this many tenths.</summary>
    private static double VolumeAt(int tenths, ReadOnlySpan<double> sorted, IvhLevels levels)
    {
        if (levels.Count == 1)
            return double.NaN;
        return Fraction(sorted, levels, Math.Ceiling(tenths * (levels.Count - 1) / 10));
    }

    /// <summary>The first level that at most this many tenths of the volume reach: the one after that of the voxel that would be too many.</summary>
    private static double IntensityAt(int tenths, ReadOnlySpan<double> sorted, IvhLevels levels)
    {
        var atMost = (int)((long)tenths * sorted.Length / 10);
        return levels.First + ((levels.IndexOf(sorted[sorted.Length - 1 - atMost]) + 1) * levels.Step);
    }

    /// <summary>
    /// Trapezoids over γ = t/(Count − 1). The sum of ν over all levels is the mean of 1 + t over the voxels, for each counts in the levels
    /// 0 to t; the two ends count half.
    /// </summary>
    private static double Area(ReadOnlySpan<double> sorted, IvhLevels levels)
    {
        if (levels.IndexOf(sorted[0]) == levels.IndexOf(sorted[^1]))
            return 0;
        double sum = 0;
        foreach (var intensity in sorted)
            sum += levels.IndexOf(intensity);
        var ends = (1 + Fraction(sorted, levels, levels.Count - 1)) / 2;
        return ((sum / sorted.Length) + 1 - ends) / (levels.Count - 1);
    }

    /// <summary>ν of a level: the fraction of the voxels at this level or above.</summary>
    private static double Fraction(ReadOnlySpan<double> sorted, IvhLevels levels, double index)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (levels.IndexOf(sorted[middle]) < index)
                low = middle + 1;
            else
                high = middle;
        }
        return (sorted.Length - low) / (double)sorted.Length;
    }

    private static FeatureDefinition Define(string tag, string code, string name, string unit) =>
        new($"ivh_{tag}", code, name, FamilyKey, Aggregation: null, unit);
}
