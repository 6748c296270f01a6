using RadiogenomicsCloud.Imaging;

namespace RadiogenomicsCloud.Cli;

/// <summary>The CT radiomics phantom of the IBSI as it is published: DICOM with a structure set, or a NIfTI image with its mask.</summary>
internal static class CtPhantomFolder
{
    private const string Region = "GTV-1";

    /// <summary>The image and the region <c>GTV-1</c>. Where a folder has both kinds of files, the DICOM files are taken.</summary>
    /// <exception cref="BadInputException">There is no such image or no such region below the folder.</exception>
    public static ImportedImage Read(string folder, CancellationToken cancel)
    {
        if (!Directory.Exists(folder))
            throw new BadInputException("verify.folder", $"There is no folder '{folder}'; --ct-phantom takes the folder of the IBSI's CT phantom.", folder);
        using var all = ImageFiles.Open(folder);
        var nifti = all.Files.Where(IsNifti).ToList();
        if (nifti.Count == 0 || all.Files.Any(f => f.Name.EndsWith(".dcm", StringComparison.OrdinalIgnoreCase)))
            return ImageImporter.Import([.. all.Files.Where(f => !IsNifti(f))], new("CT", null, Region), cancel);
        // Published as image.nii.gz and mask.nii.gz, or in folders of these names.
        var masks = nifti.Where(f => f.Name.Contains("mask", StringComparison.OrdinalIgnoreCase)).ToList();
        return ImageImporter.Import([.. nifti.Except(masks)], masks, new("CT", null, null), cancel);
    }

    private static bool IsNifti(ImageFile file) =>
        file.Name.EndsWith(".nii", StringComparison.OrdinalIgnoreCase) || file.Name.EndsWith(".nii.gz", StringComparison.OrdinalIgnoreCase);
}
