using System.Text.Json;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Keeps the columns to which the lasso, at the penalty that inner folds choose, gives a weight: the registry's <c>elastic_net</c> with
/// <c>alpha</c> 1, for every endpoint that it takes. Missing values count as the training median for the choice. Where the endpoint has no
/// differences none is kept.
/// </summary>
public sealed class LassoSelection(OptionValues options) : ITransformLearner
{
    internal const string RegistryName = "lasso_selection";

    internal static readonly RegistryEntry Entry = new(
        RegistryName, RegistryKind.Selector, "Keeps the columns that the lasso gives a weight, at the penalty that inner folds choose.",
    [
        new("lambda", OptionType.String, "min", null, null, ["min", "1se"], "Best penalty, or the greatest within one standard error of the best."),
        new("folds", OptionType.Integer, 5, 2, 100, null, "Inner folds for the choice of the penalty."),
    ])
    {
        Endpoints = Lasso.Endpoints,
    };

    private readonly IModelLearner lasso = Lasso.Learner(options.String("lambda"), options.Integer("folds"), pathLength: 100);

    public string Name => RegistryName;

    public IFittedTransform Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        var complete = Lasso.Complete(training, cancel);
        var selected = Lasso.Fit(lasso, complete, cancel)?.Selected ?? [];
        return FittedSelection.Of(Name, training.Predictors, training.Predictors.IndexesOf(selected));
    }
}

/// <summary>The lasso as a selector uses it.</summary>
internal static class Lasso
{
    public const string Model = "elastic_net";

    public static IReadOnlyList<EndpointKind> Endpoints { get; } = Array.Find(RegressionRegistrations.All, r => r.Entry.Name == Model)!.Entry.Endpoints;

    public static IModelLearner Learner(string lambda, int folds, int pathLength) =>
        LearningRegistry.Model(new(Model, JsonSerializer.SerializeToElement(new { alpha = 1, lambda, folds, nlambda = pathLength })));

    /// <summary>The same rows with missing values filled, without columns that have none at all.</summary>
    public static TrainingSet Complete(TrainingSet training, CancellationToken cancel) =>
        training with { Predictors = new MedianImputation().Fit(training, cancel).Apply(training.Predictors) };

    /// <summary>Null where there are no columns, or the endpoint has no differences.</summary>
    public static IFittedModel? Fit(IModelLearner lasso, TrainingSet training, CancellationToken cancel)
    {
        if (training.Predictors.ColumnCount == 0)
            return null;
        try
        {
            return lasso.Fit(training, cancel);
        }
        catch (BadInputException e) when (e.Code is "learning.one_class" or "learning.one_value" or "learning.no_event")
        {
            return null;
        }
    }
}
