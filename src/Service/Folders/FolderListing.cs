using RadiogenomicsCloud.Pipeline.Storage;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Folders;

/// <summary>Files and folders below a root in ordinal order of their paths; one folder at a time is held in memory.</summary>
internal static class FolderListing
{
    /// <param name="folder">Empty, or ends with a slash.</param>
    /// <param name="namePrefix">What names directly in the folder begin with.</param>
    public static IEnumerable<StoredFile> Files(string root, string folder, string namePrefix)
    {
        RequireNoLink(root, folder);
        var open = new Stack<IEnumerator<Entry>>();
        open.Push(Entries(root, folder, namePrefix).AsEnumerable().GetEnumerator());
        while (open.TryPeek(out var entries))
        {
            if (!entries.MoveNext())
            {
                open.Pop();
                continue;
            }
            var (path, info) = entries.Current;
            if (info.LinkTarget is not null)
                throw Link(path);
            AreaPath.Require(path);
            if (info is DirectoryInfo)
                open.Push(Entries(root, path + "/", "").AsEnumerable().GetEnumerator());
            else if (Describe(path, (FileInfo)info) is { } file)
                yield return file;
        }
    }

    /// <summary>Names of the folders directly in a folder; links and what could not be opened by its name are left out.</summary>
    public static IEnumerable<string> Folders(string root, string folder)
    {
        RequireNoLink(root, folder);
        return Entries(root, folder, "").Select(e => e.Info).OfType<DirectoryInfo>()
            .Where(d => d.LinkTarget is null && AreaPath.NameProblem(d.Name) is null).Select(d => d.Name).Order(StringComparer.Ordinal);
    }

    public static BadInputException Link(string path) =>
        new("area.link", $"'{path}' is a link: copy what it leads to into the storage.", path);

    private static void RequireNoLink(string root, string folder)
    {
        for (var slash = folder.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = folder.IndexOf('/', slash + 1))
        {
            if (new DirectoryInfo(Path.Combine(root, folder[..slash])).LinkTarget is not null)
                throw Link(folder[..slash]);
        }
    }

    private static Entry[] Entries(string root, string folder, string namePrefix)
    {
        var hidden = folder.Split('/', StringSplitOptions.RemoveEmptyEntries).Any(AreaPath.IsHidden);
        var directory = new DirectoryInfo(Path.Combine(root, folder));
        return hidden ? [] : StorageTrouble.Translate(
            () =>
            {
                try
                {
                    Entry[] entries = [.. directory.EnumerateFileSystemInfos()
                        .Where(e => e.Name.StartsWith(namePrefix, StringComparison.Ordinal) && !AreaPath.IsHidden(e.Name))
                        .Select(e => new Entry(folder + e.Name, e))];
                    // Below a folder everything begins with its name and a slash, which decides its place among its neighbours.
                    Array.Sort(entries, (a, b) => string.CompareOrdinal(a.Order, b.Order));
                    return entries;
                }
                catch (DirectoryNotFoundException)
                {
                    return []; // Gone, or never there: no file begins so.
                }
            },
            directory.FullName);
    }

    private static StoredFile? Describe(string path, FileInfo file)
    {
        file.Refresh();
        return file.Exists
            ? new(path, file.Length, FileVersion.Of(file.LastWriteTimeUtc, file.Length), new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero))
            : null;
    }

    private sealed record Entry(string Path, FileSystemInfo Info)
    {
        public string Order { get; } = Info is DirectoryInfo ? Path + "/" : Path;
    }
}
