namespace RadiogenomicsCloud.Pipeline.Storage;

/// <summary>
/// The files below a folder. Folder and file links are followed; a link to a folder that it lies in is not, so that the walk ends.
/// Names that begin with a dot (what runs wrote, what editors and systems leave) and <c>_COMPLETE</c> are left out.
/// </summary>
internal static class CohortWalk
{
    /// <summary>Deepest folder below the cohort.</summary>
    public const int MaximumDepth = 64;

    /// <summary>Most files of a cohort.</summary>
    public const int MaximumFiles = 5_000_000;

    public const string CompleteMarker = "_COMPLETE";

    /// <param name="excluded">Full path of a folder to leave out: where the run writes, if that is inside the cohort.</param>
    /// <returns>Relative paths with forward slashes, sorted ordinally, with the file that each leads to.</returns>
    public static List<(string Path, FileInfo File)> Files(string root, string? excluded, CancellationToken cancel)
    {
        var found = new List<(string Path, FileInfo File)>();
        Walk(new DirectoryInfo(root), "", [RealPath(root)], excluded, found, cancel);
        found.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return found;
    }

    private static void Walk(
        DirectoryInfo folder, string prefix, List<string> ancestors, string? excluded, List<(string Path, FileInfo File)> found,
        CancellationToken cancel)
    {
        if (ancestors.Count > MaximumDepth)
            throw new BadInputException("cohort.too_deep", $"The folder '{prefix}' is more than {MaximumDepth} folders deep: flatten the cohort.", prefix);
        foreach (var entry in folder.EnumerateFileSystemInfos())
        {
            cancel.ThrowIfCancellationRequested();
            if (entry.Name.StartsWith('.') || (prefix.Length == 0 && entry.Name == CompleteMarker))
                continue;
            var path = prefix + entry.Name;
            if (entry is DirectoryInfo child)
            {
                var real = RealPath(child.FullName);
                if (ancestors.Contains(real, StringComparer.Ordinal) || (excluded is not null && real == excluded))
                    continue;
                ancestors.Add(real);
                Walk(child, path + "/", ancestors, excluded, found, cancel);
                ancestors.RemoveAt(ancestors.Count - 1);
            }
            else
            {
                found.Add((path, Target((FileInfo)entry, path)));
                if (found.Count > MaximumFiles)
                    throw new BadInputException("cohort.too_many_files", $"The cohort has more than {MaximumFiles} files: put each case's images into one zip file.", prefix);
            }
        }
    }

    private static FileInfo Target(FileInfo file, string path)
    {
        if (file.LinkTarget is null)
            return file;
        return file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } target
            ? target
            : throw new BadInputException("cohort.dangling_link", $"The link '{path}' leads to no file: repair or remove it.", path);
    }

    /// <summary>The path with every link on the way resolved.</summary>
    public static string RealPath(string path)
    {
        var full = Path.GetFullPath(path);
        var real = Path.GetPathRoot(full)!;
        foreach (var part in full[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(real, part);
            var target = new DirectoryInfo(next) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true) : null;
            real = target is null ? next : RealPath(target.FullName);
        }
        return real;
    }
}
