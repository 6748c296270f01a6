namespace RadiogenomicsCloud.Imaging.Archives;

/// <summary>
/// The files below a folder. Links to folders and files are followed; a folder that was already visited, under whatever name, is
/// not visited again. Names that begin with a dot are left out.
/// </summary>
public static class FolderImageFiles
{
    /// <returns>In the ordinal order of their names, which are relative to <paramref name="folder"/> with forward slashes.</returns>
    /// <exception cref="BadInputException"><c>folder.missing</c>; <c>folder.link</c> where a link leads nowhere.</exception>
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
        foreach (var entry in folder.EnumerateFileSystemInfos().OrderBy(e => e.Name, StringComparer.Ordinal))
        {
            if (entry.Name.StartsWith('.'))
                continue;
            var name = prefix + entry.Name;
            var target = Target(entry, name);
            if (target is DirectoryInfo inner)
                Walk(inner, name + "/", files, visited);
            else if (target is FileInfo file)
                files.Add(new(name, file.Length, () => new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, 1)));
        }
    }

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
