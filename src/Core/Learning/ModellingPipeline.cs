using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Transforms and selectors in order, then a model, fitted as one on the training rows and nothing else: what must be resampled as a whole.
/// Where the table has categorical columns and no step encodes them, <see cref="Encode"/> with its defaults comes first.
/// </summary>
/// <param name="steps">Each is fitted on what the steps before it give.</param>
/// <param name="balancer">Weighs or resamples the rows that the model is fitted on; null where they are taken as they are.</param>
public sealed class ModellingPipeline(IReadOnlyList<ITransformLearner> steps, IModelLearner model, IRowBalancer? balancer = null) : IModelLearner
{
    /// <summary>The model's name.</summary>
    public string Name => model.Name;

    public IReadOnlyList<string> StepNames => [.. steps.Select(s => s.Name)];

    IFittedModel IModelLearner.Fit(TrainingSet training, CancellationToken cancel) => Fit(training, cancel);

    public FittedPipeline Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        var preparation = new Preparation(steps, balancer);
        var prepared = preparation.Fit(training, cancel);
        // A model that is tuned is judged on rows that nothing before it has seen, hence needs those that come before the steps.
        var (fitted, tuning) = model is TunedModel tuned
            ? tuned.Fit(training, preparation, prepared.Rows, cancel)
            : new TunedFit(model.Fit(prepared.Rows, cancel), null);
        return new FittedPipeline(FittedPipeline.Prune(prepared.Steps, fitted.Columns), fitted, Subjects.Of(training.Predictors.Rows)) { Tuning = tuning };
    }
}
