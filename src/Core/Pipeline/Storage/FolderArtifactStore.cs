using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace RadiogenomicsCloud.Pipeline.Storage;

/// <summary>
/// Artifacts as files under <c>root/ab/cdef…</c>. A file appears whole, by renaming one that was written and hashed in the temporary
/// area and flushed to the disk. On opening, the length is always compared, and the content once a process.
/// </summary>
public sealed class FolderArtifactStore(string root, TemporaryArea temporary) : IArtifactStore
{
    private const int BufferSize = 128 * 1024;
    private readonly ConcurrentDictionary<string, DateTime> verified = new(StringComparer.Ordinal);

    public Task<Stream?> Open(ArtifactRef reference, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var path = ShardedPath.Of(root, reference.Sha256);
        return StorageTrouble.Translate(() => OpenVerified(reference, path, cancel), path);
    }

    public async Task<ArtifactRef> Put(Func<Stream, Task> write, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(write);
        var file = temporary.NewFile();
        try
        {
            var reference = await WriteHashed(file, write, cancel).ConfigureAwait(false);
            await StorageTrouble.Translate(() => MoveIntoPlace(file, reference, cancel), root).ConfigureAwait(false);
            return reference;
        }
        finally
        {
            StorageTrouble.DeleteFileIfPossible(file);
        }
    }

    private static FileStream OpenFile(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize, FileOptions.Asynchronous);

    private static async Task<ArtifactRef> WriteHashed(string file, Func<Stream, Task> write, CancellationToken cancel)
    {
        using var hash = SHA256.Create();
        try
        {
            var target = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, BufferSize, FileOptions.Asynchronous);
            await using (target.ConfigureAwait(false))
            {
                var hashing = new CryptoStream(target, hash, CryptoStreamMode.Write, leaveOpen: true);
                await using (hashing.ConfigureAwait(false))
                {
                    await write(hashing).ConfigureAwait(false);
                    await hashing.FlushFinalBlockAsync(cancel).ConfigureAwait(false);
                }
                target.Flush(flushToDisk: true);
                return new ArtifactRef(Convert.ToHexStringLower(hash.Hash!), target.Length);
            }
        }
        catch (Exception exception) when (StorageTrouble.IsDiskFull(exception) || exception is UnauthorizedAccessException)
        {
            // Other I/O exceptions may come from what the caller reads while it writes, and are not the store's to explain.
            throw StorageTrouble.Describe(exception, file);
        }
    }

    private async Task<Stream?> OpenVerified(ArtifactRef reference, string path, CancellationToken cancel)
    {
        FileStream stream;
        try
        {
            stream = OpenFile(path);
        }
        catch (IOException exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        if (await IsWhole(stream, reference, path, cancel).ConfigureAwait(false))
            return stream;
        await stream.DisposeAsync().ConfigureAwait(false);
        return null;
    }

    private async Task<bool> IsWhole(FileStream stream, ArtifactRef reference, string path, CancellationToken cancel)
    {
        if (stream.Length != reference.Length)
            return false;
        var written = File.GetLastWriteTimeUtc(path);
        if (verified.TryGetValue(reference.Sha256, out var before) && before == written)
            return true;
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancel).ConfigureAwait(false));
        stream.Position = 0;
        if (hash != reference.Sha256)
            return false;
        verified[reference.Sha256] = written;
        return true;
    }

    private async Task<bool> MoveIntoPlace(string file, ArtifactRef reference, CancellationToken cancel)
    {
        var path = ShardedPath.Of(root, reference.Sha256);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var standing = await OpenVerified(reference, path, cancel).ConfigureAwait(false);
        if (standing is not null)
        {
            await standing.DisposeAsync().ConfigureAwait(false);
            return false;
        }
        try
        {
            // Replaces a damaged file; two writers of one content write the same bytes.
            File.Move(file, path, overwrite: true);
        }
        catch (Exception exception) when (StorageTrouble.IsStorage(exception) && !StorageTrouble.IsDiskFull(exception))
        {
            // Windows refuses to replace a file that another writer of the same content has just put there and holds open.
            var other = await OpenVerified(reference, path, cancel).ConfigureAwait(false);
            if (other is null)
                throw;
            await other.DisposeAsync().ConfigureAwait(false);
            return false;
        }
        verified[reference.Sha256] = File.GetLastWriteTimeUtc(path);
        return true;
    }
}
