using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Pipeline.Steps.Assembly;

/// <summary>One predictor set: its name in <c>compare</c> and its columns.</summary>
public sealed record ModelledSet(string Name, IReadOnlyList<string> Columns);

/// <summary>What is modelled: the cases that all predictor sets are compared on, their endpoint, and the predictors.</summary>
/// <param name="Cohort">Names the cohort in the identities of rows.</param>
/// <param name="Patients">One a case, in the order of the table's rows.</param>
/// <param name="Table">A <see cref="CaseTable"/> of the predictors; a categorical one is text.</param>
/// <param name="Categories">Its categorical columns, by name.</param>
/// <param name="Attributes">Texts of the cases that are no predictors, such as the site, by name; null where a case has none.</param>
public sealed record AnalysisDocument(
    string Cohort,
    IReadOnlyList<string> Patients,
    EndpointDocument Endpoint,
    IReadOnlyList<ModelledSet> Sets,
    ArtifactRef Table,
    SortedDictionary<string, Categories> Categories,
    SortedDictionary<string, IReadOnlyList<string?>> Attributes);
