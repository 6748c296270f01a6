using RadiogenomicsCloud.Association;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Association;

public sealed class EnrichmentTests
{
    private static readonly double[] Weights = [3.1, 2.4, 1.9, 1.2, 0.8, 0.1, 0.2, 0.7, 1.5, 2.6];

    [Fact]
    public void Enrichment_scores_are_those_of_the_definition()
    {
        RCalls.Agree("es(stats, c(1, 2, 4))", GseaScore.Of(Weights, [0, 1, 3]));
        RCalls.Agree("es(stats, c(8, 10))", GseaScore.Of(Weights, [7, 9]));
        RCalls.Agree("es(stats, c(1, 10))", GseaScore.Of(Weights, [0, 9]));
        RCalls.Agree("es(stats, c(3, 5, 6, 9))", GseaScore.Of(Weights, [2, 4, 5, 8]));
        // By hand: first two of four equal weights: both hits before a miss. The last two: −1. First and last: up ½, down to −½.
        Assert.Equal(1, GseaScore.Of([1, 1, 1, 1], [0, 1]));
        Assert.Equal(-1, GseaScore.Of([1, 1, 1, 1], [2, 3]));
        Assert.Equal(0, GseaScore.Of([1, 1, 1, 1], [0, 3]));
        Assert.Equal(1, GseaScore.Of([1, 1, 0, 0, 1, 1], [0, 1]));
        Assert.True(double.IsNaN(GseaScore.Of(Weights, [])));
    }

    [Fact]
    public void The_normalised_score_and_p_are_by_the_random_scores_of_its_sign()
    {
        var (normalised, p) = SetEnrichment.AgainstRandom(0.6, [0.2, 0.4, 0.6, -0.9, -0.1]);
        Assert.Equal(0.6 / 0.4, normalised!.Value, 1e-12);
        Assert.Equal(2 / 4.0, p, 1e-12);
        var (below, q) = SetEnrichment.AgainstRandom(-0.5, [0.2, 0.4, 0.6, -0.9, -0.1]);
        Assert.Equal(-1, below!.Value, 1e-12);
        Assert.Equal(2 / 3.0, q, 1e-12);
    }

    [Fact]
    public void The_foremost_imaging_groups_alone_are_taken_and_it_is_told()
    {
        GeneSet[] sets = [new("s", [.. Enumerable.Range(0, 6).Select(i => $"g{i:D3}")])];
        var document = AssociationMap.Make(
            SmallCohorts.Noise(30, 70, 1, "i"), SmallCohorts.Noise(30, 20, 2, "g"), null, sets, new AssociationSettings { Permutations = 0, Resamples = 0 }, 2,
            TestContext.Current.CancellationToken);
        Assert.Equal(120, document.Enrichment.Count);
        Assert.Equal("Gene sets are tested with the 60 imaging groups of the smallest p, of 70.", Assert.Single(document.Notes));
    }

    [Fact]
    public void The_set_that_goes_with_a_feature_is_found_and_others_are_not()
    {
        var molecular = SmallCohorts.Noise(40, 200, 2, "g");
        var values = Enumerable.Range(0, 200).SelectMany(c => molecular.Column(c).ToArray()).ToArray();
        var imaging = SmallCohorts.Noise(40, 3, 3, "i");
        // Genes 20 … 39 go with the first imaging feature.
        for (var gene = 20; gene < 40; gene++)
        {
            for (var c = 0; c < 40; c++)
                values[(gene * 40) + c] += 0.8 * imaging.Column(0)[c];
        }
        GeneSet[] sets =
        [
            new("linked", [.. Enumerable.Range(20, 20).Select(i => $"g{i:D3}"), "unknown"]), new("other", [.. Enumerable.Range(100, 20).Select(i => $"g{i:D3}")]),
            new("small", ["g001", "g002"]),
        ];
        var document = AssociationMap.Make(
            imaging, new FeatureBlock(40, molecular.Columns, values), null, sets, new AssociationSettings { Permutations = 0, Resamples = 0 }, 2,
            TestContext.Current.CancellationToken);
        // Two sets of at least five genes, three features that are groups by themselves, two methods.
        Assert.Equal(12, document.Enrichment.Count);
        foreach (var method in new[] { "gsea", "hypergeometric" })
        {
            var best = document.Enrichment.First(e => e.Method == method);
            Assert.Equal((0, "linked", 20), (best.Imaging, best.Set, best.Size));
            Assert.True(best.Q < 0.02);
            Assert.All(document.Enrichment.Where(e => e.Method == method && e.Set == "other"), e => Assert.True(e.Q > 0.05));
        }
        Assert.True(document.Enrichment[0].NormalisedScore > 1.5);
        var counted = document.Enrichment.First(e => e.Method == "hypergeometric");
        var called = document.Edges.Count(e => e.Imaging == 0 && e.Q <= 0.05);
        Assert.Equal(Hypergeometric.UpperTail((int)counted.Score, 20, 200, called), counted.P, 1e-12);
    }
}
