using System.Text;

namespace RadiogenomicsCloud.Pipeline.Storage;

/// <summary>
/// The folder that runs write to: <c>store/</c> (artifacts, outcomes, temporary files, leases, manifests) and <c>runs/RUN/</c>.
/// </summary>
public sealed class LocalStore : IDisposable
{
    /// <summary>Free disk that is asked for where the caller does not know better: 1 GB.</summary>
    public const long DefaultFreeBytes = 1_000_000_000;

    private readonly TemporaryArea temporary;
    private readonly FileStream inUse;

    private LocalStore(string folder, FileStream inUse)
    {
        Folder = folder;
        this.inUse = inUse;
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
    /// <param name="cohort">The cohort's folder. Each has a file of its own: equal paths, times and lengths in two cohorts are not equal files.</param>
    public string HashCacheFile(string cohort) => Path.Combine(
        Folder, "store", "cohort-hashes", CanonicalJson.Hex(Encoding.UTF8.GetBytes(CohortWalk.RealPath(cohort)))[..16] + ".json");

    /// <summary>Makes the folder if need be, looks at the free disk and sweeps temporary files that killed processes left.</summary>
    /// <exception cref="StorageException">The folder cannot be written, or less than <paramref name="freeBytes"/> is free.</exception>
    public static LocalStore Open(string folder, long freeBytes = DefaultFreeBytes)
    {
        var full = Path.GetFullPath(folder);
        StorageTrouble.Translate(() => Directory.CreateDirectory(full), full);
        FreeSpace.Require(full, freeBytes);
        var inUse = StorageTrouble.Translate(
            () =>
            {
                Directory.CreateDirectory(Path.Combine(full, "store"));
                return FileLock.TryShare(UseFile(full));
            },
            full) ?? throw new StorageException("storage.cleaning", $"'{full}' is being cleaned: start again when that has ended.", full);
        try
        {
            return new LocalStore(full, inUse);
        }
        catch
        {
            inUse.Dispose();
            throw;
        }
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

    public void Dispose()
    {
        temporary.Dispose();
        inUse.Dispose();
    }

    /// <summary>Held in common by all who use the store, and by <see cref="StoreCleaner"/> alone while it cleans.</summary>
    internal static string UseFile(string folder) => Path.Combine(folder, "store", "in-use.lock");

    internal static string ArtifactFolder(string folder) => Path.Combine(folder, "store", "artifacts");

    internal static string OutcomeFolder(string folder) => Path.Combine(folder, "store", "outcomes");

    internal static string LeaseFolder(string folder) => Path.Combine(folder, "store", "leases");

    internal static string RunsFolder(string folder) => Path.Combine(folder, "runs");

    internal static string ManifestFile(string folder, string runId) => Path.Combine(folder, "store", "manifests", runId + ".keys");
}
