using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Random forest (Breiman, Mach Learn 2001, 45:5; survival after Ishwaran and others, Ann Appl Stat 2008, 2:841). Each tree is grown on a
/// bootstrap of patients, so that all rows of one and all copies of a case are in the bag together; nodes are split by Gini impurity, sum of squares
/// or log-rank statistic; probabilities, means and cumulative hazards of the leaves are averaged. Case weights count in splits and leaves.
/// Missing and infinite values are refused.
/// </summary>
public sealed class RandomForest(OptionValues options) : IModelLearner
{
    internal const string RegistryName = "random_forest";

    internal static readonly RegistryEntry Entry = new(
        RegistryName, RegistryKind.Model, "Random forest: trees on bootstraps of patients, each split among a few columns drawn anew, averaged.",
    [
        ForestOptions.TreesOption,
        ForestOptions.MtryOption,
        ForestOptions.MinNodeSizeOption,
        new("max_depth", OptionType.Integer, null, 1, null, null, "Greatest number of splits from the root to a leaf; not limited if not given."),
        new("sample_fraction", OptionType.Number, 1.0, 0.01, 1, null, "Patients drawn for each tree as a share of all."),
        new("replace", OptionType.Boolean, true, null, null, null, "Whether patients are drawn with replacement."),
    ]);

    private readonly ForestOptions settings = ForestOptions.From(options);

    public string Name => RegistryName;

    IFittedModel IModelLearner.Fit(TrainingSet training, CancellationToken cancel) => Fit(training, cancel);

    /// <exception cref="BadInputException">The endpoint has no differences, or a value is missing or infinite.</exception>
    public FittedTrees Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        cancel.ThrowIfCancellationRequested();
        Values.RequireDifferences(training);
        return Forest.Grow(TreeTable.Of(training, Name), settings, training.Seed, cancel).Fitted(Name);
    }
}
