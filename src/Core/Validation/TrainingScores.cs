using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Validation;

/// <summary>
/// What a model says of its own training rows: apparent, never performance. Serves to correct for optimism and to fix cut-offs before an unseen case is
/// looked at.
/// </summary>
/// <param name="Rows">Distinct training rows, ascending.</param>
/// <param name="Copies">How often each is in the training set.</param>
internal sealed record TrainingScores(ResamplingPlan Plan, Endpoint Endpoint, int[] Rows, double[] Copies, Predictions Predictions, Func<Endpoint> Training)
{
    public static TrainingScores Make(ResamplingPlan plan, Endpoint endpoint, Predictors predictors, ResampleSplit split, IFittedModel model)
    {
        var copies = new double[predictors.RowCount];
        foreach (var row in split.TrainingRows)
            copies[row]++;
        int[] seen = [.. split.TrainingRows.Distinct().Order()];
        var predicted = ApparentPredictions.Make(model, predictors.SelectRows(seen), plan.Times).Predictions;
        PredictionChecks.Require(predicted, endpoint, plan.Times);
        var training = split.TrainingRows;
        return new(plan, endpoint, seen, [.. seen.Select(r => copies[r])], predicted, () => endpoint.SelectRows(training));
    }

    /// <summary>The outcomes of <see cref="Rows"/>.</summary>
    public Endpoint Outcome => Endpoint.SelectRows(Rows);

    /// <summary>The leading measure on the training rows, copies counted.</summary>
    public double Leading() => MeasureRegistry.Leading(Endpoint.Kind).Of([new HeldOut(Outcome, Predictions, Copies, null, Training)], double.NaN);

    /// <summary>The leading measure on the whole sample that the training rows were drawn from.</summary>
    public double LeadingWith(ResampleSplit split, double[] heldOut)
    {
        int[] all = [.. Rows, .. split.HeldOutRows];
        var both = Predictions.Of(Predictions.Kind, Predictions.Width, [.. Predictions.All, .. heldOut], Predictions.Times);
        return MeasureRegistry.Leading(Endpoint.Kind).Of(
            [new HeldOut(Endpoint.SelectRows(all), both, [.. all.Select(r => split.SampleWeights[r])], null, Training)], double.NaN);
    }
}
