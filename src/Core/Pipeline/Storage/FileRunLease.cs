namespace RadiogenomicsCloud.Pipeline.Storage;

/// <summary>A lease on a run, as a locked file below <paramref name="folder"/>. A killed process leaves no lease behind.</summary>
public sealed class FileRunLease(string folder) : IRunLease
{
    public Task<IAsyncDisposable?> TryTake(string runId, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult<IAsyncDisposable?>(StorageTrouble.Translate(
            () =>
            {
                Directory.CreateDirectory(folder);
                return FileLock.TryTake(Path.Combine(folder, runId + ".lock"));
            },
            folder));
    }
}
