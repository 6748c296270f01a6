using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// All of a pipeline that comes before its model: transforms and selectors in order, then the answer to imbalance. Where the table has
/// categorical columns and no step encodes them, <see cref="Encode"/> with its defaults comes first.
/// </summary>
internal sealed record Preparation(IReadOnlyList<ITransformLearner> Steps, IRowBalancer? Balancer)
{
    public static readonly Preparation None = new([], null);

    private static readonly Encode DefaultEncode = new(OptionValues.Read(Encode.Entry, default));

    public Prepared Fit(TrainingSet training, CancellationToken cancel)
    {
        var fitted = new List<IFittedTransform>(Steps.Count + 1);
        var current = training.Predictors;
        if (current.Categories.Count > 0 && !Steps.Any(s => s is Encode))
        {
            fitted.Add(DefaultEncode.Fit(training, cancel));
            current = fitted[0].Apply(current);
        }
        for (var s = 0; s < Steps.Count; s++)
        {
            cancel.ThrowIfCancellationRequested();
            var step = Steps[s].Fit(training with { Predictors = current, Seed = DeterministicRandom.Derive(training.Seed, "step", s) }, cancel);
            fitted.Add(step);
            current = step.Apply(current);
        }
        var rows = training with { Predictors = current, Seed = DeterministicRandom.Derive(training.Seed, "model", 0) };
        if (Balancer is not null)
            rows = Balancer.Balance(rows with { Seed = DeterministicRandom.Derive(training.Seed, "balance", 0) }, cancel) with { Seed = rows.Seed };
        return new([.. fitted], rows);
    }
}

/// <summary>Fitted steps, and the rows that they and the answer to imbalance leave to the model.</summary>
internal sealed record Prepared(IFittedTransform[] Steps, TrainingSet Rows)
{
    /// <summary>Rows that the steps did not see; never balanced.</summary>
    public Predictors Apply(Predictors predictors) => Steps.Aggregate(predictors, (current, step) => step.Apply(current));
}
