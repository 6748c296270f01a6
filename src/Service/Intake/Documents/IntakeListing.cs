using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Service.Intake;

/// <summary>A file as listed.</summary>
/// <param name="Sha256">As the manifest promises; null if it promises nothing.</param>
internal sealed record ListedFile(string Path, long Length, string Version, string? Sha256);

/// <summary>Files that are let in or kept out together: a case, or some that belong to no case.</summary>
/// <param name="CaseId">Null for files that belong to no case: what is wrong with one of them is wrong with the cohort.</param>
/// <param name="Files">Ordinally sorted by path; empty where what was listed already keeps the case out.</param>
/// <param name="Problems">What the list alone shows.</param>
internal sealed record IntakeUnit(string? CaseId, int Count, long Bytes, IReadOnlyList<ListedFile> Files, IReadOnlyList<IntakeReason> Problems);

/// <summary>Units whose names fit into one payload.</summary>
internal sealed record IntakePart(IReadOnlyList<IntakeUnit> Units);

/// <summary>A cohort as listed and compared with its manifest.</summary>
/// <param name="Parts">Each an <see cref="IntakePart"/>; those of no case first.</param>
internal sealed record IntakeListing(string? Site, DeidentificationStatement? Deidentification, bool DeidentificationRequired, IReadOnlyList<string> Notes, IReadOnlyList<ArtifactRef> Parts);

/// <summary>A unit that was checked.</summary>
/// <param name="Case">Null for files that belong to no case.</param>
/// <param name="Files">What is let in.</param>
internal sealed record CheckedUnit(IntakeCase? Case, IReadOnlyList<CohortFile> Files);

internal sealed record CheckedUnits(IReadOnlyList<CheckedUnit> Units);
