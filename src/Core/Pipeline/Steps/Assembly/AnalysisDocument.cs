using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Pipeline.Steps.Assembly;

/// <summary>One predictor set: its name in <c>compare</c> and its columns.</summary>
public sealed record ModelledSet(string Name, IReadOnlyList<string> Columns);

/// <summary>What is modelled: the cases that all predictor sets are compared on, their endpoint, and the predictors.</summary>
/// <param name="Cohort">Names the cohort in the identities of rows.</param>
/// <param name="Patients">One a case, in the order of the table's rows.</param>
/// <param name="Events">One a case.</param>
/// <param name="Table">A <see cref="CaseTable"/> of numeric columns.</param>
public sealed record AnalysisDocument(
    string Cohort,
    IReadOnlyList<string> Patients,
    string Endpoint,
    string EventLabel,
    string ReferenceLabel,
    IReadOnlyList<bool> Events,
    IReadOnlyList<ModelledSet> Sets,
    ArtifactRef Table);
