namespace RadiogenomicsCloud.Validation;

/// <summary>What the results of a plan are of.</summary>
/// <param name="PredictorSet">Its name in <c>compare</c> of the study.</param>
/// <param name="Model">Name of the model in the study.</param>
/// <param name="CandidatePredictors">Columns before any selection.</param>
/// <param name="LockedCoefficients">Standardised coefficients of the locked model, for those it has; may be empty.</param>
public sealed record ModelDescription(
    string PredictorSet, string Model, int CandidatePredictors, IReadOnlyDictionary<string, double> LockedCoefficients)
{
    /// <summary>Parameters of these columns, a nominal one counting its levels less one; null where each column is one.</summary>
    public int? CandidateParameters { get; init; }
}
