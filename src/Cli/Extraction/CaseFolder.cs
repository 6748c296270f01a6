using RadiogenomicsCloud.Cli.Terminal;

namespace RadiogenomicsCloud.Cli.Extraction;

/// <summary>
/// A folder of cases, as <c>imaging/</c> of a cohort: a folder or a zip archive each, or, directly in it, a NIfTI image with its mask
/// (<c>NAME.nii[.gz]</c> and <c>NAME.mask.nii[.gz]</c>).
/// </summary>
internal static class CaseFolder
{
    private const string MaskSuffix = ".mask";

    /// <summary>In the ordinal order of the case ids.</summary>
    /// <exception cref="BadInputException"><c>folder.missing</c>; <c>extract.no-case</c>; <c>extract.case-twice</c>.</exception>
    /// <exception cref="StorageException">The folder cannot be read.</exception>
    public static IReadOnlyList<CaseSource> List(string folder, IReadOnlyList<string> rois)
    {
        if (!Directory.Exists(folder))
            throw new BadInputException("folder.missing", $"There is no folder '{folder}'.", folder);
        var entries = Entries(folder);
        var masks = entries.Where(IsMask).ToLookup(CaseSource.NameOf, StringComparer.Ordinal);
        var cases = new List<CaseSource>();
        var unused = 0;
        foreach (var entry in entries)
        {
            var name = CaseSource.NameOf(entry).Trim();
            if (Directory.Exists(entry) || entry.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
                cases.Add(new(name, entry, null, rois));
            else if (CaseSource.IsNifti(entry) && !IsMask(entry) && masks[name + MaskSuffix].FirstOrDefault() is { } mask)
                cases.Add(new(name, entry, mask, rois));
            else if (!IsMask(entry))
                unused++;
        }
        if (cases.Count == 0)
        {
            throw new BadInputException(
                "extract.no-case", $"'{folder}' has no case: put a folder or zip archive of each into it, or NAME.nii.gz with NAME.mask.nii.gz.", folder);
        }
        if (cases.GroupBy(c => c.Id).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new BadInputException("extract.case-twice", $"'{folder}' has the case '{twice.Key}' twice; keep one of its folder, archive and image.", folder);
        if (unused > 0)
            Messages.Warning(FormattableString.Invariant($"'{folder}' holds {unused} file(s) that are neither a case nor an image with a mask beside it; they are left out."));
        cases.Sort((a, b) => string.CompareOrdinal(a.Id, b.Id));
        return cases;
    }

    private static string[] Entries(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(folder).Where(e => !Path.GetFileName(e).StartsWith('.'))];
        }
        catch (Exception inner) when (inner is IOException or UnauthorizedAccessException)
        {
            throw new StorageException("storage.read", $"'{folder}' cannot be read: {inner.Message}", folder, inner);
        }
    }

    private static bool IsMask(string path) =>
        CaseSource.IsNifti(path) && CaseSource.NameOf(path).EndsWith(MaskSuffix, StringComparison.OrdinalIgnoreCase);
}
