using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Pipeline.Extraction;

/// <summary>What came of one region of one case: features, or a reason why there are none.</summary>
/// <param name="Roi">Empty where the case failed before a region was found.</param>
/// <param name="Source">Series instance UID, or the NIfTI file's name; null where the case failed before.</param>
/// <param name="Values">Those of the plan's columns, in order; empty where it failed.</param>
/// <param name="Warnings">Of import and computation, one sentence each.</param>
public sealed record RegionResult(
    string Case,
    string Roi,
    string? Source,
    string? Modality,
    IReadOnlyList<FeatureValue> Values,
    IReadOnlyList<string> Warnings,
    Failure? Failure)
{
    public static RegionResult Failed(string caseId, string roi, Failure failure) => new(caseId, roi, null, null, [], [], failure);
}
