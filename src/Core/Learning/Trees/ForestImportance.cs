using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Keeps the columns that a random forest needs by its out-of-bag permutation importance (<see cref="OutOfBagImportance"/>): those above 0, or the
/// greatest few, of equals the first. For the forest alone a missing value counts as the median of its column, and a column without any value is not kept.
/// </summary>
public sealed class ForestImportance(OptionValues options) : ITransformLearner
{
    internal const string RegistryName = "forest_importance";

    internal static readonly RegistryEntry Entry = new(
        RegistryName, RegistryKind.Selector, "Keeps the columns whose permutation in the cases a tree did not see makes a random forest worse.",
    [
        new("count", OptionType.Integer, null, 1, 1_000_000, null, "How many columns are kept, those of the greatest importance; if not given, all whose importance is above 0.") { Search = new(1, 50, Logarithmic: true) },
        ForestOptions.TreesOption,
        ForestOptions.MtryOption,
        ForestOptions.MinNodeSizeOption,
    ]);

    private readonly int count = options.Integer("count");
    private readonly ForestOptions forest = ForestOptions.Plain(options);

    public string Name => RegistryName;

    /// <exception cref="BadInputException"><c>learning.infinite</c>: a column has an infinite value.</exception>
    public IFittedTransform Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        cancel.ThrowIfCancellationRequested();
        var (table, columns) = MedianFilled.Of(training, Name);
        var grown = Forest.Grow(table, forest, training.Seed, cancel);
        var importance = OutOfBagImportance.Of(grown, training.Seed, cancel).Mean;
        var order = Enumerable.Range(0, columns.Length).OrderByDescending(k => importance[k]).ThenBy(k => k);
        var kept = count > 0 ? order.Take(count) : order.TakeWhile(k => importance[k] > 0);
        return FittedSelection.Of(Name, training.Predictors, kept.Select(k => columns[k]));
    }
}
