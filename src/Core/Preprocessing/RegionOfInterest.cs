using RadiogenomicsCloud.Imaging;

namespace RadiogenomicsCloud.Preprocessing;

/// <summary>
/// An image prepared for feature extraction: interpolated, rounded and resegmented. Image and both masks share one grid,
/// which is cropped to the ROI with a margin where there is image.
/// </summary>
/// <param name="Image">Intensities; also defined outside the masks (local intensity features look there). NaN where a voxel was not
/// measured: its intensity in the image, or one that it would be interpolated from, is not a finite number.</param>
/// <param name="MorphologicalMask">The interpolated ROI mask, for morphology. It keeps voxels that were not measured.</param>
/// <param name="IntensityMask">The measured voxels of the morphological mask after resegmentation, for everything that reads
/// intensities. Never empty.</param>
/// <param name="Resegmentation">The range that was applied, if any: FBS anchors its first bin there.</param>
public sealed record RegionOfInterest(Volume Image, Mask MorphologicalMask, Mask IntensityMask, ResegmentSettings? Resegmentation)
{
    /// <summary>What somebody who uses the features should know about the preparation, one sentence each; empty as a rule.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>And who uses those of local intensity, which look outside the region; null as a rule.</summary>
    public string? SurroundingsWarning { get; init; }
}

/// <summary>Grey levels of a region: 1..<see cref="LevelCount"/> inside the intensity mask, 0 outside, on the region's grid.</summary>
/// <param name="LevelCount">Ng of the IBSI: the number of bins, whether or not each is occupied.</param>
/// <param name="BinWidth">Width of a bin in the image's unit.</param>
public sealed record DiscretisedRegion(GridGeometry Grid, int[] Levels, int LevelCount, double BinWidth);
