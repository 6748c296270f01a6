namespace RadiogenomicsCloud.Reporting.Documents;

/// <summary>What became of one case.</summary>
public enum CaseStatus
{
    /// <summary>In the analysis.</summary>
    Analysed,

    /// <summary>Left out by a stated rule: no endpoint, not sequenced, no image of a kind that the study compares.</summary>
    Excluded,

    /// <summary>Its data could not be processed.</summary>
    Failed,
}

/// <summary>One row of <c>cases.csv</c>: every case from dropped to analysed.</summary>
/// <param name="Stage">Where it left the analysis: <c>imaging pet</c>, <c>endpoint</c>, <c>molecular</c>; empty if it did not.</param>
/// <param name="Reason">One sentence; empty for an analysed case.</param>
public sealed record CaseRecord(
    string CaseId, string Patient, string? Site, CaseStatus Status, string Stage, string Reason, IReadOnlyList<string> Warnings);
