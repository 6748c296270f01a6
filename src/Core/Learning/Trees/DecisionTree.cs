using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Classification and regression tree (Breiman and others 1984), as R's <c>rpart</c>: splits by Gini impurity, sum of squares or, for survival, by the
/// deviance of exponential models on a scale of constant hazard or by the log-rank statistic; grown large and pruned by cost-complexity, where the inner folds
/// (subjects whole) want it. Follow-up of 0 counts as half of the least other one. Limits on rows of nodes count rows, whatever their weights.
/// Missing and infinite values are refused; there are no surrogate splits.
/// </summary>
public sealed class DecisionTree(OptionValues options) : IModelLearner
{
    internal const string RegistryName = "decision_tree";

    internal static readonly RegistryEntry Entry = new(
        RegistryName, RegistryKind.Model, "Classification and regression tree, pruned by cost-complexity on inner folds that keep patients whole.",
    [
        new("cp", OptionType.Number, 0.01, 0, 1, null, "A split must lower the loss by this share of the loss without splits.") { Search = new(0.001, 0.2, Logarithmic: true) },
        new("minsplit", OptionType.Integer, 20, 2, null, null, "Least number of rows of a node that is split."),
        new("minbucket", OptionType.Integer, null, 1, null, null, "Least number of rows of a leaf; a third of minsplit if not given."),
        new("maxdepth", OptionType.Integer, 30, 1, 30, null, "Greatest number of splits from the root to a leaf."),
        new("prune", OptionType.String, "min", null, null, ["min", "1se", "none"], "Tree of the least loss in the inner folds, the smallest within one standard error of it, or no pruning beyond cp."),
        new("xval", OptionType.Integer, 10, 2, 100, null, "Inner folds for pruning; at most as many are used as the rarer class has patients."),
        new("survival_split", OptionType.String, "exponential", null, null, ["exponential", "log_rank"], "What splits of a survival endpoint are chosen by."),
    ]);

    private readonly double cp = options.Number("cp");
    private readonly string prune = options.String("prune");
    private readonly int folds = options.Integer("xval");
    private readonly bool logRank = options.String("survival_split") == "log_rank";
    private readonly TreeSettings settings = new(
        int.MaxValue,
        options.Integer("minsplit"),
        options.Integer("minbucket") is 0 ? (int)Math.Round(options.Integer("minsplit") / 3.0) : options.Integer("minbucket"),
        options.Integer("maxdepth"),
        Midpoint: true);

    public string Name => RegistryName;

    /// <exception cref="BadInputException">The endpoint has no differences, or a value is missing or infinite.</exception>
    public IFittedModel Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        cancel.ThrowIfCancellationRequested();
        Values.RequireDifferences(training);
        var table = TreeTable.Of(training, Name);
        var tree = Grow(table, [.. Enumerable.Range(0, table.Rows)]);
        var pruning = Prune(table, tree, cancel);
        var leaves = TreeOutcome.Leaves(table.Training.Endpoint, table.Weights());
        return TreeOutcome.Fitted(Name, table, tree.Prune(pruning, leaves), leaves);
    }

    /// <summary>The tree in full size.</summary>
    internal PrunableTree Grow(TreeTable table, int[] rows)
    {
        var weights = table.Weights();
        var builder = new TreeBuilder();
        new TreeGrower(table, settings).Grow(rows, null, Criterion(table.Training.Endpoint, weights), new NoLeaves(), null, builder);
        return new(table, builder.Build(), rows, NodeLoss.For(table.Training.Endpoint, weights), weights);
    }

    /// <summary>Of each tree of the sequence its loss in held-out rows, as a share of the loss without splits, and its standard error.</summary>
    internal IReadOnlyList<PruningStep> CrossValidate(TreeTable table, PrunableTree tree, FoldAssignment assignment, CancellationToken cancel)
    {
        var sequence = tree.Sequence(cp * tree.RootLoss);
        var loss = NodeLoss.For(table.Training.Endpoint, table.Weights());
        var weights = table.Weights();
        // A tree stands for all complexities down to the next; it is judged by their geometric mean.
        var judged = new double[sequence.Count];
        judged[0] = double.PositiveInfinity;
        for (var k = 1; k < judged.Length; k++)
            judged[k] = Math.Sqrt(sequence[k].Complexity * sequence[k - 1].Complexity);
        var (sum, squares) = (new double[judged.Length], new double[judged.Length]);
        var total = weights.Sum();
        for (var fold = 0; fold < assignment.FoldCount; fold++)
        {
            cancel.ThrowIfCancellationRequested();
            var rows = assignment.TrainingRows(fold);
            if (rows.Length == 0)
                continue;
            var part = Grow(table, rows);
            var share = rows.Sum(r => weights[r]) / total;
            foreach (var row in assignment.HeldOutRows(fold))
            {
                for (var k = 0; k < judged.Length; k++)
                {
                    var lost = loss.Of(row, part.ValueOf(row, judged[k] * share));
                    sum[k] += weights[row] * lost;
                    squares[k] += weights[row] * lost * lost;
                }
            }
        }
        return
        [
            .. sequence.Select((step, k) => new PruningStep(
                step.Complexity / tree.RootLoss,
                step.Splits,
                step.Loss / tree.RootLoss,
                sum[k] / tree.RootLoss,
                Math.Sqrt(Math.Max(0, squares[k] - (sum[k] * sum[k] / total))) / tree.RootLoss)),
        ];
    }

    private double Prune(TreeTable table, PrunableTree tree, CancellationToken cancel)
    {
        var training = table.Training;
        var possible = Math.Min(folds, Folds.RarerClassSubjects(training.Predictors.Rows, training.Endpoint));
        if (prune == "none" || possible < 2 || tree.RootLoss <= 0)
            return cp * tree.RootLoss;
        var assignment = Folds.Stratified(training.Predictors.Rows, training.Endpoint, possible, DeterministicRandom.Derive(training.Seed, RegistryName, 0));
        var steps = CrossValidate(table, tree, assignment, cancel);
        var best = 0;
        for (var k = 1; k < steps.Count; k++)
        {
            if (steps[k].HeldOutLoss < steps[best].HeldOutLoss)
                best = k;
        }
        var limit = prune == "1se" ? steps[best].HeldOutLoss + steps[best].StandardError : steps[best].HeldOutLoss;
        var chosen = Enumerable.Range(0, steps.Count).First(k => steps[k].HeldOutLoss <= limit);
        return steps[chosen].Complexity * tree.RootLoss;
    }

    private SplitCriterion Criterion(Endpoint endpoint, double[] weights) => endpoint switch
    {
        MulticlassEndpoint classes => new GiniCriterion(classes.Values, classes.Labels.Count, weights, standardised: false),
        SurvivalEndpoint survival when logRank => new LogRankCriterion(new EventGrid(survival), weights),
        SurvivalEndpoint survival => new PoissonCriterion(ExponentialScale.Of(survival), survival.Events, weights),
        _ => new VarianceCriterion(TreeOutcome.Scores(endpoint, weights), weights),
    };

    /// <summary>Leaves are filled once the tree is pruned.</summary>
    private sealed class NoLeaves : LeafValues
    {
        public override int Width => 0;

        public override double[] Values => [];

        public override void Add(ReadOnlySpan<int> rows)
        {
        }
    }
}

/// <summary>A tree of the pruning sequence, as a row of R's <c>rpart</c> table of complexity.</summary>
/// <param name="Complexity">The least loss per split, as a share of <see cref="Loss"/> without splits, that its splits are worth.</param>
/// <param name="Loss">Of the rows it was grown on, as a share of that without splits.</param>
/// <param name="HeldOutLoss">Of rows held out, likewise.</param>
internal sealed record PruningStep(double Complexity, int Splits, double Loss, double HeldOutLoss, double StandardError);
