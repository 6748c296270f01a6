using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Intake;

namespace RadiogenomicsCloud.AzureStorage.Upload;

/// <summary>What an upload came to.</summary>
/// <param name="Target">Without a signature.</param>
/// <param name="Files">Of the cohort, the manifest not counted.</param>
/// <param name="Bytes">Of those files.</param>
/// <param name="FilesSent">Of which parts were sent this time.</param>
/// <param name="BytesSent">This time.</param>
/// <param name="FilesFound">That were there without this machine knowing, and could not be compared; the service compares them.</param>
/// <param name="ManifestSent">False if this very manifest had been sent before.</param>
public sealed record UploadResult(string Target, int Files, long Bytes, int FilesSent, long BytesSent, int FilesFound, bool ManifestSent);

/// <summary>
/// Uploads a cohort: all files, several at once, then the manifest, which starts the run. Started again after it was cut short it sends what is
/// missing.
/// </summary>
/// <param name="parallel">Files at the same time.</param>
public sealed class CohortUpload(IUploadTarget target, UploadState state, int parallel, IProgress<Progress>? progress = null)
{
    private const string Stage = "upload, MB";
    private const double Megabyte = 1e6;

    private long done;
    private long bytesSent;
    private int filesSent;
    private int filesFound;

    /// <exception cref="BadInputException">A path that the service would refuse, found before anything is sent; a file that changed meanwhile.</exception>
    /// <exception cref="StorageException">The target refused, or the state cannot be kept.</exception>
    /// <exception cref="TransientException">The target did not answer or was busy, over all retries.</exception>
    public async Task<UploadResult> Run(
        ICohort cohort, IReadOnlyList<CohortFile> files, string? site, DeidentificationStatement? statement, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        ArgumentNullException.ThrowIfNull(files);
        using var manifest = new MemoryStream();
        CohortManifest.Of(files, site, statement).Write(manifest);
        var total = files.Sum(f => f.Length);
        await Parallel.ForEachAsync(files, new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancel }, async (file, token) =>
            await Send(file, cohort.Open, total, token).ConfigureAwait(false)).ConfigureAwait(false);
        var manifestSent = await SendManifest(manifest.ToArray(), cancel).ConfigureAwait(false);
        return new UploadResult(target.Description, files.Count, total, filesSent, bytesSent, filesFound, manifestSent);
    }

    private async Task Send(CohortFile file, OpenFile open, long total, CancellationToken cancel)
    {
        if (state.HasArrived(file))
        {
            Report(file.Length, total);
            return;
        }
        var sent = await target.Send(file, open, state, part => Report(part, total), cancel).ConfigureAwait(false);
        state.Arrived(file);
        Interlocked.Add(ref bytesSent, sent.Sent);
        Interlocked.Add(ref filesSent, !sent.WasThere && (sent.Sent > 0 || file.Length == 0) ? 1 : 0);
        Interlocked.Add(ref filesFound, sent.WasThere ? 1 : 0);
    }

    private async Task<bool> SendManifest(byte[] bytes, CancellationToken cancel)
    {
        var manifest = new CohortFile(CohortManifest.FileName, CanonicalJson.Hex(bytes), bytes.Length, "");
        if (state.HasArrived(manifest))
            return false;
        var begun = state.HasBegun(manifest);
        state.Begun(manifest);
        var sent = await target.Send(
            manifest, (_, _) => Task.FromResult<Stream>(new MemoryStream(bytes, writable: false)), state, _ => { }, cancel).ConfigureAwait(false);
        if (sent.WasThere && !begun)
            throw UploadErrors.CompleteAlready(target.Description);
        state.Arrived(manifest);
        return true;
    }

    private void Report(long part, long total)
    {
        var now = Interlocked.Add(ref done, part);
        progress?.Report(new Progress(Stage, (int)Math.Round(now / Megabyte), Math.Max(1, (int)Math.Round(total / Megabyte))));
    }
}
