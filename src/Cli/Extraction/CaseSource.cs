using RadiogenomicsCloud.Pipeline.Extraction;

namespace RadiogenomicsCloud.Cli.Extraction;

/// <summary>Where the files of one case are.</summary>
/// <param name="Mask">Null where the image's files hold it.</param>
/// <param name="Rois">As <c>--roi</c>; empty takes the settings' region.</param>
internal sealed record CaseSource(string Id, string Image, string? Mask, IReadOnlyList<string> Rois)
{
    private static readonly string[] NiftiExtensions = [".nii.gz", ".nii"];

    /// <summary>The cases that the options name, in the order in which their results come.</summary>
    /// <exception cref="BadInputException">There is no such folder or list, or no case in it.</exception>
    public static IReadOnlyList<CaseSource> Of(ExtractOptions options)
    {
        if (options.Folder is { } folder)
            return CaseFolder.List(folder, options.Rois);
        if (options.List is { } list)
            return Listed(list, options.Rois);
        var image = options.Image!;
        if (options.Mask is null && IsNifti(image))
            throw new BadInputException("extract.source", $"'{image}' is an image alone; give its mask by --mask.", image);
        return [new(NameOf(image), image, options.Mask, options.Rois)];
    }

    /// <summary>Runs the plan on the case; anything wrong with its files is a failed result.</summary>
    /// <param name="isOneOfMany">Whether a file that the machine does not let be read is the failure of this case alone, too.</param>
    /// <exception cref="StorageException">A file of the only case cannot be read.</exception>
    public IReadOnlyList<RegionResult> Extract(IExtractionPlan plan, bool isOneOfMany, CancellationToken cancel)
    {
        try
        {
            using var images = ImageFiles.Open(Image);
            using var masks = Mask is null ? null : ImageFiles.Open(Mask);
            return CaseExtraction.Run(Id, images.Files, masks?.Files, Rois, plan, cancel);
        }
        catch (BadInputException problem)
        {
            return Failed(problem);
        }
        catch (StorageException problem) when (isOneOfMany)
        {
            return Failed(new(problem.Code, problem.Message, problem.Where));
        }
        catch (Exception problem) when (isOneOfMany && problem is (IOException or UnauthorizedAccessException))
        {
            return Failed(new("storage.read", $"A file of the case cannot be read: {problem.Message}", Image));
        }
    }

    private IReadOnlyList<RegionResult> Failed(BadInputException problem) =>
        [RegionResult.Failed(Id, string.Join('+', Rois), Pipeline.Outcome.ToFailure(problem))];

    /// <summary>The last part of a path, without the extension of an image.</summary>
    internal static string NameOf(string path)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        if (Directory.Exists(path))
            return name;
        var extension = NiftiExtensions.FirstOrDefault(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase));
        return extension is null ? Path.GetFileNameWithoutExtension(name) : name[..^extension.Length];
    }

    internal static bool IsNifti(string path) => NiftiExtensions.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    private static CaseSource[] Listed(string list, IReadOnlyList<string> rois)
    {
        if (!File.Exists(list))
            throw new BadInputException("file.missing", $"There is no file '{list}'.", list);
        using var stream = File.OpenRead(list);
        var folder = Path.GetDirectoryName(Path.GetFullPath(list))!;
        return
        [
            .. CaseList.Read(stream, list).Select(c => new CaseSource(
                c.Case, Path.Combine(folder, c.Image), c.Mask is null ? null : Path.Combine(folder, c.Mask), c.Roi is null ? rois : [c.Roi])),
        ];
    }
}
