using System.Globalization;
using System.Security.Cryptography;

namespace RadiogenomicsCloud.Pipeline.Storage;

/// <summary>A cohort in a folder. The version of a file is its modification time and length.</summary>
/// <param name="root">The cohort's folder.</param>
/// <param name="hashCacheFile">Where hashes are kept between runs; null keeps none.</param>
/// <param name="excluded">A folder to leave out of the cohort, if it is inside: where the run writes.</param>
public sealed class FolderCohort(string root, string? hashCacheFile = null, string? excluded = null) : IListedCohort
{
    private const int BufferSize = 128 * 1024;
    private readonly string root = Path.GetFullPath(root);

    /// <exception cref="BadInputException">The folder does not exist, or a link leads nowhere.</exception>
    /// <exception cref="StorageException">A file cannot be read.</exception>
    public Task<IReadOnlyList<CohortFile>> List(CancellationToken cancel)
    {
        if (!Directory.Exists(root))
            throw new BadInputException("cohort.missing", $"There is no folder '{root}'.", root);
        return StorageTrouble.Translate(() => ListAndHash(cancel), root);
    }

    public Task<Stream> Open(CohortFile file, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(file);
        cancel.ThrowIfCancellationRequested();
        var path = Path.GetFullPath(Path.Combine(root, file.Path));
        if (!path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new BadInputException("cohort.outside", $"'{file.Path}' is not inside the cohort.", file.Path);
        return Task.FromResult<Stream>(StorageTrouble.Translate(() => OpenUnchanged(file, path), path));
    }

    private static FileStream OpenUnchanged(CohortFile file, string path)
    {
        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize, FileOptions.Asynchronous);
            if (Version(File.GetLastWriteTimeUtc(stream.SafeFileHandle), stream.Length) == file.Version)
                return stream;
            stream.Dispose();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CohortFile.Changed(file.Path, exception);
        }
        throw CohortFile.Changed(file.Path);
    }

    private static string Version(DateTime modifiedUtc, long length) =>
        string.Create(CultureInfo.InvariantCulture, $"{modifiedUtc.Ticks:x}-{length:x}");

    private async Task<IReadOnlyList<CohortFile>> ListAndHash(CancellationToken cancel)
    {
        var found = CohortWalk.Files(root, excluded is null ? null : CohortWalk.RealPath(excluded), cancel);
        var known = hashCacheFile is null ? [] : FileHashCache.Read(hashCacheFile);
        var files = new CohortFile[found.Count];
        var hashed = 0;
        await Parallel.ForAsync(0, found.Count, cancel, async (index, token) =>
        {
            var (path, file) = found[index];
            var version = Version(file.LastWriteTimeUtc, file.Length);
            if (!known.TryGetValue(path, out var entry) || entry.Version != version || !ShardedPath.IsName(entry.Sha256))
            {
                entry = new FileHashCache.Entry(version, await HashOf(file.FullName, token).ConfigureAwait(false));
                Interlocked.Increment(ref hashed);
            }
            files[index] = new CohortFile(path, entry.Sha256, file.Length, version);
        }).ConfigureAwait(false);
        if (hashCacheFile is not null && (hashed > 0 || known.Count != files.Length))
            FileHashCache.Write(hashCacheFile, files);
        return files;
    }

    private static async Task<string> HashOf(string path, CancellationToken cancel)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, BufferSize, FileOptions.Asynchronous);
        await using (stream.ConfigureAwait(false))
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancel).ConfigureAwait(false));
    }
}
