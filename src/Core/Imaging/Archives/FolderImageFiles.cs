namespace RadiogenomicsCloud.Imaging.Archives;

/// <summary>
/// The files below a folder. Links to folders and files are followed; a folder that was already visited, under whatever name, is
/// not visited again. Names that begin with a dot are left out.
/// </summary>
public static class FolderImageFiles
{
    /// <returns>In the ordinal order of their names, which are relative to <paramref name="folder"/> with forward slashes.</returns>
    /// <exception cref="BadInputException"><c>folder.missing</c>; <c>folder.link</c> where a link leads nowhere.</exception>
    /// <exception cref="StorageException"><c>storage.read</c>: no permission, or the disk fails; opening a file throws it too.</exception>
    public static IReadOnlyList<ImageFile> List(string folder)
    {
        if (!Directory.Exists(folder))
            throw new BadInputException("folder.missing", $"There is no folder {folder}.", folder);
        var files = new List<ImageFile>();
        var visited = new HashSet<string>(StringComparer.Ordinal);
        Walk(new DirectoryInfo(folder), "", files, visited);
        files.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return files;
    }

    private static void Walk(DirectoryInfo folder, string prefix, List<ImageFile> files, HashSet<string> visited)
    {
        if (!visited.Add(RealPath(folder)))
            return;
        foreach (var entry in Entries(folder, prefix))
        {
            if (entry.Name.StartsWith('.'))
                continue;
            var name = prefix + entry.Name;
            var target = Target(entry, name);
            if (target is DirectoryInfo inner)
                Walk(inner, name + "/", files, visited);
            else if (target is FileInfo file)
                files.Add(new(name, file.Length, () => Open(file, name)));
        }
    }

    private static FileSystemInfo[] Entries(DirectoryInfo folder, string name)
    {
        try
        {
            return [.. folder.EnumerateFileSystemInfos().OrderBy(e => e.Name, StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotReadable(name.Length > 0 ? name : folder.FullName, e);
        }
    }

    private static FileStream Open(FileInfo file, string name)
    {
        try
        {
            // The readers have buffers of their own.
            return new(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotReadable(name, e);
        }
    }

    private static StorageException NotReadable(string name, Exception e) =>
        new("storage.read", $"{name} cannot be read: {e.Message}", name, e);

    private static FileSystemInfo Target(FileSystemInfo entry, string name)
    {
        FileSystemInfo? target;
        try
        {
            target = entry.LinkTarget is null ? entry : entry.ResolveLinkTarget(returnFinalTarget: true);
        }
        catch (IOException e)
        {
            throw new BadInputException("folder.link", $"The link {name} leads in a circle; remove it.", name, e);
        }
        return target is { Exists: true }
            ? target
            : throw new BadInputException("folder.link", $"The link {name} leads to nothing; remove it or restore its target.", name);
    }

    /// <summary>The path with every link in it resolved, so that one folder has one name.</summary>
    private static string RealPath(DirectoryInfo folder)
    {
        var parts = new Stack<string>();
        var steps = 0;
        for (var at = folder; at is not null; at = at.Parent)
        {
            while (at.LinkTarget is not null && steps++ < 64)
                at = (DirectoryInfo?)at.ResolveLinkTarget(returnFinalTarget: true) ?? at;
            parts.Push(at.Name);
        }
        return string.Join('/', parts);
    }
}
