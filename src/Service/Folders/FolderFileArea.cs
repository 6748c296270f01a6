using System.Runtime.CompilerServices;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Storage;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Folders;

/// <summary>
/// An area that is a folder, whose files may as well be put there by hand. Names that begin with a dot are no files of the area. Links are
/// refused with a <see cref="BadInputException"/> (<c>area.link</c>), also within the folder: what lies in a storage is in the storage.
/// A path that is none is a <see cref="BadInputException"/> (<c>area.path</c>).
/// </summary>
/// <remarks>
/// A file appears whole, by renaming one that was written and flushed on the same file system; writes and deletions of one path take turns
/// across processes. The file system must keep times to 100 ns: those of today do.
/// </remarks>
public sealed class FolderFileArea : IFileArea
{
    private const int BufferSize = 128 * 1024;
    private const int PlacingAttempts = 5;
    private readonly string root;
    private readonly DraftFiles drafts;
    private readonly PathLocks locks;
    private readonly TimeProvider time;

    internal FolderFileArea(string name, string root, DraftFiles drafts, PathLocks locks, TimeProvider time) =>
        (Name, this.root, this.drafts, this.locks, this.time) = (name, root, drafts, locks, time);

    public string Name { get; }

    public async IAsyncEnumerable<StoredFile> List(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (folder, namePrefix) = AreaPath.Split(prefix);
        RequireRoot();
        foreach (var file in FolderListing.Files(root, folder, namePrefix))
        {
            cancel.ThrowIfCancellationRequested();
            yield return file;
        }
        await Task.CompletedTask.ConfigureAwait(false);
    }

    public async IAsyncEnumerable<string> ListFolders(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (folder, namePrefix) = AreaPath.Split(prefix);
        if (namePrefix.Length > 0)
            throw new ArgumentException("The prefix is empty or ends with a slash.", nameof(prefix));
        RequireRoot();
        foreach (var name in FolderListing.Folders(root, folder))
        {
            cancel.ThrowIfCancellationRequested();
            yield return name;
        }
        await Task.CompletedTask.ConfigureAwait(false);
    }

    public Task<StoredFile?> Find(string path, CancellationToken cancel)
    {
        AreaPath.Require(path);
        cancel.ThrowIfCancellationRequested();
        RequireRoot();
        return Task.FromResult(StorageTrouble.Translate(() => Look(path), Full(path)));
    }

    public Task<Stream?> Open(string path, string? version, CancellationToken cancel)
    {
        AreaPath.Require(path);
        cancel.ThrowIfCancellationRequested();
        RequireRoot();
        return Task.FromResult<Stream?>(StorageTrouble.Translate(() => OpenPinned(path, version), Full(path)));
    }

    public async Task<StoredFile?> Write(string path, Func<Stream, Task> write, WriteCondition condition, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(write);
        ArgumentNullException.ThrowIfNull(condition);
        AreaPath.Require(path);
        if (path.Split('/').Any(AreaPath.IsHidden))
            throw AreaPath.Refused(path, "has a part that begins with a dot");
        RequireRoot();
        // Asked again when it counts; asked here to save the writing.
        if (!Holds(condition, StorageTrouble.Translate(() => Look(path), Full(path))))
            return null;
        var draft = StorageTrouble.Translate(drafts.NewFile, root);
        try
        {
            await WriteDraft(draft, write, cancel).ConfigureAwait(false);
            return await StorageTrouble.Translate(() => Place(draft, path, condition, cancel), Full(path)).ConfigureAwait(false);
        }
        finally
        {
            StorageTrouble.DeleteFileIfPossible(draft);
        }
    }

    public async Task<bool> Delete(string path, CancellationToken cancel)
    {
        AreaPath.Require(path);
        RequireRoot();
        return await StorageTrouble.Translate(
            async () =>
            {
                using var held = await locks.Take(Name, path, cancel).ConfigureAwait(false);
                if (Look(path) is not { } standing)
                    return false;
                // A file that is made here again in the same tick has another version all the same.
                held.Next(standing.Modified.UtcTicks);
                File.Delete(Full(path));
                DropEmptyFolders(path);
                return true;
            },
            Full(path)).ConfigureAwait(false);
    }

    private static bool Holds(WriteCondition condition, StoredFile? standing) =>
        condition.MustBeAbsent ? standing is null : condition.Version is null || standing?.Version == condition.Version;

    private static async Task WriteDraft(string draft, Func<Stream, Task> write, CancellationToken cancel)
    {
        try
        {
            var target = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None, BufferSize, FileOptions.Asynchronous);
            await using (target.ConfigureAwait(false))
            {
                await write(target).ConfigureAwait(false);
                await target.FlushAsync(cancel).ConfigureAwait(false);
                target.Flush(flushToDisk: true);
            }
        }
        catch (Exception exception) when (StorageTrouble.IsDiskFull(exception) || exception is UnauthorizedAccessException)
        {
            // Other I/O exceptions may come from what the caller reads while it writes, and are not the area's to explain.
            throw StorageTrouble.Describe(exception, draft);
        }
    }

    private async Task<StoredFile?> Place(string draft, string path, WriteCondition condition, CancellationToken cancel)
    {
        using var held = await locks.Take(Name, path, cancel).ConfigureAwait(false);
        for (var attempt = 1; ; attempt++)
        {
            var standing = Look(path);
            if (!Holds(condition, standing))
                return null;
            var ticks = held.Next(Math.Max(time.GetUtcNow().UtcTicks, standing is null ? 0 : standing.Modified.UtcTicks + 1));
            File.SetLastWriteTimeUtc(draft, new DateTime(ticks, DateTimeKind.Utc));
            var file = Describe(path, new FileInfo(draft));
            try
            {
                RequireRoot();
                MakeFolders(path);
                File.Move(draft, Full(path), overwrite: standing is not null);
                return file;
            }
            catch (IOException) when (attempt < PlacingAttempts && File.Exists(draft))
            {
                // Somebody put a file there by hand, or the folder was empty and is just being dropped.
                await Task.Delay(attempt, cancel).ConfigureAwait(false);
            }
        }
    }

    private PinnedStream? OpenPinned(string path, string? version)
    {
        if (Look(path) is null)
            return null;
        FileStream file;
        try
        {
            file = new FileStream(Full(path), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize, FileOptions.Asynchronous);
        }
        catch (IOException exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        var found = FileVersion.Of(file);
        if (version is null || found == version)
            return new PinnedStream(file, path, found);
        file.Dispose();
        throw CohortFile.Changed(path);
    }

    /// <summary>The file as it is; null if there is none of that path.</summary>
    private StoredFile? Look(string path)
    {
        var names = path.Split('/');
        if (names.Any(AreaPath.IsHidden))
            return null;
        var at = root;
        for (var i = 0; i < names.Length; i++)
        {
            at = Path.Combine(at, names[i]);
            if (new FileInfo(at).LinkTarget is not null)
                throw FolderListing.Link(string.Join('/', names[..(i + 1)]));
        }
        var file = new FileInfo(at);
        return file.Exists ? Describe(path, file) : null;
    }

    private static StoredFile Describe(string path, FileInfo file) =>
        new(path, file.Length, FileVersion.Of(file.LastWriteTimeUtc, file.Length), new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero));

    private void MakeFolders(string path)
    {
        var names = path.Split('/');
        var at = root;
        foreach (var name in names[..^1])
        {
            at = Path.Combine(at, name);
            if (File.Exists(at))
                throw AreaPath.Refused(path, "would lie below a file");
            if (!Directory.Exists(at))
                Directory.CreateDirectory(at);
        }
        if (Directory.Exists(Path.Combine(at, names[^1])))
            throw AreaPath.Refused(path, "is a folder");
    }

    private void DropEmptyFolders(string path)
    {
        try
        {
            for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
                Directory.Delete(Full(path[..slash]), recursive: false);
        }
        catch (Exception exception) when (StorageTrouble.IsStorage(exception))
        {
            // Not empty: so are those above.
        }
    }

    private string Full(string path) => Path.Combine(root, path.Replace('/', Path.DirectorySeparatorChar));

    private void RequireRoot()
    {
        if (!Directory.Exists(root))
            throw new StorageException("storage.no_area", $"There is no area '{Name}' in this storage: '{root}' is missing.", Name);
    }
}
