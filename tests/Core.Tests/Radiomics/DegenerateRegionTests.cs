using RadiogenomicsCloud.Core.Tests.Radiomics.Morphology;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;
using RadiogenomicsCloud.Radiomics.Intensity;
using RadiogenomicsCloud.Radiomics.Morphology;

namespace RadiogenomicsCloud.Core.Tests.Radiomics;

/// <summary>What morphology, intensity statistics and histogram say of regions that leave something undefined.</summary>
public sealed class DegenerateRegionTests
{
    private const string Line = "the voxels lie on a line, so that their approximate ellipsoid has no volume";
    private const string Plane = "the voxels lie in a plane, so that their approximate ellipsoid has no volume";
    private const string Flat = "all intensities are equal";
    private const string OneVoxel = "the region is one voxel";
    private const string Range = FamilyValues.Overflow;

    private static readonly string[] Ellipsoid = ["morph_vol_dens_aee", "morph_area_dens_aee"];
    private static readonly string[] Autocorrelation = ["morph_moran_i", "morph_geary_c"];
    private static readonly string[] Gradients = ["ih_max_grad", "ih_max_grad_g", "ih_min_grad", "ih_min_grad_g"];

    /// <summary>Sum or difference of the largest intensities is beyond a double, or their squares are.</summary>
    private static readonly string[] Squares = ["stat_var", "stat_energy"];

    public static TheoryData<string, RegionOfInterest, (string[] Tags, string Why)[]> Regions => new()
    {
        {
            "one voxel", Box(1, 1, 1, (_, _, _) => 5),
            [(["morph_pca_elongation", "morph_pca_flatness", .. Ellipsoid], OneVoxel), (Autocorrelation, "the intensity mask is one voxel"), (Gradients, "the histogram has a single bin")]
        },
        {
            "two voxels", Box(2, 1, 1, (i, _, _) => 5 + i),
            [(Ellipsoid, Line), (["stat_rmad", "ih_rmad"], "no voxel lies between the 10th and the 90th percentile")]
        },
        { "a line", Box(1, 6, 1, (_, j, _) => 3 + (j * j)), [(Ellipsoid, Line)] },
        { "a plane", Box(4, 1, 5, (i, _, k) => 3 + i - (k * k)), [(Ellipsoid, Plane)] },
        { "flat", Box(3, 4, 5, (_, _, _) => 0.1), [(Autocorrelation, Flat), (Gradients, "the histogram has a single bin")] },
        {
            "all zero", Box(3, 4, 5, (_, _, _) => 0),
            [
                (Autocorrelation, Flat), (Gradients, "the histogram has a single bin"), (["morph_com"], "the intensities sum to 0"),
                (["stat_cov"], "the mean intensity is 0"), (["stat_qcod"], "the 25th and the 75th percentile sum to 0"),
            ]
        },
        {
            "mean 0", Box(4, 4, 4, (i, _, _) => (2 * i) - 3),
            [(["morph_com"], "the intensities sum to 0"), (["stat_cov"], "the mean intensity is 0"), (["stat_qcod"], "the 25th and the 75th percentile sum to 0")]
        },
        { "huge", Box(4, 3, 3, (i, j, k) => (i + 1 + Math.Sin(j + (2 * k))) * 1e300), [(Squares, Range)] },
        { "huge of both signs", Box(4, 3, 3, (i, j, k) => (i - 1 + (0.1 * Math.Sin(j + (2 * k)))) * 8e307), [([.. Squares, "stat_range", "morph_integ_int"], Range)] },
        { "the largest", Box(3, 3, 3, (i, j, k) => i + j + k == 3 ? double.MaxValue / 2 : double.MaxValue), [([.. Squares, "morph_integ_int"], Range)] },
        { "tiny", Box(4, 3, 3, (i, j, k) => (i + 1 + Math.Sin(j + (2 * k))) * 1e-300), [(Squares, Range)] },
        { "denormal", Box(4, 3, 3, (i, j, k) => ((13 * i) + (3 * j) + (k * k) + 2) * double.Epsilon), [(Squares, Range)] },
        { "huge beside ordinary", Box(4, 3, 3, (i, j, k) => i == 3 && j == 2 ? 1e300 : i + j + k), [(Squares, Range)] },
        { "tiny beside ordinary", Box(4, 3, 3, (i, j, k) => i == 3 && j == 2 ? 1e-300 : i + j + k + 1), [] },
        { "a stray voxel far away", Stray(), [] },
    };

    [Theory]
    [MemberData(nameof(Regions))]
    public void What_is_undefined_says_why_and_nothing_else_is_missing(string name, RegionOfInterest roi, (string[] Tags, string Why)[] missing)
    {
        Assert.NotEmpty(name);
        var expected = missing.SelectMany(m => m.Tags.Select(tag => (Tag: tag, m.Why))).Order().ToList();
        var found = Compute(roi).Where(v => !double.IsFinite(v.Value)).Select(v => (v.Definition.Tag, Why: v.Missing ?? "")).Order().ToList();
        Assert.Equal(expected, found);
    }

    [Theory]
    [InlineData(1e300)]
    [InlineData(1e-300)]
    [InlineData(4e-320)]
    public void Huge_and_tiny_intensities_give_what_ordinary_ones_give_in_their_unit(double unit)
    {
        var plain = Compute(Box(5, 4, 3, (i, j, k) => (i * i) + (7 * j) - (3 * k * i) + 40)).ToDictionary(v => v.Definition.Tag, v => v);
        foreach (var value in Compute(Box(5, 4, 3, (i, j, k) => ((i * i) + (7 * j) - (3 * k * i) + 40) * unit)).Where(v => v.Missing is null))
        {
            var (tag, power) = (value.Definition.Tag, value.Definition.Unit.StartsWith("intensity", StringComparison.Ordinal) ? unit : 1);
            // Denormal numbers have as few digits as are left.
            var tolerance = (1e-12 * Math.Abs(plain[tag].Value) * power) + (power == 1 ? 0 : 2 * double.Epsilon);
            Assert.True(Math.Abs((plain[tag].Value * power) - value.Value) <= tolerance, $"{tag}: {value.Value:R} and {plain[tag].Value:R}");
        }
    }

    [Fact]
    public void Where_something_varies_no_measure_of_spread_is_zero()
    {
        foreach (var unit in new[] { 1e300, 1, 1e-150, 1e-300, double.Epsilon })
        {
            var values = Compute(Box(5, 4, 3, (i, j, k) => (((i * 7) + (j * 5) + (k * 3)) % 31) * unit)).ToDictionary(v => v.Definition.Tag, v => v.Value);
            foreach (var tag in new[] { "var", "iqr", "range", "mad", "rmad", "medad", "cov", "qcod", "energy", "rms" })
                Assert.NotEqual(0, values[$"stat_{tag}"]);
            Assert.NotEqual(0, values["morph_integ_int"]);
            Assert.NotEqual(0, values["morph_moran_i"]);
            Assert.NotEqual(0, values["morph_geary_c"]);
        }
    }

    [Fact]
    public void A_box_beyond_the_limit_of_the_transform_says_so()
    {
        // Two plates far apart, too many voxels to be summed pair by pair.
        var grid = GridGeometry.AxisAligned(512, 513, 257, 1, 1, 1);
        var mask = new byte[grid.VoxelCount];
        mask.AsSpan(0, 512 * 100).Fill(1);
        mask[^1] = 1;
        var roi = MorphologyCase.Of(grid, mask, new double[grid.VoxelCount]);
        Assert.Equal("the box around the region has more than 67108864 voxels", SpatialAutocorrelation.Of(roi, MorphologyCase.Box(roi)).Missing);
    }

    [Fact]
    public void A_region_whose_intensity_mask_is_empty_still_has_its_shape()
    {
        var roi = Box(3, 3, 3, (i, j, k) => i + j + k);
        var empty = roi with { IntensityMask = new(roi.Image.Grid, new byte[27]) };
        var values = Core.Tests.Radiomics.Regions.Compute(new MorphologyFamily(), new FeatureInput(empty, null, new(["morphology"])));
        Assert.Equal(
            ["morph_com", "morph_integ_int", "morph_moran_i", "morph_geary_c"],
            values.Where(v => v.Missing == "the intensity mask has no voxel").Select(v => v.Definition.Tag));
        Assert.All(values, v => Assert.Equal(v.Missing is null, double.IsFinite(v.Value)));
    }

    private static List<FeatureValue> Compute(RegionOfInterest roi)
    {
        var levels = Discretiser.Discretise(roi, new(DiscretiseMethod.FBN, Bins: 8));
        return [.. new IFeatureFamily[] { new MorphologyFamily(), new IntensityStatisticsFamily(), new IntensityHistogramFamily() }
            .SelectMany(f => Core.Tests.Radiomics.Regions.Compute(f, new FeatureInput(roi, levels, new([f.Key]))))];
    }

    private static RegionOfInterest Box(int countI, int countJ, int countK, Func<int, int, int, double> intensity) =>
        MorphologyCase.Region(countI, countJ, countK, _ => true, intensity: intensity);

    private static RegionOfInterest Stray()
    {
        var grid = GridGeometry.AxisAligned(90, 80, 70, 1, 1, 1);
        var mask = new byte[grid.VoxelCount];
        for (var v = 0; v < 27; v++)
            mask[grid.Index(v % 3, v / 3 % 3, v / 9)] = 1;
        mask[^1] = 1;
        return MorphologyCase.Of(grid, mask, [.. Enumerable.Range(0, grid.VoxelCount).Select(v => 50 + Math.Sin(v))]);
    }
}
