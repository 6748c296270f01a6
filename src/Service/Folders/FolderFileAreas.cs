using System.Collections.Concurrent;
using RadiogenomicsCloud.Pipeline.Storage;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Folders;

/// <summary>The areas of a folder storage: its sub-folders of the same names.</summary>
public sealed class FolderFileAreas : IFileAreas
{
    private const int ShortestName = 3;
    private const int LongestName = 63;
    private const int DeletionAttempts = 5;
    private readonly string folder;
    private readonly string slot;
    private readonly PathLocks locks;
    private readonly TimeProvider time;
    private readonly ConcurrentDictionary<string, FolderFileArea> areas = new(StringComparer.Ordinal);

    /// <param name="slot">Name of this process's temporary area.</param>
    internal FolderFileAreas(string folder, string slot, PathLocks locks, TimeProvider time) =>
        (this.folder, this.slot, this.locks, this.time) = (folder, slot, locks, time);

    /// <exception cref="BadInputException">Not a name of an area, or that of the records.</exception>
    public IFileArea Area(string name) => areas.GetOrAdd(name, n =>
    {
        var root = RootOf(n);
        return new FolderFileArea(n, root, new DraftFiles(Path.Combine(root, DraftFiles.FolderName), slot), locks, time);
    });

    public Task Create(string name, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var root = RootOf(name);
        StorageTrouble.Translate(() => Directory.CreateDirectory(root), root);
        return Task.CompletedTask;
    }

    public Task<bool> Exists(string name, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult(Directory.Exists(RootOf(name)));
    }

    /// <summary>Removes the folder, and blocks that wait to become files there. What a killed process left of it is removed by calling again.</summary>
    public async Task Delete(string name, CancellationToken cancel)
    {
        if (name == AreaNames.Store)
            throw new ArgumentException("The area of the pipeline's own store stays as long as the storage.", nameof(name));
        var root = RootOf(name);
        StorageTrouble.DeleteFolderIfPossible(Path.Combine(folder, FolderServiceStorage.UploadsBelow, name));
        for (var attempt = 1; Directory.Exists(root); attempt++)
        {
            try
            {
                Directory.Delete(root, recursive: true);
            }
            catch (DirectoryNotFoundException)
            {
                return;
            }
            catch (IOException) when (attempt < DeletionAttempts)
            {
                await Task.Delay(attempt, cancel).ConfigureAwait(false); // Somebody is writing there.
            }
            catch (Exception exception) when (StorageTrouble.IsStorage(exception))
            {
                throw StorageTrouble.Describe(exception, root);
            }
        }
    }

    /// <summary>Whether a text names an area of a folder storage.</summary>
    internal static bool IsName(string name) =>
        name.Length is >= ShortestName and <= LongestName
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        && name[0] != '-' && name[^1] != '-' && !name.Contains("--", StringComparison.Ordinal)
        && name != FolderServiceStorage.RecordFolder && !PortableNames.IsDevice(name);

    private string RootOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return IsName(name)
            ? Path.Combine(folder, name)
            : throw new BadInputException(
                "area.name", $"An area is named with {ShortestName} to {LongestName} of a-z, 0-9 and single hyphens, and not '{FolderServiceStorage.RecordFolder}'.");
    }
}
