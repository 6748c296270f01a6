using RadiogenomicsCloud.Association;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Documents;

/// <summary>All that the page is made from: the contents of a run's files.</summary>
public sealed record ReportInput(
    ProvenanceDocument Provenance,
    PerformanceDocument Performance,
    IReadOnlyList<CaseRecord> Cases,
    IReadOnlyList<PreviewRecord> Previews)
{
    /// <summary>What the models rest on; null where the study did not ask.</summary>
    public ExplanationDocument? Explanations { get; init; }

    /// <summary>The map between image and molecule; null where the study did not ask.</summary>
    public AssociationDocument? Association { get; init; }

    /// <summary>Whether there is nothing but a map.</summary>
    public bool IsMapAlone => Association is not null && Performance.Models.Count == 0;

    /// <summary>Of a map that was made by itself: nothing was predicted.</summary>
    public static ReportInput OfMap(
        ProvenanceDocument provenance, IReadOnlyList<CaseRecord> cases, IReadOnlyList<PreviewRecord> previews, AssociationDocument association) =>
        new(provenance, new(1, "none", "", [], []), cases, previews) { Association = association };
}
