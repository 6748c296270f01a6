using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>A forest as grown: its trees, its leaves, and which rows each tree saw.</summary>
/// <param name="inBag">Of each tree and row whether the tree was grown on it.</param>
internal sealed class Forest(TreeTable table, TreeEnsemble trees, int width, double[] values, HazardSteps? hazards, bool[] inBag)
{
    public TreeTable Table => table;

    public TreeEnsemble Trees => trees;

    /// <summary>Numbers a leaf; 0 for survival.</summary>
    public int Width => width;

    public HazardSteps? Hazards => hazards;

    public ReadOnlySpan<double> Leaf(int leaf) => values.AsSpan(leaf * width, width);

    public bool InBag(int tree, int row) => inBag[(tree * table.Rows) + row];

    public static Forest Grow(TreeTable table, ForestOptions options, ulong seed, CancellationToken cancel)
    {
        var random = new DeterministicRandom(DeterministicRandom.Derive(seed, RandomForest.RegistryName, 0));
        var endpoint = table.Training.Endpoint;
        var given = table.Weights();
        var weights = new double[table.Rows];
        var (criterion, leaves) = Of(endpoint, weights);
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
        return leaves switch
        {
            HazardLeaves survival => new(table, builder.Build(), 0, [], survival.Build(), inBag),
            ClassLeaves classes => new(table, builder.Build(), ((MulticlassEndpoint)endpoint).Labels.Count, classes.Values, null, inBag),
            _ => new(table, builder.Build(), 1, ((MeanLeaves)leaves).Values, null, inBag),
        };
    }

    /// <summary>The model, over the columns that it splits.</summary>
    public FittedTrees Fitted(string kind)
    {
        var predictors = table.Training.Predictors;
        var used = trees.Used(table.Columns);
        return new(
            kind,
            table.Training.Endpoint.Kind,
            [.. used.Select(c => predictors.Columns[c])],
            trees.Over(used, table.Columns),
            width,
            values,
            hazards,
            Subjects.Of(predictors.Rows));
    }

    /// <summary>What splits are worth and what leaves hold, by the endpoint.</summary>
    /// <param name="weights">Of the rows; read anew at every node.</param>
    private static (SplitCriterion Criterion, LeafValues Leaves) Of(Endpoint endpoint, double[] weights)
    {
        switch (endpoint)
        {
            case BinaryEndpoint binary:
                double[] y = [.. binary.Values.Select(v => v ? 1.0 : 0.0)];
                return (new VarianceCriterion(y, weights), new MeanLeaves(y, weights));
            case MulticlassEndpoint classes:
                var count = classes.Labels.Count;
                return (new GiniCriterion(classes.Values, count, weights, standardised: false), new ClassLeaves(classes.Values, count, weights));
            case ContinuousEndpoint numbers:
                return (new VarianceCriterion(TreeOutcome.Centred(numbers.Values), weights), new MeanLeaves(numbers.Values, weights));
            default:
                var grid = new EventGrid((SurvivalEndpoint)endpoint);
                return (new LogRankCriterion(grid, weights), new HazardLeaves(grid, weights));
        }
    }

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
