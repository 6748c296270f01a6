using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.AzureStorage.Files;

/// <summary>Files as block blobs of one container. The version of a file is its ETag.</summary>
internal sealed class BlobArea(BlobContainerClient container) : IFileArea
{
    /// <summary>Files up to this length are read in one request, into memory.</summary>
    internal const int OneRequestBytes = BlobReadStream.PartBytes;

    public string Name => container.Name;

    public async IAsyncEnumerable<StoredFile> List(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        // Half a character at the end cannot be sent.
        var sent = prefix.Length > 0 && char.IsHighSurrogate(prefix[^1]) ? prefix[..^1] : prefix;
        var listing = container.GetBlobsAsync(new GetBlobsOptions { Prefix = sent.Length == 0 ? null : sent }, cancel);
        await foreach (var item in AzureErrors.Translate(listing, Where, cancel).ConfigureAwait(false))
        {
            if (!item.Name.StartsWith(prefix, StringComparison.Ordinal))
                continue;
            var found = item.Properties;
            yield return new StoredFile(item.Name, found.ContentLength ?? 0, Text(found.ETag ?? default), found.LastModified ?? default);
        }
    }

    public async IAsyncEnumerable<string> ListFolders(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        var options = new GetBlobsByHierarchyOptions { Prefix = prefix.Length == 0 ? null : prefix, Delimiter = "/" };
        var names = new List<string>();
        await foreach (var item in AzureErrors.Translate(container.GetBlobsByHierarchyAsync(options, cancel), Where, cancel).ConfigureAwait(false))
        {
            if (item.IsPrefix)
                names.Add(item.Prefix[prefix.Length..].TrimEnd('/'));
        }
        // The service sorts them with their slash, which puts 'a-b' before 'a'.
        names.Sort(StringComparer.Ordinal);
        foreach (var name in names)
            yield return name;
    }

    public async Task<StoredFile?> Find(string path, CancellationToken cancel)
    {
        var found = await Properties(path, cancel).ConfigureAwait(false);
        return found is null ? null : new StoredFile(path, found.ContentLength, Text(found.ETag), found.LastModified);
    }

    public Task<Stream?> Open(string path, string? version, CancellationToken cancel)
    {
        var blob = container.GetBlobClient(BlobPath.Check(path));
        return AzureErrors.Translate(() => Open(blob, path, version, cancel), WhereIs(path), cancel);
    }

    public async Task<StoredFile?> Write(string path, Func<Stream, Task> write, WriteCondition condition, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(write);
        ArgumentNullException.ThrowIfNull(condition);
        var upload = new BlobWriteStream(container, BlobPath.Check(path), condition, cancel);
        await using (upload.ConfigureAwait(false))
        {
            await write(upload).ConfigureAwait(false);
            return await AzureErrors.Translate(upload.Commit, WhereIs(path), cancel).ConfigureAwait(false);
        }
    }

    public Task<bool> Delete(string path, CancellationToken cancel)
    {
        var blob = container.GetBlobClient(BlobPath.Check(path));
        return AzureErrors.Translate(
            async () =>
            {
                try
                {
                    await blob.DeleteAsync(cancellationToken: cancel).ConfigureAwait(false);
                    return true;
                }
                catch (RequestFailedException failed) when (AzureErrors.IsNoFile(failed))
                {
                    return false;
                }
            },
            WhereIs(path),
            cancel);
    }

    /// <summary>Removes a file if it still has a version; nothing happens otherwise.</summary>
    internal Task DeleteVersion(string path, string version, CancellationToken cancel) => AzureErrors.Translate(
        async () =>
        {
            try
            {
                var conditions = new BlobRequestConditions { IfMatch = new ETag(version) };
                await container.GetBlobClient(BlobPath.Check(path)).DeleteAsync(conditions: conditions, cancellationToken: cancel).ConfigureAwait(false);
            }
            catch (RequestFailedException failed) when (AzureErrors.IsNoFile(failed) || AzureErrors.IsCondition(failed))
            {
            }
        },
        WhereIs(path),
        cancel);

    /// <summary>What the service knows of a file without reading it; null if there is none.</summary>
    internal Task<BlobProperties?> Properties(string path, CancellationToken cancel)
    {
        var blob = container.GetBlobClient(BlobPath.Check(path));
        return AzureErrors.Translate<BlobProperties?>(
            async () =>
            {
                try
                {
                    return (await blob.GetPropertiesAsync(cancellationToken: cancel).ConfigureAwait(false)).Value;
                }
                catch (RequestFailedException failed) when (failed.Status == 404 && failed.ErrorCode != "ContainerNotFound")
                {
                    return null;
                }
            },
            WhereIs(path),
            cancel);
    }

    /// <summary>The file's bytes and version in one request; null if there is none or it is longer than <paramref name="maximum"/>.</summary>
    internal async Task<(byte[] Bytes, string Version)?> ReadSmall(string path, int maximum, CancellationToken cancel)
    {
        var stream = await Open(path, null, cancel).ConfigureAwait(false);
        if (stream is null)
            return null;
        await using (stream.ConfigureAwait(false))
        {
            if (stream is not SmallBlobStream small || small.Length > maximum)
                return null;
            return (small.ToArray(), small.Version);
        }
    }

    internal static string Text(ETag tag) => tag.ToString("H");

    internal string WhereIs(string path) => $"'{path}' in area '{container.Name}'";

    private string Where => $"area '{container.Name}'";

    private static async Task<Stream?> Open(BlobClient blob, string path, string? version, CancellationToken cancel)
    {
        var options = new BlobDownloadOptions
        {
            Range = new HttpRange(0, OneRequestBytes),
            Conditions = version is null ? null : new BlobRequestConditions { IfMatch = new ETag(version) },
        };
        try
        {
            var answer = (await blob.DownloadContentAsync(options, cancel).ConfigureAwait(false)).Value;
            var bytes = answer.Content.ToMemory();
            var pinned = answer.Details.ETag;
            var length = answer.Details.ContentRange is { Length: > 0 } range ? WholeLength(range) : bytes.Length;
            return length == bytes.Length
                ? new SmallBlobStream(bytes, Text(pinned))
                : new BlobReadStream(blob, path, pinned, length, bytes);
        }
        catch (RequestFailedException failed) when (failed.Status == 416)
        {
            return await OpenEmpty(blob, path, version, cancel).ConfigureAwait(false);
        }
        catch (RequestFailedException failed) when (AzureErrors.IsNoFile(failed))
        {
            return null;
        }
        catch (RequestFailedException failed) when (AzureErrors.IsCondition(failed))
        {
            throw CohortFile.Changed(path, failed);
        }
    }

    /// <summary>A range of a file without bytes cannot be asked for: what is left to learn is that it is still there, and empty.</summary>
    private static async Task<Stream?> OpenEmpty(BlobClient blob, string path, string? version, CancellationToken cancel)
    {
        try
        {
            var found = (await blob.GetPropertiesAsync(cancellationToken: cancel).ConfigureAwait(false)).Value;
            if (found.ContentLength != 0 || (version is not null && Text(found.ETag) != version))
                throw CohortFile.Changed(path);
            return new SmallBlobStream(ReadOnlyMemory<byte>.Empty, Text(found.ETag));
        }
        catch (RequestFailedException failed) when (failed.Status == 404)
        {
            return null;
        }
    }

    /// <summary>The last number of <c>bytes 0-99/1234</c>.</summary>
    private static long WholeLength(string contentRange) => long.Parse(
        contentRange.AsSpan(contentRange.LastIndexOf('/') + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture);
}
