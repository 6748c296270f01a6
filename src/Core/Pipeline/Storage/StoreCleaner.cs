namespace RadiogenomicsCloud.Pipeline.Storage;

/// <param name="Runs">Runs that were kept.</param>
public sealed record CleanResult(int Runs, int Outcomes, int Artifacts, long BytesFreed);

/// <summary>
/// Drops the outcomes and artifacts that no kept run reaches. A run is kept as long as its folder below <c>runs/</c> exists.
/// </summary>
public static class StoreCleaner
{
    /// <param name="folder">The folder that <see cref="LocalStore"/> opens.</param>
    /// <exception cref="BadInputException">There is no store, or it is part of a service's storage.</exception>
    /// <exception cref="StorageException">A run is going on, or a file cannot be removed.</exception>
    public static async Task<CleanResult> Clean(string folder, CancellationToken cancel)
    {
        var full = Path.GetFullPath(folder);
        if (!Directory.Exists(Path.Combine(full, "store")))
            throw new BadInputException("clean.no_store", $"'{folder}' holds no store: name the folder that runs wrote to.", folder);
        if (Directory.Exists(Path.Combine(full, "records")))
            throw new BadInputException("clean.service", $"'{folder}' is the storage of a service: its jobs and models need what no run's folder names.", folder);
        // Whoever uses the store may be about to take up any of its outcomes, whether its run has a folder yet or not.
        await using var alone = StorageTrouble.Translate(() => FileLock.TryTake(LocalStore.UseFile(full)), full)
            ?? throw new StorageException("clean.busy", $"A run that writes to '{folder}' is going on: clean when it has ended.", full);
        var runs = ListRuns(full);
        return await StorageTrouble.Translate(() => Clean(full, runs, cancel), full).ConfigureAwait(false);
    }

    private static string[] ListRuns(string folder)
    {
        var runs = LocalStore.RunsFolder(folder);
        return Directory.Exists(runs)
            ? [.. Directory.EnumerateDirectories(runs).Select(r => Path.GetFileName(r)).Order(StringComparer.Ordinal)]
            : [];
    }

    private static async Task<CleanResult> Clean(string folder, string[] runs, CancellationToken cancel)
    {
        var outcomes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var run in runs)
            outcomes.UnionWith(RunManifest.Read(LocalStore.ManifestFile(folder, run)));
        var artifacts = await ReachedArtifacts(folder, outcomes, cancel).ConfigureAwait(false);

        // Outcomes first: a kill in between leaves artifacts that nothing names, never a name without its artifact.
        var (outcomeCount, outcomeBytes) = Drop(FolderOutcomeStore.All(LocalStore.OutcomeFolder(folder)), outcomes, cancel);
        var (artifactCount, artifactBytes) = Drop(ShardedPath.All(LocalStore.ArtifactFolder(folder)), artifacts, cancel);
        DropManifests(folder, runs);
        return new CleanResult(runs.Length, outcomeCount, artifactCount, outcomeBytes + artifactBytes);
    }

    private static async Task<HashSet<string>> ReachedArtifacts(string folder, HashSet<string> outcomes, CancellationToken cancel)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in outcomes)
        {
            var path = FolderOutcomeStore.PathOf(LocalStore.OutcomeFolder(folder), key);
            if (await FolderOutcomeStore.Read(path, cancel).ConfigureAwait(false) is { } outcome)
                reached.UnionWith(Payload.Artifacts(outcome).Select(a => a.Sha256));
        }
        return reached;
    }

    private static (int Count, long Bytes) Drop(
        IEnumerable<(string Name, string Path)> all, HashSet<string> kept, CancellationToken cancel)
    {
        var (count, bytes) = (0, 0L);
        foreach (var (name, path) in all.Where(f => !kept.Contains(f.Name)).ToArray())
        {
            cancel.ThrowIfCancellationRequested();
            bytes += new FileInfo(path).Length;
            File.Delete(path);
            count++;
        }
        return (count, bytes);
    }

    private static void DropManifests(string folder, string[] runs)
    {
        var manifests = Path.GetDirectoryName(LocalStore.ManifestFile(folder, "any"))!;
        if (!Directory.Exists(manifests))
            return;
        foreach (var file in Directory.GetFiles(manifests, "*.keys"))
        {
            if (!runs.Contains(Path.GetFileNameWithoutExtension(file), StringComparer.Ordinal))
                File.Delete(file);
        }
    }
}
