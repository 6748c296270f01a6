using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Permutation importance in the rows that a tree did not see (Breiman 2001): by how much its loss grows when a column is permuted among
/// them, averaged over the trees. The loss is the share of wrong classes, the squared error, or one less the concordance of the leaves' mortality; case
/// weights count in all but the last.
/// </summary>
internal sealed class OutOfBagImportance
{
    private readonly Forest forest;
    private readonly TreeTable table;
    private readonly double[] weights;
    private readonly double[] answers;
    private readonly SurvivalEndpoint? survival;
    private readonly double[] outcome;
    private readonly bool squared;

    private OutOfBagImportance(Forest forest)
    {
        (this.forest, table) = (forest, forest.Table);
        weights = table.Weights();
        var endpoint = table.Training.Endpoint;
        survival = endpoint as SurvivalEndpoint;
        squared = endpoint is ContinuousEndpoint;
        outcome = endpoint switch
        {
            BinaryEndpoint binary => [.. binary.Values.Select(v => v ? 1.0 : 0.0)],
            MulticlassEndpoint classes => [.. classes.Values.Select(v => (double)v)],
            ContinuousEndpoint numbers => numbers.Values,
            _ => [],
        };
        answers = Answers(forest.Leaves, endpoint);
    }

    /// <summary>Of each column the mean over all trees, and that over its standard error (0 where no tree splits the column).</summary>
    public static (double[] Mean, double[] Z) Of(Forest forest, ulong seed, CancellationToken cancel)
    {
        var importance = new OutOfBagImportance(forest);
        var (sum, squares) = (new double[forest.Table.Columns], new double[forest.Table.Columns]);
        var random = new DeterministicRandom(DeterministicRandom.Derive(seed, "out_of_bag", 0));
        for (var t = 0; t < forest.Trees.Trees; t++)
        {
            cancel.ThrowIfCancellationRequested();
            importance.Add(t, random, sum, squares);
        }
        double trees = forest.Trees.Trees;
        var z = new double[sum.Length];
        for (var c = 0; c < z.Length; c++)
        {
            sum[c] /= trees;
            var variance = Math.Max(0, (squares[c] / trees) - (sum[c] * sum[c]));
            z[c] = variance > 0 ? sum[c] / Math.Sqrt(variance / trees) : 0;
        }
        return (sum, z);
    }

    private void Add(int tree, DeterministicRandom random, double[] sum, double[] squares)
    {
        int[] rows = [.. Enumerable.Range(0, table.Rows).Where(r => !forest.InBag(tree, r))];
        if (rows.Length < 2)
            return;
        var found = new double[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            found[i] = Answer(tree, rows[i], -1, 0);
        var before = Loss(rows, found);
        int[] permuted = [.. rows];
        foreach (var column in forest.Trees.UsedBy(tree))
        {
            random.Shuffle<int>(permuted);
            var values = table.Column(column);
            for (var i = 0; i < rows.Length; i++)
                found[i] = Answer(tree, rows[i], column, values[permuted[i]]);
            var growth = Loss(rows, found) - before;
            sum[column] += growth;
            squares[column] += growth * growth;
        }
    }

    // What the tree says of a row if one of its columns had another value.
    private double Answer(int tree, int row, int changed, double value)
    {
        var feature = forest.Trees.Feature;
        var threshold = forest.Trees.Threshold;
        var next = forest.Trees.Next;
        var node = forest.Trees.Starts[tree];
        int column;
        while ((column = feature[node]) >= 0)
        {
            var x = column == changed ? value : table.Column(column)[row];
            node = x <= threshold[node] ? node + 1 : next[node];
        }
        return answers[next[node]];
    }

    private double Loss(int[] rows, double[] found)
    {
        if (survival is not null)
            return 1 - Concordance(survival, rows, found);
        double loss = 0, total = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            var error = found[i] - outcome[rows[i]];
            loss += weights[rows[i]] * (squared ? error * error : error == 0 ? 0 : 1);
            total += weights[rows[i]];
        }
        return loss / total;
    }

    // Harrell's; a half where no pair can be compared.
    private static double Concordance(SurvivalEndpoint endpoint, int[] rows, double[] risk)
    {
        var (times, events) = (new double[rows.Length], new bool[rows.Length]);
        for (var i = 0; i < rows.Length; i++)
            (times[i], events[i]) = (endpoint.Times[rows[i]], endpoint.Events[rows[i]]);
        var index = SurvivalConcordance.Harrell(times, events, risk).Index;
        return double.IsNaN(index) ? 0.5 : index;
    }

    // One number a leaf: the class of most weight, the value, or the mortality.
    private static double[] Answers(LeafValues leaves, Endpoint endpoint)
    {
        if (leaves is HazardLeaves hazards)
            return Mortality(hazards.Build());
        var (values, width) = (leaves.Values, leaves.Width);
        switch (endpoint)
        {
            case BinaryEndpoint:
                return [.. values.Select(p => p > 0.5 ? 1.0 : 0.0)];
            case MulticlassEndpoint:
                var best = new double[values.Length / width];
                for (var leaf = 0; leaf < best.Length; leaf++)
                {
                    var shares = values.AsSpan(leaf * width, width);
                    for (var k = 1; k < width; k++)
                        best[leaf] = shares[k] > shares[(int)best[leaf]] ? k : best[leaf];
                }
                return best;
            default:
                return values;
        }
    }

    private static double[] Mortality(HazardSteps hazards)
    {
        var mortality = new double[hazards.Starts.Length - 1];
        for (var leaf = 0; leaf < mortality.Length; leaf++)
        {
            // A step counts at its own time and at all after it.
            for (var s = hazards.Starts[leaf]; s < hazards.Starts[leaf + 1]; s++)
                mortality[leaf] += hazards.Steps[s] * (hazards.EventTimes.Length - hazards.Times[s]);
        }
        return mortality;
    }
}
