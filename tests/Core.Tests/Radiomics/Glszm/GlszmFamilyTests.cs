using CsCheck;
using RadiogenomicsCloud.Core.Tests.Radiomics.Zones;
using RadiogenomicsCloud.Radiomics;
using RadiogenomicsCloud.Radiomics.Glszm;

namespace RadiogenomicsCloud.Core.Tests.Radiomics.Glszm;

public sealed class GlszmFamilyTests
{
    private static readonly GlszmFamily Family = new();

    [Fact]
    public void Features_equal_the_manual_written_out_on_any_region() =>
        AnyZones.Region.Sample(
            any => AnyZones.AssertEqual(NaiveGlszm.Compute(any.Levels), Regions.Compute(Family, any.Roi, any.Levels)), iter: 300);

    [Fact]
    public void More_levels_than_zones_and_zones_of_hundreds_of_voxels_equal_the_manual_written_out()
    {
        // Neither fits the first columns that are counted in an array: one zone fills the volume but for scattered voxels of other levels.
        var levels = new int[12 * 10 * 7];
        for (var v = 0; v < levels.Length; v++)
            levels[v] = v % 53 == 0 ? 2 + (v * 31 % 97) : 1;
        var (roi, region) = Regions.OfLevels(12, 10, 7, levels);
        AnyZones.AssertEqual(NaiveGlszm.Compute(region), Regions.Compute(Family, roi, region));
    }

    [Fact]
    public void One_voxel_is_one_zone_of_size_one()
    {
        var (roi, region) = Regions.OfLevels(1, 1, 1, [3], levelCount: 5);
        var values = Regions.Compute(Family, roi, region);
        foreach (var aggregation in TextureAggregation.OfZones)
        {
            Assert.Equal(1, values[$"szm_sze_{aggregation}"]);
            Assert.Equal(1.0 / 9, values[$"szm_lgze_{aggregation}"]);
            Assert.Equal(9, values[$"szm_lzhge_{aggregation}"]);
            Assert.Equal(1, values[$"szm_z_perc_{aggregation}"]);
            Assert.Equal(0, values[$"szm_zs_var_{aggregation}"]);
            Assert.Equal(0, values[$"szm_zs_entr_{aggregation}"]);
        }
    }

    [Fact]
    public void A_flat_cube_is_one_zone_in_the_volume_and_one_a_slice()
    {
        var (roi, region) = Regions.OfLevels(4, 4, 4, [.. Enumerable.Repeat(2, 64)], levelCount: 8);
        var values = Regions.Compute(Family, roi, region);
        Assert.Equal(64 * 64, values["szm_lze_3D"]);
        Assert.Equal(1.0 / 64, values["szm_z_perc_3D"]);
        Assert.Equal(1, values["szm_glnu_3D"]);
        Assert.Equal(16 * 16, values["szm_lze_2D"]);
        Assert.Equal(4, values["szm_zsnu_2_5D"]);
        Assert.Equal(1, values["szm_zsnu_2D"]);
        Assert.Equal(0, values["szm_zs_entr_2_5D"]);
        Assert.Equal(0, values["szm_gl_var_2_5D"]);
    }

    [Fact]
    public void A_corner_joins_two_voxels_in_the_volume_but_not_in_slices()
    {
        var (roi, region) = Regions.OfLevels(2, 2, 2, [1, 0, 0, 0, 0, 0, 0, 1]);
        var values = Regions.Compute(Family, roi, region);
        Assert.Equal(4, values["szm_lze_3D"]);
        Assert.Equal(1, values["szm_lze_2_5D"]);
    }

    [Fact]
    public void Zones_of_sizes_one_two_and_three_have_the_moments_of_their_sizes()
    {
        // Levels 1, 2 2, 3 3 3 in a row.
        var (roi, region) = Regions.OfLevels(6, 1, 1, [1, 2, 2, 3, 3, 3]);
        var values = Regions.Compute(Family, roi, region, [TextureAggregation.ThreeDimensional]);
        Assert.Equal((1 + (1 / 4.0) + (1 / 9.0)) / 3, values["szm_sze_3D"], 1e-15);
        Assert.Equal(14 / 3.0, values["szm_lze_3D"], 1e-15);
        Assert.Equal(1, values["szm_lzlge_3D"], 1e-15);
        Assert.Equal(1, values["szm_szhge_3D"], 1e-15);
        Assert.Equal((1 + 16 + 81) / 3.0, values["szm_lzhge_3D"], 1e-15);
        Assert.Equal(2 / 3.0, values["szm_zs_var_3D"], 1e-15);
        Assert.Equal(Math.Log2(3), values["szm_zs_entr_3D"], 1e-15);
        Assert.Equal(double.NaN, values["szm_sze_2D"]);
    }

    [Fact]
    public void A_region_without_voxels_has_no_features_and_says_why()
    {
        var (roi, region) = Regions.OfLevels(2, 1, 1, [0, 0], levelCount: 1);
        Assert.All(
            Regions.Compute(Family, new FeatureInput(roi, region, new([Family.Key], TextureAggregation.All))),
            v => Assert.Equal((double.NaN, "the region has no voxel"), (v.Value, v.Missing)));
    }
}
