using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Core.Tests.Radiomics;

public sealed class MissingValuesTests
{
    private static FeatureValue Value(string family, string tag, string? missing) =>
        new(new(tag, "XXXX", tag, family, null, "1"), missing is null ? 1 : double.NaN, missing);

    [Fact]
    public void Reasons_are_told_once_for_each_family_with_the_number_of_features() => Assert.Equal(
        [
            "glcm: 2 features are missing, because the region is one voxel (a and others).",
            "glcm: the feature c is missing, because it is flat.",
            "glrlm: the feature e is missing, because it is flat.",
        ],
        MissingValues.Describe(
        [
            Value("glcm", "a", "the region is one voxel"), Value("glcm", "x", null), Value("glcm", "c", "it is flat"),
            Value("glcm", "d", "the region is one voxel"), Value("glrlm", "e", "it is flat"),
        ]));

    [Fact]
    public void An_extraction_warns_of_what_it_leaves_out_and_of_nothing_else()
    {
        var discretise = new PreprocessingSettings(Discretise: new(DiscretiseMethod.FBS, BinWidth: 1));
        var settings = new FeatureSettings(["intensity_statistics", "glcm"]);
        var (one, _) = Regions.OfLevels(1, 1, 1, [1]);
        var extracted = RadiomicsExtraction.Run(one.Image, one.IntensityMask, discretise, settings, TestContext.Current.CancellationToken);
        Assert.Equal(extracted.Values.Any(v => v.Missing is not null), extracted.Warnings.Count > 0);
        Assert.Contains(extracted.Warnings, w => w.StartsWith("glcm: ", StringComparison.Ordinal));
        Assert.All(extracted.Values, v => Assert.Equal(double.IsNaN(v.Value), v.Missing is not null));

        var (more, _) = Regions.OfLevels(2, 3, 2, [1, 2, 2, 1, 3, 1, 2, 4, 1, 1, 3, 2]);
        Assert.Empty(RadiomicsExtraction.Run(more.Image, more.IntensityMask, discretise, settings, TestContext.Current.CancellationToken).Warnings);
    }

    [Fact]
    public void Voxels_without_a_finite_intensity_around_the_region_matter_to_local_intensity_alone()
    {
        var grid = GridGeometry.AxisAligned(4, 3, 3, 1, 1, 1);
        var image = new Volume(grid, [.. Enumerable.Range(0, grid.VoxelCount).Select(v => v % 4 == 0 ? double.NaN : v)], IntensityUnit.Arbitrary);
        var mask = new Mask(grid, [.. Enumerable.Range(0, grid.VoxelCount).Select(v => (byte)(v % 4 == 0 ? 0 : 1))]);
        IReadOnlyList<string> Warnings(string family) =>
            RadiomicsExtraction.Run(image, mask, new(), new([family]), TestContext.Current.CancellationToken).Warnings;
        Assert.StartsWith("9 voxels around the region", Assert.Single(Warnings("local_intensity")), StringComparison.Ordinal);
        Assert.Empty(Warnings("intensity_statistics"));
    }
}
