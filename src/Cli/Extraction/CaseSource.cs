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

    /// <summary>The region of this label where no region is named and the mask is a NIfTI file; contours have names, not labels.</summary>
    public CaseSource WithLabel(string label) => Rois.Count == 0 && Mask is not null && IsNifti(Mask) ? this with { Rois = [label] } : this;

    /// <summary>Runs the plan on the case; anything wrong with its files is a failed result.</summary>
    public IReadOnlyList<RegionResult> Extract(IExtractionPlan plan, CancellationToken cancel)
    {
        try
        {
            using var images = ImageFiles.Open(Image);
            using var masks = Mask is null ? null : ImageFiles.Open(Mask);
            return CaseExtraction.Run(Id, images.Files, masks?.Files, Rois, plan, cancel);
        }
        catch (BadInputException problem)
        {
            return [RegionResult.Failed(Id, string.Join('+', Rois), Pipeline.Outcome.ToFailure(problem))];
        }
    }

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
