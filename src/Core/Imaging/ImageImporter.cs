using RadiogenomicsCloud.Imaging.Dicom;
using RadiogenomicsCloud.Imaging.Nifti;
using RadiogenomicsCloud.Imaging.Structures;

namespace RadiogenomicsCloud.Imaging;

/// <summary>What <see cref="ImageImporter.Check(IReadOnlyList{ImageFile}, ImageSelection, CancellationToken)"/> found without reading the
/// image's pixels.</summary>
/// <param name="Description">Series Description, or the NIfTI file's name without extension; null where there is none.</param>
/// <param name="Source">Series instance UID, or the NIfTI file's name.</param>
/// <param name="RoiVoxels">Voxels of the mask, at least 1.</param>
public sealed record ImageCheck(
    string Modality, string? Description, string Source, GridGeometry Grid, IReadOnlyList<string> Roi, int RoiVoxels, IReadOnlyList<string> Warnings);

/// <summary>
/// From the files of a case to an image and its mask on one grid: finds the series by modality and description, the ROI that was drawn on
/// it, reads both and checks that they share a space. DICOM in any arrangement (with RTSTRUCT or SEG), or NIfTI
/// (<c>name.nii[.gz]</c> with <c>name.mask.nii[.gz]</c>). Everything that forbids the analysis is a <see cref="BadInputException"/>; what
/// does not is a warning of the result. Pixels of other series are not read.
/// </summary>
/// <remarks>
/// A case that has both kinds of images is read as DICOM if it has a series of the modality. NIfTI states neither modality nor unit: those
/// of the selection are taken (CT: Hounsfield units, PT: SUV by body weight, with a warning; else arbitrary).
/// </remarks>
public static class ImageImporter
{
    /// <summary>The image and mask that the selection means among the files of a case.</summary>
    public static ImportedImage Import(IReadOnlyList<ImageFile> files, ImageSelection selection, CancellationToken cancel) =>
        Prepare(files, null, selection, cancel).Load(cancel);

    /// <summary>An image and a mask given apart, each as files of any kind: <c>extract --image P --mask P</c>.</summary>
    public static ImportedImage Import(
        IReadOnlyList<ImageFile> imageFiles, IReadOnlyList<ImageFile> maskFiles, ImageSelection selection, CancellationToken cancel) =>
        Prepare(imageFiles, maskFiles, selection, cancel).Load(cancel);

    /// <summary>
    /// An image and several of its regions, each with a mask of its own, to be imported one after the other; the image is read once.
    /// </summary>
    /// <param name="maskFiles">Null where they are among <paramref name="imageFiles"/>.</param>
    /// <param name="rois">
    /// Names or <c>/regular expressions/</c>; each region that one of them matches is taken by itself, or all matches of one joined where
    /// the selection says union. <see cref="ImageRegions.All"/> takes every region there is. Labels of a NIfTI mask are named by their
    /// number, a mask without several labels also by its file's name. Empty takes the selection's.
    /// </param>
    /// <param name="label">The label of a NIfTI mask that is taken where <paramref name="rois"/> and selection name no region; null takes all.</param>
    /// <exception cref="BadInputException">
    /// As <see cref="Import(IReadOnlyList{ImageFile}, ImageSelection, CancellationToken)"/>, but that a region cannot be found is told
    /// when it is imported.
    /// </exception>
    public static ImageRegions Open(
        IReadOnlyList<ImageFile> imageFiles, IReadOnlyList<ImageFile>? maskFiles, ImageSelection selection, IReadOnlyList<string> rois, int? label, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(rois);
        var prepared = Prepare(imageFiles, maskFiles, selection, cancel);
        return new ImageRegions(prepared, prepared.Regions(rois, label, cancel));
    }

    /// <summary>All that <see cref="Import(IReadOnlyList{ImageFile}, ImageSelection, CancellationToken)"/> does but reading the image's
    /// pixels; the same errors.</summary>
    public static ImageCheck Check(IReadOnlyList<ImageFile> files, ImageSelection selection, CancellationToken cancel) =>
        Prepare(files, null, selection, cancel).Check(cancel);

    /// <summary>As above for an image and a mask given apart.</summary>
    public static ImageCheck Check(
        IReadOnlyList<ImageFile> imageFiles, IReadOnlyList<ImageFile> maskFiles, ImageSelection selection, CancellationToken cancel) =>
        Prepare(imageFiles, maskFiles, selection, cancel).Check(cancel);

    private static ImageImporterCase Prepare(
        IReadOnlyList<ImageFile> imageFiles, IReadOnlyList<ImageFile>? maskFiles, ImageSelection selection, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(imageFiles);
        ArgumentNullException.ThrowIfNull(selection);
        var images = ImageInventory.Scan(imageFiles, cancel);
        var masks = maskFiles is null ? images : ImageInventory.Scan(maskFiles, cancel);
        var ofModality = images.Series.Any(s =>
            selection.Modality is null || string.Equals(s.Modality, selection.Modality, StringComparison.OrdinalIgnoreCase));
        return ofModality || images.NiftiFiles.Count == 0
            ? ImageImporterCase.OfSeries(SeriesChoice.Choose(images, selection), images, masks, selection)
            : ImageImporterCase.OfNifti(NiftiChoice.Image(images.NiftiFiles, selection), images, masks, selection);
    }
}
