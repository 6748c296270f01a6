namespace RadiogenomicsCloud.Pipeline.Storage;

/// <summary>
/// The folder that runs write to: <c>store/</c> (artifacts, outcomes, temporary files, leases, manifests) and <c>runs/RUN/</c>.
/// </summary>
public sealed class LocalStore : IDisposable
{
    /// <summary>Free disk that is asked for where the caller does not know better: 1 GB.</summary>
    public const long DefaultFreeBytes = 1_000_000_000;

    private readonly TemporaryArea temporary;

    private LocalStore(string folder)
    {
        Folder = folder;
        temporary = TemporaryArea.Take(Path.Combine(folder, "store", "tmp"));
        Artifacts = new FolderArtifactStore(ArtifactFolder(folder), temporary);
        Outcomes = new FolderOutcomeStore(OutcomeFolder(folder), temporary);
        Leases = new FileRunLease(LeaseFolder(folder));
    }

    /// <summary>Full path.</summary>
    public string Folder { get; }

    public IArtifactStore Artifacts { get; }

    public IOutcomeStore Outcomes { get; }

    public IRunLease Leases { get; }

    public string TemporaryFolder => temporary.Folder;

    /// <summary>Where <see cref="FolderCohort"/> keeps the hashes of files that it has read.</summary>
    public string HashCacheFile => Path.Combine(Folder, "store", "cohort-hashes.json");

    /// <summary>Makes the folder if need be, looks at the free disk and sweeps temporary files that killed processes left.</summary>
    /// <exception cref="StorageException">The folder cannot be written, or less than <paramref name="freeBytes"/> is free.</exception>
    public static LocalStore Open(string folder, long freeBytes = DefaultFreeBytes)
    {
        var full = Path.GetFullPath(folder);
        StorageTrouble.Translate(() => Directory.CreateDirectory(full), full);
        FreeSpace.Require(full, freeBytes);
        return new LocalStore(full);
    }

    /// <summary>Where a run's results go; made if need be.</summary>
    public string RunFolder(string runId)
    {
        var path = Path.Combine(RunsFolder(Folder), runId);
        StorageTrouble.Translate(() => Directory.CreateDirectory(path), path);
        return path;
    }

    public JsonlLedger OpenLedger(string runId, TimeProvider time) => new(Path.Combine(RunFolder(runId), "run.jsonl"), time);

    public RunManifest OpenManifest(string runId) => new(ManifestFile(Folder, runId));

    public void Dispose() => temporary.Dispose();

    internal static string ArtifactFolder(string folder) => Path.Combine(folder, "store", "artifacts");

    internal static string OutcomeFolder(string folder) => Path.Combine(folder, "store", "outcomes");

    internal static string LeaseFolder(string folder) => Path.Combine(folder, "store", "leases");

    internal static string RunsFolder(string folder) => Path.Combine(folder, "runs");

    internal static string ManifestFile(string folder, string runId) => Path.Combine(folder, "store", "manifests", runId + ".keys");
}
