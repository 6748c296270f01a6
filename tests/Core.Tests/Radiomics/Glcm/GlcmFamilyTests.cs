using CsCheck;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;
using RadiogenomicsCloud.Radiomics.Glcm;

namespace RadiogenomicsCloud.Core.Tests.Radiomics.Glcm;

public sealed class GlcmFamilyTests
{
    private static readonly GlcmFamily Family = new();

    private static readonly Gen<DiscretisedRegion> AnyRegion =
        from countI in Gen.Int[1, 6]
        from countJ in Gen.Int[1, 5]
        from countK in Gen.Int[1, 4]
        from levelCount in Gen.Int[1, 9]
        from density in Gen.Int[1, 10]
        from draws in Gen.Select(Gen.Int[1, 10], Gen.Int[1, levelCount]).Array[countI * countJ * countK]
        let levels = draws.Select(d => d.Item1 <= density ? d.Item2 : 0).ToArray()
        select Regions.OfLevels(countI, countJ, countK, levels, levelCount).Levels;

    private static readonly Gen<NeighbourSettings> AnySteps =
        from distance in Gen.Int[1, 3]
        from norm in Gen.Enum<DistanceNorm>()
        from weight in Gen.Enum<DistanceWeight>()
        from weightNorm in Gen.Enum<DistanceNorm>()
        select new NeighbourSettings(distance, norm, weight, weightNorm);

    [Fact]
    public void Both_counters_equal_the_manual_written_out_on_any_region() =>
        AnyRegion.Sample(
            region =>
            {
                var expected = NaiveGlcm.Compute(region);
                AssertEqual(expected, Compute(region, (levels, steps) => new DenseCounter(levels, steps)));
                AssertEqual(expected, Compute(region, (levels, steps) => new LevelOrderedCounter(levels, steps)));
            },
            iter: 300);

    [Fact]
    public void Both_counters_equal_the_manual_written_out_at_any_distance_with_any_weights() =>
        Gen.Select(AnyRegion, AnySteps).Sample(
            (region, settings) =>
            {
                var expected = NaiveGlcm.Compute(region, settings);
                AssertEqual(expected, Compute(region, (levels, steps) => new DenseCounter(levels, steps), settings));
                AssertEqual(expected, Compute(region, (levels, steps) => new LevelOrderedCounter(levels, steps), settings));
            },
            iter: 200);

    [Theory]
    [InlineData(1, DistanceNorm.Chebyshev, 13, 4)]
    [InlineData(3, DistanceNorm.Chebyshev, 13, 4)]
    [InlineData(1, DistanceNorm.Manhattan, 3, 2)]
    [InlineData(2, DistanceNorm.Manhattan, 9, 4)]
    [InlineData(1, DistanceNorm.Euclidean, 3, 2)]
    [InlineData(2, DistanceNorm.Euclidean, 13, 4)] // lengths √2, √3 and 2
    [InlineData(16, DistanceNorm.Manhattan, 513, 32)] // (4δ² + 2)/2 and 2δ
    public void Directions_are_one_of_each_pair_at_the_distance(int distance, DistanceNorm norm, int count, int inPlane)
    {
        var steps = DirectedSteps.OfPairs(new(distance, norm));
        Assert.Equal((count, inPlane, distance), (steps.Count, steps.InPlaneCount, steps.Reach));
        Assert.Equal(count, steps.Vectors.Distinct().Count());
        Assert.DoesNotContain(steps.Vectors, m => steps.Vectors.Contains((-m.I, -m.J, -m.K)));
    }

    [Fact]
    public void Distances_and_weights_are_taken_from_the_settings()
    {
        // Three voxels in a row: two steps apart there is one pair, of levels 1 and 4.
        var (roi, region) = Regions.OfLevels(3, 1, 1, [1, 2, 4]);
        var settings = new FeatureSettings(["glcm"], ["3D_comb"], Texture: new(Glcm: new(Distance: 2)));
        var values = Regions.Compute(Family, new FeatureInput(roi, region, settings));
        Assert.Equal(9, values.Single(v => v.Definition.Tag == "cm_contrast_3D_comb").Value);

        // The diagonal pairs of a square count for 1/√2: levels 1-1 and 2-2 along the diagonals, 1-2 four times along the edges.
        (roi, region) = Regions.OfLevels(2, 2, 1, [1, 2, 2, 1]);
        settings = new(["glcm"], ["3D_comb"], Texture: new(Glcm: new(Weight: DistanceWeight.Inverse)));
        values = Regions.Compute(Family, new FeatureInput(roi, region, settings));
        Assert.Equal(4 / (4 + Math.Sqrt(2)), values.Single(v => v.Definition.Tag == "cm_contrast_3D_comb").Value, 1e-15);
    }

    [Fact]
    public void What_has_no_pair_says_why()
    {
        var (roi, region) = Regions.OfLevels(1, 1, 2, [1, 3]);
        var values = Regions.Compute(Family, new FeatureInput(roi, region, new(["glcm"], TextureAggregation.All)));
        Assert.Equal("no two voxels of a slice of the region are neighbours", values.First(v => v.Definition.Aggregation == "2_5D_avg").Missing);
        Assert.Null(values.First(v => v.Definition.Aggregation == "3D_avg").Missing);

        (roi, region) = Regions.OfLevels(1, 1, 1, [3]);
        values = Regions.Compute(Family, new FeatureInput(roi, region, new(["glcm"], TextureAggregation.All, Texture: new(Glcm: new(3)))));
        Assert.Equal(
            "no two voxels of the region are 3 voxels apart in a direction of the matrix",
            values.First(v => v.Definition.Aggregation == "3D_comb").Missing);
    }

    [Fact]
    public void A_distance_out_of_range_is_refused()
    {
        var (roi, region) = Regions.OfLevels(2, 1, 1, [1, 2]);
        var settings = new FeatureSettings(["glcm"], Texture: new(Glcm: new(Distance: 17)));
        var refused = Assert.Throws<BadInputException>(() => Regions.Compute(Family, new FeatureInput(roi, region, settings)));
        Assert.Equal("settings.texture", refused.Code);
    }

    [Fact]
    public void Levels_far_apart_have_the_features_of_their_pair()
    {
        var (roi, region) = Regions.OfLevels(2, 1, 1, [1, 60_000], levelCount: 65_000);
        var values = Regions.Compute(Family, roi, region);
        Assert.Equal(59_999.0 * 59_999, values["cm_contrast_3D_comb"]);
        Assert.Equal(-1, values["cm_corr_3D_comb"]);
        Assert.Equal(60_000, values["cm_auto_corr_3D_comb"]);
    }

    [Fact]
    public void Many_levels_give_the_same_through_either_counter()
    {
        // More levels than the dense counter is chosen for, few of them occupied, hence each counter's renumbering matters.
        var levels = new int[12 * 11 * 6];
        for (var v = 0; v < levels.Length; v++)
            levels[v] = v % 7 == 0 ? 0 : 1 + (v * 7919 % 60_000);
        var (roi, region) = Regions.OfLevels(12, 11, 6, levels, levelCount: 60_000);
        Assert.False(DenseCounter.Fits(LevelBox.Of(region)!, DirectedSteps.OfPairs(null), levels.Length));

        AssertEqual(Compute(region, (l, s) => new DenseCounter(l, s)), Compute(region, (l, s) => new LevelOrderedCounter(l, s)));
        AssertEqual(Compute(region, (l, s) => new LevelOrderedCounter(l, s)), Regions.Compute(Family, roi, region));
    }

    [Fact]
    public void One_voxel_has_no_features()
    {
        var (roi, region) = Regions.OfLevels(1, 1, 1, [3]);
        Assert.All(Regions.Compute(Family, roi, region).Values, value => Assert.Equal(double.NaN, value));
    }

    [Fact]
    public void Two_voxels_have_one_pair_wherever_a_direction_joins_them()
    {
        // Levels 1 and 3 side by side: p13 = p31 = 1/2.
        var (roi, region) = Regions.OfLevels(2, 1, 1, [1, 3]);
        var values = Regions.Compute(Family, roi, region);
        foreach (var aggregation in TextureAggregation.OfDirections)
        {
            Assert.Equal(0.5, values[$"cm_joint_max_{aggregation}"]);
            Assert.Equal(1.0, values[$"cm_joint_entr_{aggregation}"]);
            Assert.Equal(4.0, values[$"cm_contrast_{aggregation}"]);
            Assert.Equal(-1.0, values[$"cm_corr_{aggregation}"]);
            Assert.Equal(-1.0, values[$"cm_info_corr1_{aggregation}"]);
            Assert.Equal(Math.Sqrt(1 - Math.Exp(-2)), values[$"cm_info_corr2_{aggregation}"], 1e-15);
        }
    }

    [Fact]
    public void Two_voxels_in_different_slices_have_no_features_in_2D()
    {
        var (roi, region) = Regions.OfLevels(1, 1, 2, [1, 3]);
        var values = Regions.Compute(Family, roi, region);
        Assert.Equal(4.0, values["cm_contrast_3D_avg"]);
        Assert.All(values.Where(v => v.Key.Contains("2D", StringComparison.Ordinal) || v.Key.Contains("2_5D", StringComparison.Ordinal)),
            v => Assert.Equal(double.NaN, v.Value));
    }

    [Fact]
    public void A_flat_region_has_correlation_one_and_no_disorder()
    {
        var (roi, region) = Regions.OfLevels(3, 2, 2, [.. Enumerable.Repeat(5, 12)], levelCount: 8);
        var values = Regions.Compute(Family, roi, region);
        foreach (var aggregation in TextureAggregation.OfDirections)
        {
            Assert.Equal(1.0, values[$"cm_corr_{aggregation}"]);
            Assert.Equal(1.0, values[$"cm_info_corr1_{aggregation}"]);
            Assert.Equal(0.0, values[$"cm_info_corr2_{aggregation}"]);
            Assert.Equal(0.0, values[$"cm_joint_entr_{aggregation}"]);
            Assert.Equal(0.0, values[$"cm_joint_var_{aggregation}"]);
            Assert.Equal(0.0, values[$"cm_clust_prom_{aggregation}"]);
            Assert.Equal(5.0, values[$"cm_joint_avg_{aggregation}"]);
            Assert.Equal(25.0, values[$"cm_auto_corr_{aggregation}"]);
            Assert.Equal(1.0, values[$"cm_energy_{aggregation}"]);
        }
    }

    [Fact]
    public void Aggregations_not_asked_for_stay_missing()
    {
        var (roi, region) = Regions.OfLevels(2, 2, 1, [1, 2, 2, 1]);
        var values = Regions.Compute(Family, roi, region, ["2_5D_comb"]);
        Assert.All(values, v => Assert.Equal(!v.Key.EndsWith("2_5D_comb", StringComparison.Ordinal), double.IsNaN(v.Value)));
    }

    [Fact]
    public void Independent_levels_have_exactly_no_information_correlation()
    {
        // The pairs 11, 12, 22, 21: all four elements of the matrix are 1/4.
        var (roi, region) = Regions.OfLevels(5, 1, 1, [1, 1, 2, 2, 1]);
        var values = Regions.Compute(Family, roi, region);
        Assert.Equal(0, values["cm_info_corr1_3D_comb"]);
        Assert.Equal(0, values["cm_info_corr2_3D_comb"]);
    }

    [Fact]
    public void More_levels_than_the_stated_limit_are_refused_by_name()
    {
        var (roi, region) = Regions.OfLevels(2, 1, 1, [1, 2], levelCount: 2_000_000_000);
        var refused = Assert.Throws<BadInputException>(() => Regions.Compute(Family, roi, region));
        Assert.Equal("discretise.too-many-levels", refused.Code);
    }

    private static Dictionary<string, double> Compute(
        DiscretisedRegion region, Func<LevelBox, DirectedSteps, ICoOccurrenceCounter> counter, NeighbourSettings? settings = null)
    {
        var steps = DirectedSteps.OfPairs(settings);
        var values = new double[Family.Features.Count];
        Array.Fill(values, double.NaN);
        if (LevelBox.Of(region, steps.Reach) is { } padded)
        {
            DirectionalAggregation.Compute(
                padded, steps, _ => new CoOccurrenceMatrices(counter(padded, steps), region.LevelCount), TextureAggregation.OfDirections, values);
        }
        return Family.Features.Zip(values).ToDictionary(pair => pair.First.Tag, pair => pair.Second);
    }

    private static void AssertEqual(Dictionary<string, double> expected, Dictionary<string, double> actual)
    {
        foreach (var (tag, value) in actual)
        {
            var wanted = expected.GetValueOrDefault(tag, double.NaN);
            var slack = 1e-10 * Math.Max(1, Math.Abs(wanted));
            Assert.True(
                double.IsNaN(wanted) ? double.IsNaN(value) : Math.Abs(value - wanted) <= slack, $"{tag}: {value} is not {wanted}");
        }
    }
}
