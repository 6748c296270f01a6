using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>A forest as grown: its trees, its leaves, and which rows each tree saw.</summary>
/// <param name="inBag">Of each tree and row whether the tree was grown on it.</param>
internal sealed class Forest(TreeTable table, TreeEnsemble trees, LeafValues leaves, bool[] inBag)
{
    public TreeTable Table => table;

    public TreeEnsemble Trees => trees;

    public LeafValues Leaves => leaves;

    public bool InBag(int tree, int row) => inBag[(tree * table.Rows) + row];

    public static Forest Grow(TreeTable table, ForestOptions options, ulong seed, CancellationToken cancel)
    {
        var random = new DeterministicRandom(DeterministicRandom.Derive(seed, RandomForest.RegistryName, 0));
        var endpoint = table.Training.Endpoint;
        var given = table.Weights();
        var weights = new double[table.Rows];
        var criterion = Criterion(endpoint, weights);
        var leaves = TreeOutcome.Leaves(endpoint, weights);
        var grower = new TreeGrower(table, options.Settings(endpoint.Kind, table.Columns));
        var builder = new TreeBuilder();
        var subjects = Subjects.Group(table.Training.Predictors.Rows);
        var (counts, sample, order) = (new int[table.Rows], new int[table.Rows], new int[subjects.Count]);
        var inBag = new bool[checked(options.Trees * table.Rows)];
        for (var t = 0; t < options.Trees; t++)
        {
            cancel.ThrowIfCancellationRequested();
            Draw(subjects, options, random, order, counts);
            var size = 0;
            for (var r = 0; r < counts.Length; r++)
            {
                weights[r] = counts[r] * given[r];
                if (counts[r] == 0)
                    continue;
                inBag[(t * table.Rows) + r] = true;
                sample[size++] = r;
            }
            grower.Grow(sample.AsSpan(0, size), counts, criterion, leaves, random, builder);
        }
        return new(table, builder.Build(), leaves, inBag);
    }

    /// <summary>The model, over the columns that it splits.</summary>
    public FittedTrees Fitted(string kind) => TreeOutcome.Fitted(kind, table, trees, leaves);

    /// <summary>What splits are worth.</summary>
    /// <param name="weights">Of the rows; read anew at every node.</param>
    private static SplitCriterion Criterion(Endpoint endpoint, double[] weights) => endpoint switch
    {
        MulticlassEndpoint classes => new GiniCriterion(classes.Values, classes.Labels.Count, weights, standardised: false),
        SurvivalEndpoint survival => new LogRankCriterion(new EventGrid(survival), weights),
        _ => new VarianceCriterion(TreeOutcome.Scores(endpoint, weights), weights),
    };

    private static void Draw(IReadOnlyList<SubjectRows> subjects, ForestOptions options, DeterministicRandom random, int[] order, int[] counts)
    {
        Array.Clear(counts);
        var draws = Math.Max(1, (int)Math.Round(options.SampleFraction * subjects.Count));
        for (var s = 0; s < order.Length; s++)
            order[s] = s;
        for (var d = 0; d < draws; d++)
        {
            int drawn;
            if (options.Replace)
            {
                drawn = random.NextInt(order.Length);
            }
            else
            {
                var place = d + random.NextInt(order.Length - d);
                (order[d], order[place]) = (order[place], order[d]);
                drawn = order[d];
            }
            foreach (var row in subjects[drawn].Rows)
                counts[row]++;
        }
    }
}
