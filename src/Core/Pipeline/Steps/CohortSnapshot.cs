namespace RadiogenomicsCloud.Pipeline.Steps;

/// <summary>Where the files of a run's cohort lie and which version of them the run began with.</summary>
/// <param name="Files">Ordinally sorted by path.</param>
public sealed record CohortSnapshot(IReadOnlyList<CohortFile> Files)
{
    private const string ImagingFolder = "imaging/";

    /// <summary>The case that a file below <c>imaging/</c> belongs to; null for any other file.</summary>
    public static string? CaseOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!path.StartsWith(ImagingFolder, StringComparison.Ordinal))
            return null;
        var rest = path[ImagingFolder.Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0)
            return rest[..slash].Trim();
        return rest.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? rest[..^4].Trim() : null;
    }

    /// <summary>The image files of a case, in order of path.</summary>
    public IReadOnlyList<CohortFile> ImagesOf(string caseId) =>
        Files.Where(f => CaseOf(f.Path) == caseId).ToList();

    /// <exception cref="BadInputException">There is no such file.</exception>
    public CohortFile Require(string path) =>
        Files.FirstOrDefault(f => f.Path == path)
        ?? throw new BadInputException("cohort.file-missing", $"The cohort has no file '{path}'.", path);

    /// <summary>The SHA-256 over names within the case and contents of its image files: what the case's images are, wherever they lie.</summary>
    public static string ContentOf(IReadOnlyList<CohortFile> caseFiles) => CanonicalJson.Hash(
        caseFiles.Select(f => new PlacedContent(CaseImageFiles.NameInCase(f.Path), f.Sha256)).ToArray());

    private sealed record PlacedContent(string Name, string Sha256);
}

/// <summary>Reads snapshots, keeping the last one: every step of a run asks for the same.</summary>
public sealed class SnapshotReader
{
    private (ArtifactRef Reference, CohortSnapshot Snapshot)? last;

    public async Task<CohortSnapshot> Read(StepContext context, ArtifactRef reference, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (last is { } known && known.Reference == reference)
            return known.Snapshot;
        var snapshot = await context.Artifacts.GetJson<CohortSnapshot>(reference, cancel);
        last = (reference, snapshot);
        return snapshot;
    }
}
