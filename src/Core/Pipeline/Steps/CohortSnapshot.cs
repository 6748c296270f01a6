namespace RadiogenomicsCloud.Pipeline.Steps;

/// <summary>Where the files of a run's cohort lie and which version of them the run began with.</summary>
/// <param name="Files">Ordinally sorted by path; none of a quarantined case.</param>
/// <param name="Quarantined">Cases that an intake kept out, in ordinal order; null if there is none.</param>
public sealed record CohortSnapshot(IReadOnlyList<CohortFile> Files, IReadOnlyList<QuarantinedCase>? Quarantined = null)
{
    private const string ImagingFolder = "imaging/";

    private readonly Lazy<ILookup<string, CohortFile>> imagesByCase = new(() =>
        Files.Where(f => CaseOf(f.Path) is not null).ToLookup(f => CaseOf(f.Path)!, StringComparer.Ordinal));

    /// <summary>Cases with image files, in ordinal order.</summary>
    public IReadOnlyList<string> ImageCases() => [.. imagesByCase.Value.Select(g => g.Key).Order(StringComparer.Ordinal)];

    /// <summary>The image files of a case, in order of path.</summary>
    public IReadOnlyList<CohortFile> ImagesOf(string caseId) => [.. imagesByCase.Value[caseId]];

    /// <summary>The file at a path; null if there is none.</summary>
    public CohortFile? Find(string path) => Files.FirstOrDefault(f => f.Path == path);

    /// <summary>The SHA-256 over names within the case and contents of its image files: what the case's images are, wherever they lie.</summary>
    public static string ContentOf(IReadOnlyList<CohortFile> caseFiles) => CanonicalJson.Hash(
        caseFiles.Select(f => new PlacedContent(CaseImageFiles.NameInCase(f.Path), f.Sha256)).ToArray());

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

    private sealed record PlacedContent(string Name, string Sha256);
}

/// <summary>A case whose images an intake did not let in.</summary>
/// <param name="CaseId">Its folder or archive below <c>imaging/</c>.</param>
/// <param name="Reason">One sentence.</param>
public sealed record QuarantinedCase(string CaseId, string Reason);

/// <summary>Reads snapshots, keeping the last one. Safe to call from several threads.</summary>
public sealed class SnapshotReader
{
    private readonly LastRead<CohortSnapshot> last = new(
        (context, reference) => context.Artifacts.GetJson<CohortSnapshot>(reference, CancellationToken.None));

    public Task<CohortSnapshot> Get(StepContext context, ArtifactRef reference, CancellationToken cancel) => last.Get(context, reference, cancel);
}
