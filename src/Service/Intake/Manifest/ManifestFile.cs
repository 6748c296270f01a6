namespace RadiogenomicsCloud.Service.Intake;

/// <summary>One file as the manifest promises it.</summary>
/// <param name="Path">Relative to the cohort, forward slashes; see <see cref="CohortPath"/>.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">64 hexadecimal digits, lower case.</param>
public sealed record ManifestFile(string Path, long Size, string Sha256);
