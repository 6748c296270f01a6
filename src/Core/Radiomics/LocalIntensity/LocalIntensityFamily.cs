namespace RadiogenomicsCloud.Radiomics.LocalIntensity;

/// <summary>
/// Local intensity features (IBSI 9ST6), over the volume (DHQ4), in the image's own unit: mean intensities in the 1 cm³ sphere around a
/// voxel, that is of all voxels whose centres lie within (3/(4π))^⅓ cm of its centre, its own included, whether or not they are in the
/// region.
/// </summary>
/// <remarks>
/// The local peak is the mean around the voxel of the greatest intensity in the intensity mask, the highest mean where several voxels
/// have it; the global peak is the highest mean around any voxel of the mask. Beyond the image's borders there is nothing, and a mean is
/// of the voxels that there are; the manual leaves that open. So are voxels whose intensity is not a finite number. The image must
/// extend 6.2 mm beyond the region where the scanned one does (as <see cref="Preprocessing.ImagePreparation"/> crops it).
/// Source: Zwanenburg et al., IBSI reference manual, section 3.2.
/// </remarks>
public sealed class LocalIntensityFamily : IFeatureFamily
{
    internal const string FamilyKey = "local_intensity";

    public string Key => FamilyKey;

    public bool NeedsDiscretisation => false;

    public IReadOnlyList<FeatureDefinition> Features { get; } =
    [
        new("loc_peak_loc", "VJGA", "Local intensity peak", FamilyKey, Aggregation: null, Unit: "intensity"),
        new("loc_peak_glob", "0F91", "Global intensity peak", FamilyKey, Aggregation: null, Unit: "intensity"),
    ];

    public void Compute(FeatureInput input, FamilyValues values)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(values);
        var roi = input.Roi;
        if (roi.IntensityMask.Values.AsSpan().IndexOfAnyExcept((byte)0) < 0)
        {
            values.Missing(FeatureInput.EmptyRegion);
            return;
        }
        if (PeakScan.Find(roi.Image, roi.IntensityMask) is { } peaks)
            (values[0], values[1]) = peaks;
        else
            values.Missing("no voxel of the region has a finite intensity");
    }
}
