using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Pipeline.Steps.Assembly;

/// <summary>Why a case has nothing from a source.</summary>
internal sealed record Absence(CaseStatus Status, string Stage, string Reason);

/// <summary>Predictors of one origin, one row for each case of the cohort in the cohort's order.</summary>
/// <param name="Name">As <c>compare</c> names it: an imaging entry, <c>mutations</c>, <c>expression</c>, the name of a feature file…</param>
/// <param name="Absent">Cases that the source knows nothing of; a missing value of a present case is no absence.</param>
/// <param name="Notes">Findings about the source as a whole.</param>
internal sealed record PredictorSource(
    string Name, CaseTable Table, IReadOnlyDictionary<string, Absence> Absent, IReadOnlyList<string> Notes)
{
    /// <summary>The columns of the table that are categorical, by name; they are text.</summary>
    public IReadOnlyDictionary<string, Categories> Categories { get; init; } = new Dictionary<string, Categories>();

    public IReadOnlyList<string> ColumnNames => [.. Table.Columns.Select(c => c.Name)];
}
