using System.Text;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Storage;
using RadiogenomicsCloud.Service.Folders;

namespace RadiogenomicsCloud.Service.Links;

/// <summary>Blocks that came and are part of no file yet: <c>root/AREA/HASH-OF-PATH/ID</c>, the id in hexadecimal.</summary>
internal sealed class BlockStaging(string root, string slot)
{
    private const int BufferSize = 128 * 1024;
    private readonly DraftFiles drafts = new(Path.Combine(root, DraftFiles.FolderName), slot);

    /// <summary>The name under which blocks of a file are kept.</summary>
    public static string NameOf(string path) => CanonicalJson.Hex(Encoding.UTF8.GetBytes(path))[..40];

    /// <summary>Keeps a block; one of the same id is replaced.</summary>
    /// <returns>Bytes of the block that it replaced; null if there was none.</returns>
    public async Task<long?> Keep(string area, string name, byte[] id, BlobBody body, CancellationToken cancel)
    {
        Directory.CreateDirectory(root);
        var draft = drafts.NewFile();
        try
        {
            var stream = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None, BufferSize, FileOptions.Asynchronous);
            await using (stream.ConfigureAwait(false))
            {
                await body.CopyTo(stream, cancel).ConfigureAwait(false);
                await stream.FlushAsync(cancel).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
            }
            var file = FileOf(area, name, id);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            long? replaced = new FileInfo(file) is { Exists: true } old ? old.Length : null;
            File.Move(draft, file, overwrite: true);
            return replaced;
        }
        finally
        {
            StorageTrouble.DeleteFileIfPossible(draft);
        }
    }

    /// <summary>Bytes of a block; null if it did not come.</summary>
    public long? LengthOf(string area, string name, byte[] id) => new FileInfo(FileOf(area, name, id)) is { Exists: true } file ? file.Length : null;

    /// <summary>Writes blocks one after the other.</summary>
    /// <exception cref="BlobProblem">One is gone: another request made the file.</exception>
    public async Task CopyTo(string area, string name, IEnumerable<byte[]> ids, Stream target, CancellationToken cancel)
    {
        foreach (var id in ids)
        {
            try
            {
                var block = new FileStream(FileOf(area, name, id), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize, FileOptions.Asynchronous);
                await using (block.ConfigureAwait(false))
                    await block.CopyToAsync(target, BufferSize, cancel).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
            {
                throw BlobProblem.BadBlockList();
            }
        }
    }

    /// <summary>Drops the blocks of a file.</summary>
    /// <returns>Their bytes.</returns>
    public long Drop(string area, string name)
    {
        var folder = new DirectoryInfo(Path.Combine(root, area, name));
        var bytes = FilesIn(folder).Sum(f => f.Length);
        StorageTrouble.DeleteFolderIfPossible(folder.FullName);
        return bytes;
    }

    /// <summary>Bytes of an area's blocks, and how many each file has; those of files that got none since a time are dropped.</summary>
    public (long Bytes, IReadOnlyDictionary<string, int> Blocks) Count(string area, DateTimeOffset since)
    {
        var (bytes, blocks) = (0L, new Dictionary<string, int>(StringComparer.Ordinal));
        var folder = new DirectoryInfo(Path.Combine(root, area));
        foreach (var file in folder.Exists ? folder.GetDirectories() : [])
        {
            var all = FilesIn(file);
            if (all.All(b => b.Modified < since))
            {
                StorageTrouble.DeleteFolderIfPossible(file.FullName);
                continue;
            }
            bytes += all.Sum(b => b.Length);
            blocks[file.Name] = all.Count;
        }
        return (bytes, blocks);
    }

    /// <summary>What is there: in the same moment blocks come, and go because they became a file.</summary>
    private static List<(long Length, DateTimeOffset Modified)> FilesIn(DirectoryInfo folder)
    {
        var files = new List<(long, DateTimeOffset)>();
        try
        {
            foreach (var file in folder.EnumerateFiles())
            {
                file.Refresh();
                if (file.Exists)
                    files.Add((file.Length, new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero)));
            }
        }
        catch (DirectoryNotFoundException)
        {
        }
        return files;
    }

    private string FileOf(string area, string name, byte[] id) => Path.Combine(root, area, name, Convert.ToHexStringLower(id));
}
