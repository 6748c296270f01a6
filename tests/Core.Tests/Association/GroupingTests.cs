using RadiogenomicsCloud.Association;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Association;

public sealed class GroupingTests
{
    [Fact]
    public void Average_linkage_merges_as_hclust()
    {
        // hclust(as.dist(matrix(c(0,2,6,10,9, 2,0,5,9,8, 6,5,0,4,5, 10,9,4,0,3, 9,8,5,3,0), 5)), "average"): merge, height
        // −1 −2 | −4 −5 | −3 2 | 1 3 at 2, 3, 4.5, 7.8333333333333333
        float[] distances = [2, 6, 10, 9, 5, 9, 8, 4, 5, 3];
        var merges = AverageLinkage.OfInPlace(distances, 5, TestContext.Current.CancellationToken);
        Assert.Equal([(-1, -2), (-4, -5), (-3, 2), (1, 3)], merges.Select(m => (m.Left, m.Right)));
        Assert.Equal([2, 3, 4.5, 47 / 6.0], merges.Select(m => m.Height), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal([0, 1, 2, 3, 4], AverageLinkage.Order(merges, 5));
    }

    [Fact]
    public void Average_linkage_is_that_of_the_plain_algorithm()
    {
        var random = new DeterministicRandom(3);
        const int n = 60;
        var distances = new float[n * (n - 1) / 2];
        for (var i = 0; i < distances.Length; i++)
            distances[i] = (float)random.NextDouble();
        var expected = Naive((float[])distances.Clone(), n);
        var merges = AverageLinkage.OfInPlace(distances, n, TestContext.Current.CancellationToken);
        Assert.Equal(expected, merges.Select(m => m.Height), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Features_of_a_correlation_beyond_the_limit_are_one_group_led_by_the_middle_one()
    {
        var random = new DeterministicRandom(1);
        var features = new List<MapFeature>();
        for (var group = 0; group < 3; group++)
        {
            double[] centre = [.. Enumerable.Range(0, 50).Select(_ => random.NextGaussian())];
            // The sign does not matter; the first member is the common one with no noise.
            for (var member = 0; member < 4; member++)
                features.Add(new([.. centre.Select(v => (member == 2 ? -1 : 1) * (v + (0.15 * member * random.NextGaussian())))], FeatureScale.Numeric));
        }
        features.Add(new([.. Enumerable.Range(0, 50).Select(i => (double)(i % 3))], FeatureScale.Nominal));
        var whole = FeatureGrouping.Of([.. features], 50, new AssociationSettings { GroupCorrelation = 0.8 }, 2, TestContext.Current.CancellationToken);
        Assert.Equal([[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11], [12]], whole.Select(g => g.Members));
        Assert.Equal([0, 4, 8, 12], whole.Select(g => g.Representative));
        // A missing value changes the way, not the groups.
        features[1].Values[0] = double.NaN;
        features[1] = new(features[1].Values, FeatureScale.Numeric);
        var missing = FeatureGrouping.Of([.. features], 50, new AssociationSettings { GroupCorrelation = 0.8 }, 2, TestContext.Current.CancellationToken);
        Assert.Equal(whole.Select(g => g.Members), missing.Select(g => g.Members));
    }

    private static double[] Naive(float[] distances, int n)
    {
        var clusters = Enumerable.Range(0, n).Select(i => new List<int> { i }).ToList();
        var heights = new List<double>();
        while (clusters.Count > 1)
        {
            var (a, b, least) = (0, 0, double.PositiveInfinity);
            for (var i = 0; i < clusters.Count; i++)
            {
                for (var j = i + 1; j < clusters.Count; j++)
                {
                    var mean = clusters[i].SelectMany(x => clusters[j].Select(y => (double)distances[AverageLinkage.Index(x, y, n)])).Average();
                    if (mean < least)
                        (a, b, least) = (i, j, mean);
                }
            }
            heights.Add(least);
            clusters[a].AddRange(clusters[b]);
            clusters.RemoveAt(b);
        }
        return [.. heights.Order()];
    }
}
