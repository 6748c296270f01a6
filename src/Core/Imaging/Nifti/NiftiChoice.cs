using RadiogenomicsCloud.Imaging.Structures;

namespace RadiogenomicsCloud.Imaging.Nifti;

/// <summary>The NIfTI image that a selection means and the mask beside it: <c>name.nii[.gz]</c> and <c>name.mask.nii[.gz]</c>.</summary>
internal static class NiftiChoice
{
    private const string MaskSuffix = ".mask";

    /// <summary>Whether a file is named as a mask.</summary>
    public static bool IsMask(ImageFile file) => Stem(file.Name).EndsWith(MaskSuffix, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="BadInputException"><c>image.none</c>, <c>image.several</c>; both list the images that there are.</exception>
    public static ImageFile Image(IReadOnlyList<ImageFile> nifti, ImageSelection selection)
    {
        var images = nifti.Where(f => !IsMask(f)).ToList();
        var description = selection.Description is { } text ? new NamePattern(text) : null;
        var chosen = description is null
            ? images
            : [.. images.Where(f => description.Matches(BaseName(f.Name)) || description.Matches(Stem(f.Name)))];
        if (chosen.Count == 1)
            return chosen[0];
        var wanted = description is null ? "NIfTI image" : $"NIfTI image named {description}";
        var there = Listing.Of([.. (chosen.Count > 1 ? chosen : images).Select(f => $"'{f.Name}'")]);
        throw chosen.Count == 0
            ? new BadInputException("image.none",
                $"There is no {wanted}; {(images.Count > 0 ? $"there are {there}" : "there is none at all")}.")
            : new BadInputException("image.several",
                $"There are {chosen.Count} of {wanted}: {there}; name one by the image's description (its file name without extension).");
    }

    /// <exception cref="BadInputException"><c>roi.none</c>, <c>roi.several</c>.</exception>
    public static ImageFile MaskOf(ImageFile image, IReadOnlyList<ImageFile> nifti)
    {
        var stem = Stem(image.Name) + MaskSuffix;
        var masks = nifti.Where(f => string.Equals(Stem(f.Name), stem, StringComparison.OrdinalIgnoreCase)).ToList();
        return masks.Count switch
        {
            1 => masks[0],
            0 => throw new BadInputException("roi.none",
                $"The image '{image.Name}' has no mask; put '{stem}.nii.gz' beside it.", image.Name),
            _ => throw new BadInputException("roi.several",
                $"The image '{image.Name}' has {masks.Count} masks: {string.Join(", ", masks.Select(m => $"'{m.Name}'"))}; keep "
                + "one.", image.Name),
        };
    }

    /// <summary>The file name without folders and extensions.</summary>
    public static string BaseName(string name)
    {
        var stem = Stem(name);
        return stem[(stem.LastIndexOf('/') + 1)..];
    }

    private static string Stem(string name)
    {
        foreach (var extension in (ReadOnlySpan<string>)[".nii.gz", ".nii"])
        {
            if (name.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
                return name[..^extension.Length];
        }
        return name;
    }
}
