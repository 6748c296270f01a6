namespace RadiogenomicsCloud.Tables;

/// <summary>An endpoint as read from a table: the cases that have it, and those that do not.</summary>
/// <param name="CaseIds">Cases with a value, in the table's order.</param>
/// <param name="MissingCaseIds">Cases without a value: accounted for, not analysed.</param>
/// <param name="Unreadable">Cells that hold something that is no value of such an endpoint; their cases are without a value.</param>
public abstract record EndpointColumn(
    string Name, IReadOnlyList<string> CaseIds, IReadOnlyList<string> MissingCaseIds, IReadOnlyList<UnparseableCell> Unreadable);

/// <summary>An endpoint of two classes.</summary>
/// <param name="EventLabel">The label counted as event, as in the table.</param>
/// <param name="ReferenceLabel">The other label.</param>
/// <param name="Values">True is the event; one a case of <see cref="EndpointColumn.CaseIds"/>.</param>
public sealed record BinaryEndpointColumn(
    string Name, string EventLabel, string ReferenceLabel, IReadOnlyList<string> CaseIds, bool[] Values, IReadOnlyList<string> MissingCaseIds)
    : EndpointColumn(Name, CaseIds, MissingCaseIds, []);

/// <summary>An endpoint of three or more classes.</summary>
/// <param name="Labels">Numbers ascending, then texts in ordinal order.</param>
/// <param name="Values">Places in <paramref name="Labels"/>; one a case of <see cref="EndpointColumn.CaseIds"/>.</param>
public sealed record MulticlassEndpointColumn(
    string Name, IReadOnlyList<string> Labels, IReadOnlyList<string> CaseIds, int[] Values, IReadOnlyList<string> MissingCaseIds)
    : EndpointColumn(Name, CaseIds, MissingCaseIds, []);

/// <summary>An endpoint that is a number.</summary>
/// <param name="Values">Finite; one a case of <see cref="EndpointColumn.CaseIds"/>.</param>
public sealed record ContinuousEndpointColumn(
    string Name, IReadOnlyList<string> CaseIds, double[] Values, IReadOnlyList<string> MissingCaseIds, IReadOnlyList<UnparseableCell> Unreadable)
    : EndpointColumn(Name, CaseIds, MissingCaseIds, Unreadable);

/// <summary>A right-censored time.</summary>
/// <param name="Name">Of the column that says whether the event happened.</param>
/// <param name="EventLabel">The label of that column that is the event.</param>
/// <param name="Times">Finite and at least 0; one a case of <see cref="EndpointColumn.CaseIds"/>.</param>
/// <param name="Events">Whether the event ended the time.</param>
public sealed record SurvivalEndpointColumn(
    string Name, string EventLabel, IReadOnlyList<string> CaseIds, double[] Times, bool[] Events, IReadOnlyList<string> MissingCaseIds,
    IReadOnlyList<UnparseableCell> Unreadable)
    : EndpointColumn(Name, CaseIds, MissingCaseIds, Unreadable)
{
    /// <summary>Whether a competing event ended the time; null where none are named.</summary>
    public bool[]? Competing { get; init; }
}
