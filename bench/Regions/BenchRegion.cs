using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Bench.Regions;

/// <summary>One image with its contour, prepared: arrays in memory, cropped to the ROI with the margin that features need.</summary>
/// <param name="Discretise">Counts to the time of the total, as does nothing that comes before it.</param>
internal sealed record BenchRegion(RegionOfInterest Roi, DiscretiseSettings Discretise)
{
    public int Voxels { get; } = Roi.IntensityMask.Count();

    public static BenchRegion Of(Volume image, Mask mask, DiscretiseSettings discretise) =>
        new(ImagePreparation.Prepare(image, mask, new(), CancellationToken.None), discretise);

    public IReadOnlyList<FeatureValue> Extract(FeatureSettings settings) =>
        FeatureExtractor.Extract(Roi, Discretise, settings, CancellationToken.None);
}
