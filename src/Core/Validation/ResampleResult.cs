namespace RadiogenomicsCloud.Validation;

/// <summary>
/// What one fit gave. Serialisable; rows are numbers of rows of the table, so that it names no patient.
/// </summary>
/// <param name="Unit">Place in the plan.</param>
/// <param name="Rows">Rows that the model had not seen, ascending; empty for the fit of all rows and for a failed fit.</param>
/// <param name="Predicted">
/// What it predicts of them, row after row, as <see cref="Fitting.Predictions"/> of the plan's endpoint and <see cref="ResamplingPlan.Times"/>.
/// </param>
/// <param name="Apparent">The leading measure on the training rows, copies counted; null where there is no bootstrap to correct it with, and for a failed fit.</param>
/// <param name="Original">The leading measure of the model of a bootstrap sample on the whole (outer) sample that it was drawn from; null elsewhere.</param>
/// <param name="Selected">Columns that the model uses; empty within outer samples and permutations.</param>
/// <param name="Failure">Why there is no model, or null.</param>
public sealed record ResampleResult(
    int Unit,
    int[] Rows,
    double[] Predicted,
    double? Apparent,
    double? Original,
    IReadOnlyList<string> Selected,
    string? Failure)
{
    /// <summary>
    /// The cut-off of the score (probability of the event, risk) that was fixed on the training rows of this fit, by the rule of the plan; null where
    /// the endpoint has none.
    /// </summary>
    public double? CutOff { get; init; }
}
