using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Core.Tests.Radiomics;

/// <summary>All eleven families in all aggregations, on regions that leave something undefined, through the whole path.</summary>
public sealed class EveryFamilyTests
{
    private const string OnALine = "the voxels lie on a line, so that their approximate ellipsoid has no volume";
    private const string InAPlane = "the voxels lie in a plane, so that their approximate ellipsoid has no volume";
    private const string OneBin = "the histogram has a single bin";
    private const string Quartiles = "the 25th and the 75th percentile sum to 0";
    private const string NothingBetween = "no voxel lies between the 10th and the 90th percentile";

    private static readonly (string Family, int Features, string Why)[] TwoVoxels =
        [("morphology", 2, OnALine), ("intensity_statistics", 1, NothingBetween), ("intensity_histogram", 1, NothingBetween)];

    private static readonly (string Family, int Features, string Why)[] NoPairsInSlices =
        [("glcm", 4 * 25, "no two voxels of a slice of the region are neighbours"), ("ngtdm", 2 * 5, "no voxel of the region has a neighbour within its slice")];

    private static readonly (string Family, int Features, string Why)[] NoPairs =
        [("glcm", 2 * 25, "no two voxels of the region are neighbours"), ("ngtdm", 5, "no voxel of the region has a neighbour in it")];

    private static readonly FeatureSettings Everything = new([FeatureCatalogue.AllFamilies], TextureAggregation.All);

    private static readonly DiscretiseSettings[] Discretisations =
    [
        new(DiscretiseMethod.FBN, Bins: 8), new(DiscretiseMethod.FBN, Bins: 2), new(DiscretiseMethod.FBN, Bins: 65_535),
        new(DiscretiseMethod.FBS, BinWidth: 1), new(DiscretiseMethod.FBS, BinWidth: 0.004), new(DiscretiseMethod.FBS, BinWidth: 1e-303),
    ];

    private static readonly Dictionary<string, (Volume Image, Mask Mask)> Regions = new()
    {
        ["one voxel"] = Of(3, 3, 3, (i, j, k) => (i, j, k) == (1, 1, 1), (i, j, k) => 5 + i),
        ["two voxels in a row"] = Of(4, 3, 3, (i, j, k) => i is 1 or 2 && (j, k) == (1, 1), (i, j, k) => 5 + i),
        ["two voxels in two slices"] = Of(3, 3, 4, (i, j, k) => k is 1 or 2 && (i, j) == (1, 1), (i, j, k) => 5 + k),
        ["two voxels far apart"] = Of(30, 30, 30, (i, j, k) => (i, j, k) == (0, 0, 0) || (i, j, k) == (29, 29, 29), (i, j, k) => 5 + k),
        ["a line along i"] = Of(40, 1, 1, (_, _, _) => true, (i, j, k) => i * i % 11),
        ["a line along j"] = Of(1, 40, 1, (_, _, _) => true, (i, j, k) => j * j % 11),
        ["a line along k"] = Of(1, 1, 40, (_, _, _) => true, (i, j, k) => k * k % 11),
        ["a plane across i"] = Of(1, 6, 7, (_, _, _) => true, (i, j, k) => (j * j) + k),
        ["a plane across k"] = Of(7, 6, 1, (_, _, _) => true, (i, j, k) => (j * j) + i),
        ["flat"] = Of(5, 4, 3, (_, _, _) => true, (_, _, _) => 0.1),
        ["all zero"] = Of(5, 4, 3, (_, _, _) => true, (_, _, _) => 0),
        ["huge"] = Of(5, 4, 3, (_, _, _) => true, (i, j, k) => (i - 2) * (j + 1) * (k + 1) * 1e300),
        ["tiny"] = Of(5, 4, 3, (_, _, _) => true, (i, j, k) => (i + 1) * (j + 1) * (k + 1) * 1e-300),
        ["one huge beside ordinary"] = Of(5, 4, 3, (_, _, _) => true, (i, j, k) => (i, j, k) == (2, 2, 2) ? 1e300 : i + j + k),
        ["not measured within"] = Of(7, 6, 5, (_, _, _) => true, (i, j, k) => (i + j + k) switch
        {
            4 => double.NaN,
            7 => double.PositiveInfinity,
            8 => double.NegativeInfinity,
            _ => i + (2 * j) - k,
        }),
        ["a stray voxel far away"] = Of(90, 60, 50, (i, j, k) => (i < 4 && j < 4 && k < 4) || (i, j, k) == (89, 59, 49), (i, j, k) => ((3 * i) + (5 * j) + (k * k)) % 13),
        ["a checkerboard"] = Of(6, 6, 6, (i, j, k) => (i + j + k) % 2 == 0, (i, j, k) => ((3 * i) + (5 * j) + (k * k)) % 13),
        ["voxels without neighbours"] = Of(7, 7, 7, (i, j, k) => (i % 2) + (j % 2) + (k % 2) == 0, (i, j, k) => ((3 * i) + (5 * j) + (k * k)) % 13),
        ["gaps of levels"] = Of(6, 5, 4, (_, _, _) => true, (i, j, k) => ((i + j + k) % 3) switch { 0 => 1, 1 => 200, _ => 60_000 }),
        ["empty slices between"] = Of(6, 5, 9, (i, j, k) => k % 4 == 0, (i, j, k) => ((3 * i) + (5 * j) + (k * k)) % 13),
    };

    public static TheoryData<string> Names => [.. Regions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_feature_has_a_finite_value_or_a_reason(string name)
    {
        foreach (var discretise in Discretisations)
        {
            var extracted = Extract(name, discretise);
            Assert.Equal(FeatureCatalogue.WantedFeatures(Everything), extracted.Values.Select(v => v.Definition));
            Assert.All(extracted.Values, v => Assert.True(
                v.Missing is null ? double.IsFinite(v.Value) : double.IsNaN(v.Value) && v.Missing.Length > 10, $"{v.Definition.Tag}: {v.Value} {v.Missing}"));
            // Where the arithmetic of doubles is the reason, the intensities must be to blame.
            var range = name is "huge" or "tiny" or "one huge beside ordinary";
            Assert.All(extracted.Values, v => Assert.False(!range && v.Missing == FamilyValues.Overflow, v.Definition.Tag));
        }
    }

    public static TheoryData<string, (string Family, int Features, string Why)[]> Expected => new()
    {
        {
            "one voxel",
            [
                ("morphology", 4, "the region is one voxel"), ("morphology", 2, "the intensity mask is one voxel"),
                ("intensity_histogram", 4, OneBin), .. NoPairsInSlices, .. NoPairs,
            ]
        },
        { "two voxels in a row", TwoVoxels },
        { "two voxels in two slices", [.. TwoVoxels, .. NoPairsInSlices] },
        { "two voxels far apart", [.. TwoVoxels, .. NoPairsInSlices, .. NoPairs] },
        { "a line along i", [("morphology", 2, OnALine)] },
        { "a line along j", [("morphology", 2, OnALine)] },
        { "a line along k", [("morphology", 2, OnALine), .. NoPairsInSlices] },
        { "a plane across i", [("morphology", 2, InAPlane)] },
        { "a plane across k", [("morphology", 2, InAPlane)] },
        { "flat", [("morphology", 2, "all intensities are equal"), ("intensity_histogram", 4, OneBin)] },
        {
            "all zero",
            [
                ("morphology", 1, "the intensities sum to 0"), ("morphology", 2, "all intensities are equal"),
                ("intensity_statistics", 1, "the mean intensity is 0"), ("intensity_statistics", 1, Quartiles), ("intensity_histogram", 4, OneBin),
            ]
        },
        { "huge", [("intensity_statistics", 2, FamilyValues.Overflow), ("intensity_statistics", 1, Quartiles)] },
        { "tiny", [("intensity_statistics", 2, FamilyValues.Overflow)] },
        { "one huge beside ordinary", [("intensity_statistics", 2, FamilyValues.Overflow)] },
        { "not measured within", [] },
        { "a stray voxel far away", [] },
        { "a checkerboard", [] },
        { "voxels without neighbours", [.. NoPairsInSlices, .. NoPairs] },
        { "gaps of levels", [] },
        { "empty slices between", [] },
    };

    [Theory]
    [MemberData(nameof(Expected))]
    public void What_is_missing_is_undefined_and_says_why(string name, (string Family, int Features, string Why)[] missing)
    {
        var found = Extract(name, Discretisations[0]).Values.Where(v => v.Missing is not null)
            .GroupBy(v => (v.Definition.Family, v.Missing)).Select(g => (g.Key.Family, Features: g.Count(), Why: g.Key.Missing!));
        Assert.Equal(missing.Order(), found.Order());
    }

    [Fact]
    public void What_is_expected_of_every_region_is_written_down() =>
        Assert.Equal(Names.Select(n => n.Data), Expected.Select(e => e.Data.Item1));

    private static ExtractedFeatures Extract(string name, DiscretiseSettings discretise) => RadiomicsExtraction.Run(
        Regions[name].Image, Regions[name].Mask, new(Discretise: discretise), Everything, TestContext.Current.CancellationToken);

    private static (Volume Image, Mask Mask) Of(
        int countI, int countJ, int countK, Func<int, int, int, bool> inside, Func<int, int, int, double> intensity)
    {
        var grid = GridGeometry.AxisAligned(countI, countJ, countK, 1, 1, 1);
        var (values, mask) = (new double[grid.VoxelCount], new byte[grid.VoxelCount]);
        for (var v = 0; v < mask.Length; v++)
        {
            var (i, j, k) = (v % countI, v / countI % countJ, v / (countI * countJ));
            mask[v] = inside(i, j, k) ? (byte)1 : (byte)0;
            values[v] = intensity(i, j, k);
        }
        return (new(grid, values, IntensityUnit.Arbitrary), new(grid, mask));
    }
}
