using CsCheck;
using RadiogenomicsCloud.Core.Tests.Radiomics.Neighbourhoods;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;
using RadiogenomicsCloud.Radiomics.Ngldm;

namespace RadiogenomicsCloud.Core.Tests.Radiomics.Ngldm;

public sealed class NgldmFamilyTests
{
    private static readonly NgldmFamily Family = new();

    [Fact]
    public void Equals_the_manual_written_out_on_any_region() =>
        AnyLevels.Region(maxI: 37).Sample(region => AssertEqual(region, settings: null, coarseness: 0), iter: 200);

    [Fact]
    public void Every_distance_norm_and_coarseness_equals_the_manual_written_out() =>
        Gen.Select(AnyLevels.Region(maxI: 20), Gen.Int[1, 3], Gen.Enum<DistanceNorm>(), Gen.Int[0, 4])
            .Sample((region, distance, norm, coarseness) => AssertEqual(region, new(distance, norm), coarseness), iter: 120);

    [Fact]
    public void Thousands_of_levels_at_the_limit_equal_the_manual_written_out()
    {
        // More elements than a table is made for, so that the matrix is sparse, and levels that fill 16 bits.
        var levels = new int[32 * 29 * 12];
        for (var v = 0; v < levels.Length; v++)
            levels[v] = v % 9 == 0 ? 0 : 65_535 - (v / 2 * 7919 % 60_000);
        var region = Regions.OfLevels(32, 29, 12, levels, levelCount: 65_535).Levels;
        AssertEqual(region, new(Distance: 3), coarseness: 900);
        AssertEqual(region, new(Distance: 3), coarseness: 65_535);
    }

    [Fact]
    public void Coarseness_compares_levels_and_not_their_ranks()
    {
        // 1, 4, 9 are neighbours in rank and three and five levels apart.
        var (roi, region) = Regions.OfLevels(3, 1, 1, [1, 4, 9]);
        double Dependence(int coarseness) =>
            Regions.Compute(Family, new FeatureInput(roi, region, new(["ngldm"], Texture: new(NgldmCoarseness: coarseness))))
                .Single(v => v.Definition.Tag == "ngl_hde_3D").Value;
        Assert.Equal(1.0, Dependence(2), 1e-15);
        Assert.Equal((4 + 4 + 1) / 3.0, Dependence(3), 1e-15);
        Assert.Equal((4 + 9 + 4) / 3.0, Dependence(5), 1e-15);
    }

    [Fact]
    public void A_flat_cube_has_the_dependences_of_its_corners_edges_faces_and_centre()
    {
        // 8 corners of 8 voxels, 12 edges of 12, 6 faces of 18, one centre of 27; itself included.
        var (roi, region) = Regions.OfLevels(3, 3, 3, [.. Enumerable.Repeat(2, 27)]);
        var values = Regions.Compute(Family, roi, region);
        Assert.Equal(((8 * 64) + (12 * 144) + (6 * 324) + 729) / 27.0, values["ngl_hde_3D"], 1e-12);
        Assert.Equal((64 + 144 + 36 + 1) / 27.0, values["ngl_dcnu_3D"], 1e-12);
        Assert.Equal(0.25, values["ngl_lgce_3D"], 1e-15);
        Assert.Equal(0, values["ngl_gl_var_3D"]);
        Assert.Equal(27, values["ngl_glnu_3D"], 1e-12);
        Assert.Equal(9, values["ngl_glnu_2D"], 1e-12);
    }

    [Fact]
    public void One_voxel_depends_on_itself()
    {
        var (roi, region) = Regions.OfLevels(1, 1, 1, [3]);
        var values = Regions.Compute(Family, roi, region);
        foreach (var aggregation in TextureAggregation.OfZones)
        {
            Assert.Equal(1.0, values[$"ngl_lde_{aggregation}"]);
            Assert.Equal(9.0, values[$"ngl_hgce_{aggregation}"]);
            Assert.Equal(0.0, values[$"ngl_dc_entr_{aggregation}"]);
            Assert.Equal(1.0, values[$"ngl_dc_energy_{aggregation}"]);
        }
    }

    [Fact]
    public void Weights_are_refused()
    {
        var (roi, region) = Regions.OfLevels(2, 1, 1, [1, 2]);
        var settings = new FeatureSettings(["ngldm"], Texture: new(Ngldm: new(Weight: DistanceWeight.Inverse)));
        var refused = Assert.Throws<BadInputException>(
            () => FeatureExtractor.Extract(roi, region, settings, TestContext.Current.CancellationToken));
        Assert.Equal(("settings.texture", "texture.ngldm.weight"), (refused.Code, refused.Where));
    }

    [Fact]
    public void Aggregations_not_asked_for_stay_missing()
    {
        var (roi, region) = Regions.OfLevels(2, 2, 2, [1, 2, 2, 1, 1, 2, 2, 2]);
        foreach (var aggregation in TextureAggregation.OfZones)
        {
            Assert.All(
                Regions.Compute(Family, roi, region, [aggregation]),
                v => Assert.Equal(!v.Key.EndsWith("_" + aggregation, StringComparison.Ordinal), double.IsNaN(v.Value)));
        }
    }

    private static void AssertEqual(DiscretisedRegion region, NeighbourSettings? settings, int coarseness)
    {
        AnyLevels.AssertEqual(
            NaiveNgldm.Compute(region, settings, coarseness),
            AnyLevels.Compute(Family, region, new(Ngldm: settings, NgldmCoarseness: coarseness)));
    }
}
