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
}
