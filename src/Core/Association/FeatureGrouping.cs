namespace RadiogenomicsCloud.Association;

/// <summary>
/// Groups of correlated features of one side: average linkage on 1 − |Spearman|, cut at 1 − the group correlation. Nominal features are groups
/// by themselves. Missing values: pairs of fewer cases than the map asks for have the distance 1. Holds 4 bytes a pair of features of one side.
/// </summary>
internal static class FeatureGrouping
{
    /// <summary>112 million distances, held twice: 900 MB.</summary>
    public const int MostFeatures = 15_000;

    /// <returns>Groups of positions among the features, by their first member.</returns>
    public static IReadOnlyList<FeatureGroup> Of(MapFeature[] features, int cases, AssociationSettings settings, int workers, CancellationToken cancel)
    {
        if (features.Length == 0)
            return [];
        if (features.Length == 1)
            return [new(0, [0])];
        var distances = Distances(features, cases, settings, workers, cancel);
        var kept = (float[])distances.Clone();
        var merges = AverageLinkage.OfInPlace(distances, features.Length, cancel);
        var groupOf = Cut(merges, features.Length, 1 - settings.GroupCorrelation);
        return [.. Enumerable.Range(0, features.Length).GroupBy(i => groupOf[i]).OrderBy(g => g.First())
            .Select(g => Group([.. g], kept, features.Length))];
    }

    // The medoid: the smallest mean distance to the others, the first of equal ones.
    private static FeatureGroup Group(int[] members, float[] distances, int n)
    {
        var (best, least) = (members[0], double.PositiveInfinity);
        foreach (var member in members)
        {
            var sum = 0.0;
            foreach (var other in members)
                sum += other == member ? 0 : distances[AverageLinkage.Index(member, other, n)];
            if (sum < least)
                (best, least) = (member, sum);
        }
        return new(best, members);
    }

    private static int[] Cut(IReadOnlyList<TreeMerge> merges, int leaves, double height)
    {
        // By rounding of single precision a pair at the very height belongs together.
        var limit = height + 1e-6;
        var tops = Enumerable.Range(0, leaves).ToArray();
        var first = new int[merges.Count];
        for (var m = 0; m < merges.Count; m++)
        {
            int Leaf(int child) => child < 0 ? -child - 1 : first[child - 1];
            int a = Leaf(merges[m].Left), b = Leaf(merges[m].Right);
            first[m] = Math.Min(a, b);
            if (merges[m].Height <= limit)
                tops[Top(tops, Math.Max(a, b))] = Top(tops, Math.Min(a, b));
        }
        return [.. Enumerable.Range(0, leaves).Select(i => Top(tops, i))];
    }

    private static int Top(int[] tops, int leaf)
    {
        while (tops[leaf] != leaf)
            leaf = tops[leaf];
        return leaf;
    }

    private static float[] Distances(MapFeature[] features, int cases, AssociationSettings settings, int workers, CancellationToken cancel)
    {
        var n = features.Length;
        var distances = new float[(long)n * (n - 1) / 2];
        Array.Fill(distances, 1);
        int[] fast = [.. Enumerable.Range(0, n).Where(i => FastBlocks.IsFast(features[i]))];
        if (fast.Length > 0)
            Fast(features, fast, cases, distances, workers, cancel);
        var spearman = settings with { Measure = MeasureRule.Spearman };
        int[] slow = [.. Enumerable.Range(0, n).Where(i => !features[i].Complete && !features[i].IsNominal)];
        if (slow.Length == 0)
            return distances;
        // As ordinal scores, binary ones too: Spearman of any two.
        var scores = Array.ConvertAll(features, f => f.IsNominal ? f : new MapFeature(f.Values, FeatureScale.Ordinal));
        Workers.ForEach(slow.Length, workers, () => new PairTester(cases, spearman, null, new(StringComparer.Ordinal)), (tester, s) =>
        {
            var i = slow[s];
            for (var j = 0; j < n; j++)
            {
                if (j == i || features[j].IsNominal || (!features[j].Complete && j < i))
                    continue;
                var rho = tester.Test(scores[i], scores[j], null, null, residuals: false, details: false).Effect;
                distances[AverageLinkage.Index(i, j, n)] = double.IsNaN(rho) ? 1 : (float)(1 - Math.Abs(rho));
            }
        }, cancel);
        return distances;
    }

    private static void Fast(MapFeature[] features, int[] fast, int cases, float[] distances, int workers, CancellationToken cancel)
    {
        var width = ProductKernel<double>.Width;
        var vectors = new double[(long)fast.Length * cases];
        for (var i = 0; i < fast.Length; i++)
        {
            var scores = FastBlocks.Scores(features[fast[i]]);
            var norm = Math.Sqrt(scores.Sum(s => s * s));
            for (var k = 0; k < cases; k++)
                vectors[(i * cases) + k] = scores[k] / norm;
        }
        Workers.ForEach((fast.Length + width - 1) / width, workers, () => (Panel: new double[cases * width], Products: new double[width * fast.Length]), (own, panel) =>
        {
            var first = panel * width;
            for (var c = 0; c < width; c++)
            {
                for (var k = 0; k < cases; k++)
                    own.Panel[(k * width) + c] = first + c < fast.Length ? vectors[((first + c) * cases) + k] : 0;
            }
            // Rows before the panel and within it: half of the square.
            var rows = Math.Min(fast.Length, first + width);
            ProductKernel<double>.Multiply(vectors, rows, own.Panel, cases, own.Products);
            for (var c = 0; c < width && first + c < fast.Length; c++)
            {
                for (var r = 0; r < first + c; r++)
                {
                    distances[AverageLinkage.Index(fast[r], fast[first + c], features.Length)] =
                        (float)(1 - Math.Min(1, Math.Abs(own.Products[(r * width) + c])));
                }
            }
        }, cancel);
    }
}
