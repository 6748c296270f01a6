using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Azure.Storage.Blobs;
using RadiogenomicsCloud.AzureStorage.Files;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Storage;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.AzureStorage.Store;

/// <summary>
/// Artifacts as blobs <c>artifacts/ab/cdef…</c>. What is put is hashed on its way into a local file and then uploaded, in blocks whose MD5 the
/// service compares, unless it is there. The length is compared on every opening; the content once a process: of what one request fetches
/// when it is opened, of a longer one that we wrote ourselves when it is first read, since whether it is there is asked far more often.
/// </summary>
internal sealed class BlobArtifactStore(BlobContainerClient container, BlobArea area, TemporaryArea temporary) : IArtifactStore
{
    /// <summary>Metadata of a blob that was written by a store, whole.</summary>
    internal const string HashKey = "sha256";
    private const string Root = "artifacts";
    private const int BufferBytes = 128 * 1024;

    private readonly ConcurrentDictionary<string, string> verified = new(StringComparer.Ordinal);
    private long files;

    public async Task<Stream?> Open(ArtifactRef reference, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var path = PathOf(reference);
        return reference.Length <= BlobArea.OneRequestBytes
            ? await OpenShort(reference, path, cancel).ConfigureAwait(false)
            : await OpenLong(reference, path, cancel).ConfigureAwait(false);
    }

    public async Task<ArtifactRef> Put(Func<Stream, Task> write, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(write);
        var name = "artifact-" + Interlocked.Increment(ref files).ToString(CultureInfo.InvariantCulture) + ".tmp";
        var draft = new DraftStream(Path.Combine(temporary.Folder, name));
        await using (draft.ConfigureAwait(false))
        {
            await write(draft).ConfigureAwait(false);
            var reference = draft.Finish();
            await Upload(reference, draft, cancel).ConfigureAwait(false);
            return reference;
        }
    }

    internal static string PathOf(ArtifactRef reference) => HexName.Path(Root, reference.Sha256);

    private async Task<Stream?> OpenShort(ArtifactRef reference, string path, CancellationToken cancel)
    {
        if (await area.ReadSmall(path, BlobArea.OneRequestBytes, cancel).ConfigureAwait(false) is not { } found || found.Bytes.Length != reference.Length)
            return null;
        if (!IsVerified(reference, found.Version))
        {
            if (CanonicalJson.Hex(found.Bytes) != reference.Sha256)
                return null;
            verified[reference.Sha256] = found.Version;
        }
        return new MemoryStream(found.Bytes, writable: false);
    }

    private async Task<Stream?> OpenLong(ArtifactRef reference, string path, CancellationToken cancel)
    {
        var found = await area.Properties(path, cancel).ConfigureAwait(false);
        if (found is null || found.ContentLength != reference.Length)
            return null;
        var version = BlobArea.Text(found.ETag);
        var ours = found.Metadata.TryGetValue(HashKey, out var hash) && hash == reference.Sha256;
        if (!ours && !await IsWhole(reference, path, version, cancel).ConfigureAwait(false))
            return null;
        return new LateStream(reference.Length, token => Begin(reference, path, version, token));
    }

    /// <summary>The stream of a long artifact, at its first read.</summary>
    private async Task<Stream> Begin(ArtifactRef reference, string path, string version, CancellationToken cancel)
    {
        if (!await IsWhole(reference, path, version, cancel).ConfigureAwait(false))
        {
            // Gone, the next run misses it and makes it again.
            await area.DeleteVersion(path, version, cancel).ConfigureAwait(false);
            throw Damaged(reference);
        }
        return await OpenVersion(reference, path, version, cancel).ConfigureAwait(false) ?? throw Damaged(reference);
    }

    private static TransientException Damaged(ArtifactRef reference) => new(
        "artifact.damaged", $"The artifact {reference.Sha256} is missing or damaged: start the run again, and it is made again.", reference.Sha256);

    private async Task<bool> IsWhole(ArtifactRef reference, string path, string version, CancellationToken cancel)
    {
        if (IsVerified(reference, version))
            return true;
        var stream = await OpenVersion(reference, path, version, cancel).ConfigureAwait(false);
        if (stream is null)
            return false;
        await using (stream.ConfigureAwait(false))
        {
            if (Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancel).ConfigureAwait(false)) != reference.Sha256)
                return false;
        }
        verified[reference.Sha256] = version;
        return true;
    }

    /// <summary>Null where the artifact was replaced or removed a moment ago.</summary>
    private async Task<Stream?> OpenVersion(ArtifactRef reference, string path, string version, CancellationToken cancel)
    {
        try
        {
            var stream = await area.Open(path, version, cancel).ConfigureAwait(false);
            return stream?.Length == reference.Length ? stream : null;
        }
        catch (BadInputException problem) when (problem.Code == CohortFile.ChangedCode)
        {
            return null;
        }
    }

    private bool IsVerified(ArtifactRef reference, string version) =>
        verified.TryGetValue(reference.Sha256, out var before) && before == version;

    private async Task Upload(ArtifactRef reference, DraftStream draft, CancellationToken cancel)
    {
        var path = PathOf(reference);
        var condition = WriteCondition.IfAbsent;
        while (true)
        {
            var standing = await area.Find(path, cancel).ConfigureAwait(false);
            if (standing is not null)
            {
                if (standing.Length == reference.Length && await IsWhole(reference, path, standing.Version, cancel).ConfigureAwait(false))
                    return;
                condition = WriteCondition.IfVersion(standing.Version); // It is damaged.
            }
            var upload = new BlobWriteStream(container, path, condition, cancel, new Dictionary<string, string> { [HashKey] = reference.Sha256 });
            await using (upload.ConfigureAwait(false))
            {
                var content = draft.Reread();
                await content.CopyToAsync(upload, BufferBytes, cancel).ConfigureAwait(false);
                if (await AzureErrors.Translate(upload.Commit, area.WhereIs(path), cancel).ConfigureAwait(false) is { } written)
                {
                    verified[reference.Sha256] = written.Version;
                    return;
                }
            }
            condition = WriteCondition.IfAbsent;
        }
    }
}
