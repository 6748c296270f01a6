using System.Globalization;
using RadiogenomicsCloud.Imaging.Structures;

namespace RadiogenomicsCloud.Imaging.Nifti;

/// <summary>A NIfTI mask brought onto the grid of its image.</summary>
internal static class NiftiMask
{
    /// <summary>
    /// Reads the mask, exchanging and reversing axes where it is stored in another order of the same grid. Every voxel of at least 0.5 is
    /// inside, unless <paramref name="roi"/> is an integer: then that label alone.
    /// </summary>
    /// <exception cref="BadInputException">
    /// <c>mask.space</c>, saying by how much; <c>roi.not-found</c>, listing the labels; <c>roi.empty</c>; those of
    /// <see cref="NiftiReader"/>.
    /// </exception>
    public static Mask Read(ImageFile file, string? roi, GridGeometry grid, string image, List<string> warnings, out string name, CancellationToken cancel)
    {
        // The header first: a mask of another space is refused before its voxels are read.
        var stored = NiftiReader.ReadGrid(file, out _);
        var map = LatticeMap.Find(stored, grid, sliceSubset: false, out var distance)
            ?? throw LatticeMap.NotShared(file.Name, stored, image, grid, distance);
        int? label = int.TryParse(roi, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        var mask = NiftiReader.ReadMask(file, label, out var labels, out var notes, cancel);
        if (mask.Count() == 0)
        {
            throw label is not null && labels.Count > 0
                ? new BadInputException("roi.not-found",
                    $"The mask '{file.Name}' has no label {label}; it has {string.Join(", ", labels.Take(20))}.", file.Name)
                : new BadInputException("roi.empty", $"The mask '{file.Name}' holds no voxel of the image.", file.Name);
        }
        warnings.AddRange(notes);
        if (label is null && labels.Count > 1)
            warnings.Add($"The mask '{file.Name}' holds {labels.Count} labels; all are taken together. Name one as the ROI to select it.");
        name = label?.ToString(CultureInfo.InvariantCulture) ?? NiftiChoice.BaseName(file.Name);
        var values = new byte[grid.VoxelCount];
        map.Set(mask.Values, stored, values);
        return new Mask(grid, values);
    }
}
