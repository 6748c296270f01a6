namespace RadiogenomicsCloud.Validation;

/// <summary>
/// What one fit gave. Serialisable; rows are numbers of rows of the table, so that it names no patient.
/// </summary>
/// <param name="Unit">Place in the plan.</param>
/// <param name="Rows">Rows that the model had not seen, ascending; empty for the fit of all rows and for a failed fit.</param>
/// <param name="Probabilities">Their predicted probabilities of the event.</param>
/// <param name="ApparentAuc">AUC on the training rows, copies counted; null in cross-validation and for a failed fit.</param>
/// <param name="OriginalAuc">AUC of the model of a bootstrap sample on the whole (outer) sample that it was drawn from; null elsewhere.</param>
/// <param name="Selected">Columns that the model uses; empty within outer samples.</param>
/// <param name="Failure">Why there is no model, or null.</param>
public sealed record ResampleResult(
    int Unit,
    int[] Rows,
    double[] Probabilities,
    double? ApparentAuc,
    double? OriginalAuc,
    IReadOnlyList<string> Selected,
    string? Failure);
