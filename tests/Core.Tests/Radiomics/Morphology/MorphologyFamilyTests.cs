using CsCheck;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics.Morphology;

namespace RadiogenomicsCloud.Core.Tests.Radiomics.Morphology;

public sealed class MorphologyFamilyTests
{
    [Fact]
    public void There_are_29_features_with_tags_and_codes_of_their_own()
    {
        var features = new MorphologyFamily().Features;
        Assert.Equal(29, features.Count);
        Assert.Equal(29, features.Select(f => f.Tag).Distinct().Count());
        Assert.Equal(29, features.Select(f => f.IbsiCode).Distinct().Count());
        Assert.All(features, f => Assert.Equal(("morphology", 4), (f.Family, f.IbsiCode.Length)));
    }

    [Fact]
    public void The_tags_are_those_of_the_reference_in_its_order() => Assert.Equal(
        File.ReadLines(RadiogenomicsCloud.Tests.ReferenceData.Require("ibsi1/reference/digital-phantom.csv"))
            .Select(line => line.Split(';')[2]).Where(tag => tag.StartsWith("morph_", StringComparison.Ordinal)),
        new MorphologyFamily().Features.Select(f => f.Tag));

    [Fact]
    public void A_finer_and_finer_sphere_becomes_a_sphere()
    {
        foreach (var (spacing, tolerance) in new[] { (2.0, 0.03), (1.0, 0.015), (0.5, 0.008) })
        {
            var count = (int)(46 / spacing) + 1;
            var v = MorphologyCase.Compute(MorphologyCase.Region(count, count, count, p => p.Length <= 20, spacing, spacing, spacing));
            var volume = 4.0 / 3 * Math.PI * 8000;
            Assert.Equal(1, v["morph_volume"] / volume, tolerance);
            Assert.Equal(1, v["morph_vol_approx"] / volume, tolerance);
            Assert.Equal(1, v["morph_diam"] / 40, 2 * tolerance);
            Assert.Equal(1, v["morph_pca_elongation"], 1e-9);
            Assert.Equal(1, v["morph_pca_flatness"], 1e-9);
            // Axis length 4·√(r²/5).
            Assert.Equal(1, v["morph_pca_maj_axis"] / (80 / Math.Sqrt(5)), tolerance);
            // The enclosing shapes reach half a voxel further than the centres.
            Assert.Equal(Math.Pow(20 / (20 + (spacing / 2)), 3), v["morph_vol_dens_mvee"], tolerance);
            Assert.InRange(v["morph_vol_dens_conv_hull"], v["morph_volume"] / (4.0 / 3 * Math.PI * Math.Pow(20 + (spacing / 2), 3)), 1);
            Assert.InRange(v["morph_vol_dens_ombb"], Math.PI / 6 * Math.Pow(20 / (20 + (spacing / 2)), 3) * 0.99, Math.PI / 6 * 1.01);
            // A staircase keeps more area than the sphere, however fine.
            Assert.InRange(v["morph_sphericity"], 0.9, 0.97);
        }
    }

    [Fact]
    public void An_ellipsoid_has_the_axes_and_densities_of_an_ellipsoid_on_anisotropic_voxels()
    {
        var v = MorphologyCase.Compute(MorphologyCase.Region(
            110, 60, 30, p => (p.X * p.X / 625) + (p.Y * p.Y / 196) + (p.Z * p.Z / 81) <= 1, 0.5, 0.5, 0.75));
        Assert.Equal(4.0 / 3 * Math.PI * 25 * 14 * 9, v["morph_volume"], 0.01 * v["morph_volume"]);
        Assert.Equal(14.0 / 25, v["morph_pca_elongation"], 2e-3);
        Assert.Equal(9.0 / 25, v["morph_pca_flatness"], 2e-3);
        Assert.Equal(4 * 25 / Math.Sqrt(5), v["morph_pca_maj_axis"], 0.1);
        Assert.Equal(Math.Pow(5, 1.5) / 8, v["morph_vol_dens_aee"], 0.02);
        // From half a voxel beyond the surface in no direction to in every direction.
        Assert.InRange(v["morph_vol_dens_mvee"], 25 * 14 * 9 / (25.375 * 14.375 * 9.375) * 0.99, 1);
        Assert.Equal(50, v["morph_diam"], 0.6);
    }

    [Fact]
    public void Integrated_intensity_and_shift_follow_the_intensities()
    {
        // A bar of four voxels along i, intensities 1, 1, 1, 5: the weighted centre is at (0 + 1 + 2 + 15)/8 = 2.25 voxels, the other at 1.5.
        var roi = MorphologyCase.Region(4, 1, 1, _ => true, 2, 1, 1, (i, _, _) => i == 3 ? 5 : 1);
        var v = MorphologyCase.Compute(roi);
        Assert.Equal(1.5, v["morph_com"], 1e-12);
        Assert.Equal(2 * v["morph_volume"], v["morph_integ_int"], 1e-12);
    }

    [Fact]
    public void Shape_reads_the_morphological_mask_and_intensity_features_the_intensity_mask()
    {
        var roi = MorphologyCase.Region(6, 6, 6, _ => true, intensity: (i, j, k) => i + j + k);
        var half = new Mask(roi.Image.Grid, [.. roi.Image.Values.Select(x => x >= 8 ? (byte)1 : (byte)0)]);
        var (all, some) = (MorphologyCase.Compute(roi), MorphologyCase.Compute(roi with { IntensityMask = half }));
        foreach (var tag in all.Keys.Where(t => t is not ("morph_com" or "morph_integ_int" or "morph_moran_i" or "morph_geary_c")))
            Assert.Equal(all[tag], some[tag]);
        Assert.True(some["morph_com"] > all["morph_com"]);
        Assert.True(some["morph_integ_int"] > all["morph_integ_int"]);
    }

    [Fact]
    public void Where_the_region_lies_in_the_array_does_not_matter() =>
        Gen.Select(Gen.Byte[0, 1].Array[60], Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 3]).Where(g => g.Item1.Any(v => v != 0)).Sample(
            (mask, di, dj, dk) =>
            {
                var tight = Placed(mask, 5, 4, 3, 0, 0, 0);
                var moved = Placed(mask, 12, 9, 8, di, dj, dk);
                var (a, b) = (MorphologyCase.Compute(tight), MorphologyCase.Compute(moved));
                foreach (var tag in a.Keys)
                    Assert.Equal(a[tag], b[tag]);
            },
            iter: 60, threads: 1);

    [Fact]
    public void Mirrored_and_turned_regions_have_the_same_shape() =>
        Gen.Byte[0, 1].Array[60].Where(m => m.Any(v => v != 0)).Sample(
            mask =>
            {
                var original = MorphologyCase.Compute(Placed(mask, 5, 4, 3, 0, 0, 0));
                foreach (var (flipI, flipK, turned) in new[] { (true, false, false), (false, true, false), (true, true, false), (false, false, true) })
                {
                    var (countI, countJ) = turned ? (4, 5) : (5, 4);
                    var grid = GridGeometry.AxisAligned(countI, countJ, 3, turned ? 1.5 : 1, turned ? 1 : 1.5, 2);
                    var changed = new byte[60];
                    var values = new double[60];
                    for (var k = 0; k < 3; k++)
                    {
                        for (var j = 0; j < 4; j++)
                        {
                            for (var i = 0; i < 5; i++)
                            {
                                var (x, z) = (flipI ? 4 - i : i, flipK ? 2 - k : k);
                                var at = turned ? grid.Index(j, x, z) : grid.Index(x, j, z);
                                changed[at] = mask[i + (5 * (j + (4 * k)))];
                                values[at] = Intensity(i, j, k);
                            }
                        }
                    }
                    var other = MorphologyCase.Compute(MorphologyCase.Of(grid, changed, values));
                    // The ascent to the smallest ellipsoid stops at a gap of 1e-9 in volume, some 3e-5 in the axes.
                    foreach (var (tag, value) in original)
                    {
                        var tolerance = tag switch
                        {
                            "morph_vol_dens_mvee" => 1e-7,
                            "morph_area_dens_mvee" => 1e-4,
                            _ => 1e-9 * Math.Max(1, Math.Abs(value)),
                        };
                        Assert.True(value.Equals(other[tag]) || Math.Abs(value - other[tag]) <= tolerance, $"{tag}: {value} and {other[tag]}");
                    }
                }
            },
            iter: 40, threads: 1);

    public static TheoryData<int, int, int, string[]> Degenerate { get; } = new()
    {
        { 1, 1, 1, ["morph_pca_elongation", "morph_pca_flatness", "morph_vol_dens_aee", "morph_area_dens_aee", "morph_moran_i", "morph_geary_c"] },
        { 2, 1, 1, ["morph_vol_dens_aee", "morph_area_dens_aee"] },
        { 1, 3, 1, ["morph_vol_dens_aee", "morph_area_dens_aee"] },
        { 1, 7, 5, ["morph_vol_dens_aee", "morph_area_dens_aee"] },
        { 2, 2, 2, [] },
    };

    [Theory]
    [MemberData(nameof(Degenerate))]
    public void Tiny_straight_and_flat_regions_that_fill_their_image_lack_only_what_is_undefined(int i, int j, int k, string[] undefined)
    {
        var values = MorphologyCase.Compute(MorphologyCase.Region(i, j, k, _ => true));
        Assert.Equal(undefined, values.Where(v => !double.IsFinite(v.Value)).Select(v => v.Key));
        Assert.All(values, v => Assert.False(double.IsInfinity(v.Value)));
    }

    [Fact]
    public void A_region_of_intensities_that_sum_to_zero_has_no_weighted_centre() => Assert.Equal(
        ["morph_com"],
        MorphologyCase.Compute(MorphologyCase.Region(4, 4, 4, _ => true, intensity: (i, j, k) => (2 * i) - 3)).Where(v => double.IsNaN(v.Value)).Select(v => v.Key));

    [Fact]
    public void An_empty_region_leaves_everything_undefined() =>
        Assert.All(MorphologyCase.Compute(MorphologyCase.Region(3, 3, 3, _ => false)), v => Assert.Equal(double.NaN, v.Value));

    private static double Intensity(int i, int j, int k) => 10 + (i * i) - (j * 3) + (k * i * 0.5);

    private static RegionOfInterest Placed(byte[] mask, int countI, int countJ, int countK, int di, int dj, int dk)
    {
        var grid = GridGeometry.AxisAligned(countI, countJ, countK, 1, 1.5, 2);
        var placed = new byte[grid.VoxelCount];
        var values = new double[grid.VoxelCount];
        for (var k = 0; k < 3; k++)
        {
            for (var j = 0; j < 4; j++)
            {
                for (var i = 0; i < 5; i++)
                {
                    placed[grid.Index(i + di, j + dj, k + dk)] = mask[i + (5 * (j + (4 * k)))];
                    values[grid.Index(i + di, j + dj, k + dk)] = Intensity(i, j, k);
                }
            }
        }
        return MorphologyCase.Of(grid, placed, values);
    }
}
