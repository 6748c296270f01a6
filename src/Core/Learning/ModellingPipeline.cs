using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Transforms and selectors in order, then a model, fitted as one on the training rows and nothing else: what must be resampled as a whole.
/// Where the table has categorical columns and no step encodes them, <see cref="Encode"/> with its defaults comes first.
/// </summary>
/// <param name="steps">Each is fitted on what the steps before it give.</param>
/// <param name="balancer">Weighs or resamples the rows that the model is fitted on; null where they are taken as they are.</param>
public sealed class ModellingPipeline(IReadOnlyList<ITransformLearner> steps, IModelLearner model, IRowBalancer? balancer = null) : IModelLearner
{
    private static readonly Encode DefaultEncode = new(OptionValues.Read(Encode.Entry, default));

    /// <summary>The model's name.</summary>
    public string Name => model.Name;

    public IReadOnlyList<string> StepNames => [.. steps.Select(s => s.Name)];

    IFittedModel IModelLearner.Fit(TrainingSet training, CancellationToken cancel) => Fit(training, cancel);

    public FittedPipeline Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        var fitted = new List<IFittedTransform>(steps.Count + 1);
        var current = training.Predictors;
        if (current.Categories.Count > 0 && !steps.Any(s => s is Encode))
        {
            fitted.Add(DefaultEncode.Fit(training, cancel));
            current = fitted[0].Apply(current);
        }
        for (var s = 0; s < steps.Count; s++)
        {
            cancel.ThrowIfCancellationRequested();
            var step = steps[s].Fit(training with { Predictors = current, Seed = DeterministicRandom.Derive(training.Seed, "step", s) }, cancel);
            fitted.Add(step);
            current = step.Apply(current);
        }
        var rows = training with { Predictors = current, Seed = DeterministicRandom.Derive(training.Seed, "model", 0) };
        if (balancer is not null)
            rows = balancer.Balance(rows with { Seed = DeterministicRandom.Derive(training.Seed, "balance", 0) }, cancel) with { Seed = rows.Seed };
        var fittedModel = model.Fit(rows, cancel);
        return new FittedPipeline(FittedPipeline.Prune([.. fitted], fittedModel.Columns), fittedModel, Subjects.Of(training.Predictors.Rows));
    }
}
