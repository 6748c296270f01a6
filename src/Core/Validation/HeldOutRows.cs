using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Validation;

/// <summary>The one way from the result of a fit to predictions that may be called unseen.</summary>
internal static class HeldOutRows
{
    /// <summary>What the fit says of the rows that the plan held out of it; null for a failed fit.</summary>
    /// <exception cref="ArgumentException">The result is of other rows than those: it may have seen them.</exception>
    public static HeldOut? HeldOut(this ResampleResult result, ResamplingPlan plan, ResampleUnit unit)
    {
        if (result.Failure is not null)
            return null;
        var split = plan.Split(unit);
        if (!result.Rows.AsSpan().SequenceEqual(split.HeldOutRows))
            throw new ArgumentException($"Resample {unit.Index} was judged on other rows than the plan holds out of it.", nameof(result));
        var endpoint = plan.EndpointOf(unit);
        var training = split.TrainingRows;
        return new HeldOut(
            endpoint.SelectRows(result.Rows), Predictions(plan, result), split.HeldOutWeights, result.CutOff, () => endpoint.SelectRows(training));
    }

    /// <summary>The numbers of a result as predictions of the plan's endpoint.</summary>
    public static Predictions Predictions(ResamplingPlan plan, ResampleResult result)
    {
        var predictions = plan.Endpoint switch
        {
            MulticlassEndpoint multiclass => Fitting.Predictions.Multiclass(multiclass.Labels.Count, result.Predicted),
            SurvivalEndpoint => Fitting.Predictions.Survival(plan.Times, result.Predicted),
            ContinuousEndpoint => Fitting.Predictions.Continuous(result.Predicted),
            _ => Fitting.Predictions.Binary(result.Predicted),
        };
        return predictions.RowCount == result.Rows.Length
            ? predictions
            : throw new ArgumentException($"{predictions.RowCount} predictions and {result.Rows.Length} rows do not match.", nameof(result));
    }
}
