using CsCheck;
using RadiogenomicsCloud.Core.Tests.Radiomics.Zones;
using RadiogenomicsCloud.Radiomics;
using RadiogenomicsCloud.Radiomics.Gldzm;

namespace RadiogenomicsCloud.Core.Tests.Radiomics.Gldzm;

public sealed class GldzmFamilyTests
{
    private static readonly GldzmFamily Family = new();

    [Fact]
    public void Features_equal_the_manual_written_out_on_any_region() =>
        AnyZones.Region.Sample(
            any => AnyZones.AssertEqual(
                NaiveGldzm.Compute(any.Levels, any.Roi.MorphologicalMask), Regions.Compute(Family, any.Roi, any.Levels)),
            iter: 200);

    [Fact]
    public void One_voxel_is_one_zone_at_the_edge()
    {
        var (roi, region) = Regions.OfLevels(1, 1, 1, [3], levelCount: 5);
        var values = Regions.Compute(Family, roi, region);
        foreach (var aggregation in TextureAggregation.OfZones)
        {
            Assert.Equal(1, values[$"dzm_lde_{aggregation}"]);
            Assert.Equal(9, values[$"dzm_hgze_{aggregation}"]);
            Assert.Equal(1, values[$"dzm_z_perc_{aggregation}"]);
            Assert.Equal(0, values[$"dzm_zd_var_{aggregation}"]);
        }
    }

    [Fact]
    public void The_centre_of_a_cube_lies_at_its_half_width_in_the_volume_and_in_its_slice()
    {
        // 5³ of level 1 with the centre of level 2: distances 1 and 3 in the volume; in slices the centre has 3, every other zone 1.
        var levels = new int[125];
        Array.Fill(levels, 1);
        levels[62] = 2;
        var (roi, region) = Regions.OfLevels(5, 5, 5, levels);
        var values = Regions.Compute(Family, roi, region);
        Assert.Equal((1 + 9) / 2.0, values["dzm_lde_3D"]);
        Assert.Equal((1 + (9 * 4)) / 2.0, values["dzm_ldhge_3D"]);
        Assert.Equal((5 + 9) / 6.0, values["dzm_lde_2_5D"], 1e-15);
        Assert.Equal((4 + ((1 + 9) / 2.0)) / 5, values["dzm_lde_2D"], 1e-15);
    }

    [Fact]
    public void Distances_come_from_the_morphological_mask_where_resegmentation_left_voxels_out()
    {
        // Only the centre of a row of 5 × 5 is left: its zone stays three steps from the edge of the contour.
        var levels = new int[25];
        levels[12] = 1;
        var morphology = new byte[25];
        Array.Fill(morphology, (byte)1);
        var (roi, region) = AnyZones.Of(5, 5, 1, levels, morphology);
        var values = Regions.Compute(Family, roi, region);
        Assert.Equal(9, values["dzm_lde_2D"]);
        Assert.Equal(9, values["dzm_lde_2_5D"]);
        Assert.Equal(1, values["dzm_lde_3D"]);
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
