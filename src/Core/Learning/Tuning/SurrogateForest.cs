using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// A small forest of regression trees that says how sure it is: the variance is that of the trees' means plus the mean of the leaves'
/// variances (Hutter, Xu, Hoos, Leyton-Brown, Artif Intell 2014, 206:79). Trees see a random share of the features at each split; thresholds
/// are drawn between the neighbouring values, so that the mean changes in small steps between the points.
/// </summary>
internal sealed class SurrogateForest
{
    private const int SmallestSplit = 3;
    private const double FeatureShare = 5.0 / 6;

    private readonly Node[][] trees;
    private readonly double leastVariance;

    private SurrogateForest(Node[][] trees, double leastVariance) => (this.trees, this.leastVariance) = (trees, leastVariance);

    /// <param name="points">Feature vectors of equal length.</param>
    public static SurrogateForest Grow(double[][] points, double[] losses, int trees, DeterministicRandom random)
    {
        var grown = new Node[trees][];
        for (var t = 0; t < trees; t++)
        {
            var sample = new int[points.Length];
            for (var i = 0; i < sample.Length; i++)
                sample[i] = random.NextInt(points.Length);
            var nodes = new List<Node>();
            Split(points, losses, sample, nodes, random);
            grown[t] = [.. nodes];
        }
        return new(grown, Math.Max(1e-8 * Moments.PopulationVariance(losses), 1e-300));
    }

    public (double Mean, double Variance) Predict(double[] point)
    {
        double sum = 0, squares = 0, within = 0;
        foreach (var tree in trees)
        {
            var at = 0;
            while (tree[at].Feature >= 0)
                at = point[tree[at].Feature] <= tree[at].Threshold ? at + 1 : tree[at].Right;
            sum += tree[at].Mean;
            squares += tree[at].Mean * tree[at].Mean;
            within += tree[at].Variance;
        }
        var mean = sum / trees.Length;
        return (mean, Math.Max((squares / trees.Length) - (mean * mean), 0) + (within / trees.Length) + leastVariance);
    }

    /// <summary>A split, whose left child follows it, or a leaf (feature −1).</summary>
    private readonly record struct Node(int Feature, double Threshold, int Right, double Mean, double Variance);

    private static void Split(double[][] points, double[] losses, int[] rows, List<Node> nodes, DeterministicRandom random)
    {
        var at = nodes.Count;
        var mean = rows.Average(r => losses[r]);
        var variance = rows.Average(r => (losses[r] - mean) * (losses[r] - mean));
        nodes.Add(new(-1, 0, 0, mean, variance));
        if (rows.Length < SmallestSplit || !(variance > 0) || BestSplit(points, losses, rows, random) is not var (feature, threshold))
            return;
        Split(points, losses, Array.FindAll(rows, r => points[r][feature] <= threshold), nodes, random);
        nodes[at] = nodes[at] with { Feature = feature, Threshold = threshold, Right = nodes.Count };
        Split(points, losses, Array.FindAll(rows, r => points[r][feature] > threshold), nodes, random);
    }

    private static (int Feature, double Threshold)? BestSplit(double[][] points, double[] losses, int[] rows, DeterministicRandom random)
    {
        var features = new int[points[0].Length];
        for (var f = 0; f < features.Length; f++)
            features[f] = f;
        random.Shuffle<int>(features);
        var tried = Math.Max(1, (int)Math.Round(FeatureShare * features.Length));
        var values = new double[rows.Length];
        var ordered = new double[rows.Length];
        (int, double)? best = null;
        var greatest = double.NegativeInfinity;
        for (var f = 0; f < features.Length && (f < tried || best is null); f++)
        {
            for (var i = 0; i < rows.Length; i++)
                (values[i], ordered[i]) = (points[rows[i]][features[f]], losses[rows[i]]);
            Array.Sort(values, ordered);
            var total = ordered.Sum();
            var left = 0.0;
            for (var i = 0; i + 1 < values.Length; i++)
            {
                left += ordered[i];
                if (values[i] == values[i + 1])
                    continue;
                // The split that leaves least variance has the greatest between its parts.
                var between = (left * left / (i + 1)) + ((total - left) * (total - left) / (values.Length - i - 1));
                if (between > greatest)
                    (greatest, best) = (between, (features[f], values[i] + (random.NextDouble() * (values[i + 1] - values[i]))));
            }
        }
        return best;
    }
}
