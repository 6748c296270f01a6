using System.Globalization;
using System.Text.Json;
using CsCheck;
using RadiogenomicsCloud.Core.Tests.Preprocessing;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;
using RadiogenomicsCloud.Radiomics.Glrlm;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Core.Tests.Radiomics.Glrlm;

public sealed class GlrlmFamilyTests
{
    private static readonly GlrlmFamily Family = new();

    // Rows of all lengths about the width of a vector, few levels so that runs are long.
    private static readonly Gen<DiscretisedRegion> AnyRegion =
        from countI in Gen.Frequency((2, Gen.Int[1, 6]), (1, Gen.Int[14, 37]))
        from countJ in Gen.Int[1, 6]
        from countK in Gen.Int[1, 4]
        from levelCount in Gen.Int[1, 6]
        from density in Gen.Int[1, 10]
        from draws in Gen.Select(Gen.Int[1, 10], Gen.Int[1, levelCount]).Array[countI * countJ * countK]
        let levels = draws.Select(d => d.Item1 <= density ? d.Item2 : 0).ToArray()
        select Regions.OfLevels(countI, countJ, countK, levels, levelCount).Levels;

    private static readonly Gen<NeighbourSettings> AnyWeights =
        from weight in Gen.Enum<DistanceWeight>()
        from norm in Gen.Enum<DistanceNorm>()
        select new NeighbourSettings(Weight: weight, WeightNorm: norm);

    [Fact]
    public void Equals_the_manual_written_out_on_any_region_with_any_weights() =>
        Gen.Select(AnyRegion, AnyWeights).Sample(
            (region, weights) => AssertEqual(NaiveGlrlm.Compute(region, weights), Compute(region, weights)),
            iter: 300);

    [Fact]
    public void Many_levels_far_apart_equal_the_manual_written_out()
    {
        var levels = new int[20 * 19 * 7];
        for (var v = 0; v < levels.Length; v++)
            levels[v] = v % 11 == 0 ? 0 : 1 + (v / 3 * 7919 % 60_000);
        var region = Regions.OfLevels(20, 19, 7, levels, levelCount: 60_000).Levels;
        AssertEqual(NaiveGlrlm.Compute(region), Compute(region));
    }

    [Theory]
    [InlineData(1, 70_000, 1, 1)]
    [InlineData(70_000, 1, 1, 1)]
    [InlineData(1, 1, 70_000, 1)]
    [InlineData(20, 30, 40, 0)]
    public void A_flat_region_has_the_longest_runs_there_can_be(int countI, int countJ, int countK, int line)
    {
        var voxels = countI * countJ * countK;
        var (roi, region) = Regions.OfLevels(countI, countJ, countK, [.. Enumerable.Repeat(3, voxels)], levelCount: 5);
        var values = Regions.Compute(Family, roi, region, ["3D"]);

        // A line has one run along itself and as many as voxels in each of the other 12 directions; a box has more.
        if (line == 1)
        {
            Assert.Equal(((1.0 / voxels) + 12) / 13, values["rlm_r_perc_3D_avg"], 1e-14);
            Assert.Equal((((double)voxels * voxels) + (12.0 * voxels)) / (1 + (12.0 * voxels)), values["rlm_lre_3D_comb"], 1e-9);
        }
        else
        {
            var runs = RunsOfABox(countI, countJ, countK);
            Assert.Equal(runs.Average(n => n / (double)voxels), values["rlm_r_perc_3D_avg"], 1e-14);
            Assert.Equal(runs.Sum() / (13.0 * voxels), values["rlm_r_perc_3D_comb"], 1e-14);
        }
        Assert.Equal(0, values["rlm_gl_var_3D_avg"]);
        Assert.Equal(9, values["rlm_hgre_3D_avg"], 1e-13);
        Assert.Equal(1, values["rlm_glnu_norm_3D_comb"], 1e-14);
    }

    [Fact]
    public void One_voxel_is_one_run_and_has_every_feature()
    {
        var (roi, region) = Regions.OfLevels(1, 1, 1, [3], levelCount: 8);
        var values = Regions.Compute(Family, roi, region);
        foreach (var aggregation in TextureAggregation.OfDirections)
        {
            var merged = aggregation switch { "2D_comb" or "2_5D_comb" => 4, "3D_comb" => 13, _ => 1 };
            foreach (var tag in new[] { "sre", "lre", "glnu_norm", "rlnu_norm", "r_perc" })
                Assert.Equal(1, values[$"rlm_{tag}_{aggregation}"]);
            foreach (var tag in new[] { "gl_var", "rl_var", "rl_entr" })
                Assert.Equal(0, values[$"rlm_{tag}_{aggregation}"]);
            foreach (var tag in new[] { "glnu", "rlnu" })
                Assert.Equal(merged, values[$"rlm_{tag}_{aggregation}"]);
            foreach (var tag in new[] { "lgre", "srlge", "lrlge" })
                Assert.Equal(1 / 9.0, values[$"rlm_{tag}_{aggregation}"], 1e-16);
            foreach (var tag in new[] { "hgre", "srhge", "lrhge" })
                Assert.Equal(9, values[$"rlm_{tag}_{aggregation}"]);
        }
    }

    [Fact]
    public void A_hole_ends_a_run_and_an_empty_slice_takes_no_part()
    {
        var (roi, region) = Regions.OfLevels(5, 1, 3, [2, 2, 0, 2, 2, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2]);
        var values = Regions.Compute(Family, roi, region, ["2D"]);
        // Along i the first slice has two runs of 2 and the last one of 5; across it each voxel is a run.
        Assert.Equal((((2 / 4.0) + 3) + ((1 / 5.0) + 3)) / 8, values["rlm_r_perc_2D_avg"], 1e-15);
    }

    [Fact]
    public void A_region_without_voxels_says_so()
    {
        var (roi, region) = Regions.OfLevels(2, 2, 1, [0, 0, 0, 0], levelCount: 4);
        var values = Regions.Compute(Family, new FeatureInput(roi, region, new(["glrlm"], TextureAggregation.All)));
        Assert.All(values, v => Assert.Equal((double.NaN, "the region has no voxel"), (v.Value, v.Missing)));
    }

    [Fact]
    public void Aggregations_not_asked_for_stay_missing()
    {
        var (roi, region) = Regions.OfLevels(2, 2, 1, [1, 2, 2, 1]);
        var values = Regions.Compute(Family, roi, region, ["2_5D_comb"]);
        Assert.All(values, v => Assert.Equal(!v.Key.EndsWith("2_5D_comb", StringComparison.Ordinal), double.IsNaN(v.Value)));
    }

    [Fact]
    public void Weights_equal_in_all_directions_change_only_what_counts_runs()
    {
        var (roi, region) = Regions.OfLevels(3, 3, 2, [1, 1, 2, 2, 1, 1, 3, 3, 0, 1, 2, 2, 2, 1, 1, 3, 1, 1]);
        var plain = Regions.Compute(Family, roi, region);
        var weighted = Compute(region, new(Weight: DistanceWeight.Gaussian, WeightNorm: DistanceNorm.Chebyshev));
        foreach (var (tag, value) in plain)
        {
            var isMergedCount = tag.EndsWith("_comb", StringComparison.Ordinal)
                && (tag.StartsWith("rlm_glnu_2", StringComparison.Ordinal) || tag.StartsWith("rlm_glnu_3", StringComparison.Ordinal)
                    || tag.StartsWith("rlm_rlnu_2", StringComparison.Ordinal) || tag.StartsWith("rlm_rlnu_3", StringComparison.Ordinal));
            Assert.Equal(isMergedCount ? value * Math.Exp(-1) : value, weighted[tag], 1e-12 * Math.Max(1, value));
        }
    }

    [Fact]
    public void A_distance_of_runs_is_refused()
    {
        var (roi, region) = Regions.OfLevels(2, 1, 1, [1, 2]);
        var settings = new FeatureSettings(["glrlm"], Texture: new(Glrlm: new(Distance: 2)));
        var refused = Assert.Throws<BadInputException>(() => Regions.Compute(Family, new FeatureInput(roi, region, settings)));
        Assert.Equal("settings.texture", refused.Code);
    }

    [Theory]
    [InlineData("blob_25")]
    [InlineData("blob_50")]
    public void Averages_over_the_directions_equal_those_of_PyRadiomics(string blob)
    {
        // PyRadiomics at commit 8ed5793, its class RadiomicsGLRLM on the cropped arrays with binCount=32; its names in our order.
        string[] names =
        [
            "ShortRunEmphasis", "LongRunEmphasis", "LowGrayLevelRunEmphasis", "HighGrayLevelRunEmphasis",
            "ShortRunLowGrayLevelEmphasis", "ShortRunHighGrayLevelEmphasis", "LongRunLowGrayLevelEmphasis", "LongRunHighGrayLevelEmphasis",
            "GrayLevelNonUniformity", "GrayLevelNonUniformityNormalized", "RunLengthNonUniformity", "RunLengthNonUniformityNormalized",
            "RunPercentage", "GrayLevelVariance", "RunVariance", "RunEntropy",
        ];
        var (image, mask) = IbsiPhantom.Pair($"bench/{blob}.nii.gz", $"bench/{blob}.mask.nii.gz");
        using var file = JsonDocument.Parse(File.ReadAllBytes(ReferenceData.Require($"pyradiomics/{blob}.json")));
        var theirs = file.RootElement.GetProperty("values").GetProperty("GLRLM");
        var ours = RadiomicsExtraction.Run(
            image, mask, new(Discretise: new(DiscretiseMethod.FBN, Bins: 32)), new(["glrlm"], ["3D_avg"]), TestContext.Current.CancellationToken).Values;

        Assert.Equal(names.Length, ours.Count);
        Assert.Empty(
            from pair in names.Zip(ours)
            let expected = theirs.GetProperty(pair.First).GetDouble()
            where !(Math.Abs(pair.Second.Value - expected) <= 1e-9 * Math.Abs(expected))
            select string.Create(CultureInfo.InvariantCulture, $"{pair.Second.Definition.Tag}: {pair.Second.Value:R} is not {expected:R}"));
    }

    // Runs of a flat box begin where a step back leaves it.
    private static double[] RunsOfABox(int countI, int countJ, int countK) =>
    [
        .. from d in LevelBox.DirectionVectors
           let kept = (double)(countI - Math.Abs(d.I)) * (countJ - Math.Abs(d.J)) * (countK - Math.Abs(d.K))
           select ((double)countI * countJ * countK) - kept,
    ];

    private static Dictionary<string, double> Compute(DiscretisedRegion region, NeighbourSettings? weights = null)
    {
        var (roi, _) = Regions.OfLevels(region.Grid.CountI, region.Grid.CountJ, region.Grid.CountK, region.Levels, region.LevelCount);
        var settings = new FeatureSettings(["glrlm"], TextureAggregation.All, Texture: new(Glrlm: weights));
        return Regions.Compute(Family, new FeatureInput(roi, region, settings)).ToDictionary(v => v.Definition.Tag, v => v.Value);
    }

    private static void AssertEqual(Dictionary<string, double> expected, Dictionary<string, double> actual)
    {
        foreach (var (tag, value) in actual)
        {
            var wanted = expected.GetValueOrDefault(tag, double.NaN);
            var slack = 1e-11 * Math.Max(1, Math.Abs(wanted));
            Assert.True(
                double.IsNaN(wanted) ? double.IsNaN(value) : Math.Abs(value - wanted) <= slack, $"{tag}: {value} is not {wanted}");
        }
    }
}
