namespace RadiogenomicsCloud.Fitting;

/// <summary>
/// Identity of a row: cohort and patient decide whether a model has seen it, the case tells rows of one patient apart.
/// </summary>
public readonly record struct RowId(string Cohort, string Patient, string Case)
{
    /// <summary>The identity that training and scoring rows are compared by.</summary>
    public (string Cohort, string Patient) Subject => (Cohort, Patient);
}
