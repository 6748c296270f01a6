using RadiogenomicsCloud.Reporting.Previews;

namespace RadiogenomicsCloud.Reporting.Documents;

/// <summary>One picture of <c>figures/previews.json</c>.</summary>
/// <param name="Image">Name of the imaging entry in the study file.</param>
public sealed record PreviewRecord(string CaseId, string Image, string Modality, TumourPreview Preview);
