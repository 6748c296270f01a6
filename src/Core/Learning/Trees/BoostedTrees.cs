using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Gradient-boosted trees: exact greedy splits and leaf weights by first and second derivatives of the loss, as XGBoost's <c>tree_method = exact</c>
/// (Chen and Guestrin, KDD 2016); logistic, softmax, squared error and Cox loss (Breslow's ties, baseline hazard by Breslow's estimator over
/// the training rows). Scores start at the log-odds, log shares or mean of the training rows. Rows are sampled by patient. Missing and infinite values are refused.
/// </summary>
public sealed class BoostedTrees(OptionValues options) : IModelLearner
{
    internal const string RegistryName = "boosted_trees";

    internal static readonly RegistryEntry Entry = new(
        RegistryName, RegistryKind.Model, "Gradient-boosted trees: small trees added one after the other, each lowering the loss left by those before.",
    [
        new("rounds", OptionType.Integer, 100, 1, 100_000, null, "Number of rounds (trees of each output), or the most that inner folds may choose.") { Search = new(20, 500, Logarithmic: true) },
        new("learning_rate", OptionType.Number, 0.1, 1e-6, 1, null, "Share of each tree that is added.") { Search = new(0.01, 0.3, Logarithmic: true) },
        new("max_depth", OptionType.Integer, 3, 1, 30, null, "Greatest number of splits from the root to a leaf.") { Search = new(1, 6) },
        new("min_child_weight", OptionType.Number, 1.0, 0, null, null, "Least sum of second derivatives of a leaf.") { Search = new(0.1, 10, Logarithmic: true) },
        new("subsample", OptionType.Number, 1.0, 0.01, 1, null, "Patients drawn for each round, without replacement, as a share of all.") { Search = new(0.5, 1) },
        new("colsample", OptionType.Number, 1.0, 0.0001, 1, null, "Columns drawn for each tree as a share of all.") { Search = new(0.2, 1) },
        new("lambda", OptionType.Number, 1.0, 0, null, null, "Penalty on the squares of leaf weights.") { Search = new(0.1, 10, Logarithmic: true) },
        new("gamma", OptionType.Number, 0.0, 0, null, null, "Least gain of a split that is kept.") { Search = new(0, 2) },
        new("early_stopping_folds", OptionType.Integer, 0, 0, 100, null, "Inner folds that choose the number of rounds by held-out loss; 0 keeps all rounds."),
    ]);

    private readonly int rounds = options.Integer("rounds");
    private readonly double rate = options.Number("learning_rate");
    private readonly double least = options.Number("min_child_weight");
    private readonly double subsample = options.Number("subsample");
    private readonly double colsample = options.Number("colsample");
    private readonly double lambda = options.Number("lambda");
    private readonly double gamma = options.Number("gamma");
    private readonly int folds = options.Integer("early_stopping_folds");
    private readonly TreeSettings settings = new(int.MaxValue, 2, 1, options.Integer("max_depth"), Midpoint: true);

    public string Name => RegistryName;

    /// <exception cref="BadInputException">The endpoint has no differences, or a value is missing or infinite.</exception>
    public IFittedModel Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        cancel.ThrowIfCancellationRequested();
        Values.RequireDifferences(training);
        var table = TreeTable.Of(training, Name);
        var weights = table.Weights();
        var chosen = Rounds(table, weights, cancel);
        var boosting = Boosting(table, weights, training.Seed);
        for (var round = 0; round < chosen; round++)
        {
            cancel.ThrowIfCancellationRequested();
            boosting.Add();
        }
        return FittedBoostedTrees.Of(table, boosting, weights);
    }

    private Boosting Boosting(TreeTable table, double[] weights, ulong seed) => new(
        table, settings, new(rate, least, subsample, colsample, lambda, gamma), weights, new(DeterministicRandom.Derive(seed, RegistryName, 0)));

    // Rows of a fold have no weight while the others are fitted; then the others have none while the loss of the fold is added up.
    private int Rounds(TreeTable table, double[] weights, CancellationToken cancel)
    {
        var training = table.Training;
        var possible = Math.Min(folds, Folds.RarerClassSubjects(training.Predictors.Rows, training.Endpoint));
        if (possible < 2)
            return rounds;
        var assignment = Folds.Stratified(training.Predictors.Rows, training.Endpoint, possible, DeterministicRandom.Derive(training.Seed, RegistryName, 1));
        var losses = new double[rounds];
        for (var fold = 0; fold < possible; fold++)
        {
            double[] kept = [.. weights], held = [.. weights];
            for (var r = 0; r < kept.Length; r++)
                (assignment.FoldOfRow[r] == fold ? kept : held)[r] = 0;
            var boosting = Boosting(table, kept, DeterministicRandom.Derive(training.Seed, RegistryName, 2 + fold));
            for (var round = 0; round < rounds; round++)
            {
                cancel.ThrowIfCancellationRequested();
                boosting.Add();
                losses[round] += boosting.Loss(held);
            }
        }
        return 1 + Array.IndexOf(losses, losses.Min());
    }
}
