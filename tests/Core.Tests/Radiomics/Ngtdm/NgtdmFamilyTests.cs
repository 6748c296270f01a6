using CsCheck;
using RadiogenomicsCloud.Core.Tests.Radiomics.Neighbourhoods;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;
using RadiogenomicsCloud.Radiomics.Ngtdm;

namespace RadiogenomicsCloud.Core.Tests.Radiomics.Ngtdm;

public sealed class NgtdmFamilyTests
{
    private static readonly NgtdmFamily Family = new();

    [Fact]
    public void Equals_the_manual_written_out_on_any_region() =>
        AnyLevels.Region(maxI: 21).Sample(region => AssertEqual(region, settings: null), iter: 300);

    [Fact]
    public void Every_distance_norm_and_weight_equals_the_manual_written_out() =>
        Gen.Select(
            AnyLevels.Region(maxI: 7), Gen.Int[1, 3], Gen.Enum<DistanceNorm>(), Gen.Enum<DistanceWeight>(), Gen.Enum<DistanceNorm>(),
            (region, distance, norm, weight, weightNorm) => (region, new NeighbourSettings(distance, norm, weight, weightNorm)))
        .Sample(drawn => AssertEqual(drawn.region, drawn.Item2), iter: 150);

    [Fact]
    public void The_general_path_equals_the_fast_one() =>
        AnyLevels.Region(maxI: 9).Sample(
            region =>
            {
                if (LevelBox.Of(region) is not { } box)
                    return;
                var standard = new NeighbourSettings();
                foreach (var scan in (ToneScan[])[new AdjacentToneScan(box), new GeneralToneScan(box, standard)])
                {
                    var volume = scan.NewMatrix(inPlane: false);
                    scan.Run(null, () => { }, volume);
                    var values = new double[ToneMeasures.Count];
                    if (!ToneMeasures.TryMeasure(volume, box.LevelOfCode, values))
                        continue;
                    Assert.Equal(NaiveNgtdm.Compute(region)["ngt_coarseness_3D"], values[0], 1e-9 * values[0]);
                }
            },
            iter: 60);

    [Fact]
    public void Thousands_of_levels_at_the_limit_are_counted_without_overflow()
    {
        var levels = new int[12 * 11 * 3];
        for (var v = 0; v < levels.Length; v++)
            levels[v] = v % 7 == 0 ? 0 : 65_535 - (v * 7919 % 60_000);
        AssertEqual(Regions.OfLevels(12, 11, 3, levels, levelCount: 65_535).Levels, settings: null);
    }

    [Fact]
    public void Two_voxels_have_the_values_worked_out_by_hand()
    {
        // Levels 1 and 3: n = 1, 1; s = 2, 2; p = 1/2, 1/2.
        var (roi, region) = Regions.OfLevels(2, 1, 1, [1, 3]);
        var values = Regions.Compute(Family, roi, region);
        foreach (var aggregation in TextureAggregation.OfZones)
        {
            Assert.Equal(0.5, values[$"ngt_coarseness_{aggregation}"]);
            Assert.Equal(2 * 0.25 * 4 / 2 * 2, values[$"ngt_contrast_{aggregation}"]);
            Assert.Equal(2 / (2 * 1.0), values[$"ngt_busyness_{aggregation}"]);
            Assert.Equal(2 * 2 * (1 + 1.0) / 1 / 2, values[$"ngt_complexity_{aggregation}"]);
            Assert.Equal(2 * 1 * 4 / 4.0, values[$"ngt_strength_{aggregation}"]);
        }
    }

    [Fact]
    public void A_flat_region_has_the_greatest_coarseness_and_nothing_else()
    {
        var (roi, region) = Regions.OfLevels(3, 2, 2, [.. Enumerable.Repeat(5, 12)], levelCount: 8);
        var values = Regions.Compute(Family, roi, region);
        foreach (var (tag, value) in values)
            Assert.Equal(tag.Contains("coarseness", StringComparison.Ordinal) ? 1e6 : 0, value);
    }

    [Fact]
    public void One_voxel_has_no_features_and_says_why()
    {
        var (roi, region) = Regions.OfLevels(1, 1, 1, [3]);
        Assert.All(
            Regions.Compute(Family, new FeatureInput(roi, region, new(["ngtdm"], TextureAggregation.All))),
            v => Assert.Equal(
                v.Definition.Aggregation == "3D" ? "no voxel of the region has a neighbour in it" : "no voxel of the region has a neighbour within its slice",
                v.Missing));
    }

    [Fact]
    public void Voxels_in_different_slices_have_features_in_3D_alone()
    {
        var (roi, region) = Regions.OfLevels(1, 1, 2, [1, 3]);
        Assert.All(
            Regions.Compute(Family, roi, region),
            v => Assert.Equal(!v.Key.EndsWith("_3D", StringComparison.Ordinal), double.IsNaN(v.Value)));
    }

    [Fact]
    public void A_voxel_without_neighbours_takes_no_part()
    {
        var (roi, region) = Regions.OfLevels(5, 1, 1, [1, 3, 0, 0, 7]);
        var (alone, aloneLevels) = Regions.OfLevels(2, 1, 1, [1, 3], levelCount: 7);
        Assert.Equal(Regions.Compute(Family, alone, aloneLevels), Regions.Compute(Family, roi, region));
    }

    [Fact]
    public void Busyness_whose_denominator_is_0_is_missing_and_says_why()
    {
        // Two voxels of level 1 and one of level 2: i·p is 2/3 for both.
        var (roi, region) = Regions.OfLevels(3, 1, 1, [1, 1, 2]);
        var values = Regions.Compute(Family, new FeatureInput(roi, region, new(["ngtdm"], TextureAggregation.All)));
        Assert.All(values, v => Assert.Equal(v.Definition.IbsiCode == "NQ30", double.IsNaN(v.Value)));
        Assert.All(values.Where(v => double.IsNaN(v.Value)), v => Assert.Contains("denominator", v.Missing, StringComparison.Ordinal));
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

    private static void AssertEqual(DiscretisedRegion region, NeighbourSettings? settings)
    {
        AnyLevels.AssertEqual(NaiveNgtdm.Compute(region, settings), AnyLevels.Compute(Family, region, new(Ngtdm: settings)));
    }
}
