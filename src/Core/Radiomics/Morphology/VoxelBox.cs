using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Radiomics.Morphology;

/// <summary>
/// A mask cut to the smallest box around its voxels: everything after it depends on the ROI's shape alone, not on where it lies.
/// </summary>
/// <param name="CountI">Voxels of the box along i; likewise J and K.</param>
/// <param name="StartI">Index of the box's first voxel in the mask's grid; likewise J and K.</param>
/// <param name="Inside">1 inside, 0 outside, i fastest.</param>
internal sealed record VoxelBox(
    int CountI, int CountJ, int CountK, int StartI, int StartJ, int StartK, byte[] Inside, double SpacingI, double SpacingJ, double SpacingK)
{
    /// <summary>Null for an empty mask.</summary>
    public static VoxelBox? Of(Mask mask)
    {
        if (IndexBox.Around(mask.Grid, mask.Values) is not { } box)
            return null;
        var inside = box.Copy<byte>(mask.Grid, mask.Values);
        foreach (ref var voxel in inside.AsSpan())
            voxel = voxel != 0 ? (byte)1 : (byte)0;
        return new(
            box.CountI, box.CountJ, box.CountK, box.StartI, box.StartJ, box.StartK, inside,
            mask.Grid.SpacingI, mask.Grid.SpacingJ, mask.Grid.SpacingK);
    }

    /// <summary>One line of voxels along i.</summary>
    public ReadOnlySpan<byte> Line(int j, int k) => Inside.AsSpan(CountI * (j + (CountJ * k)), CountI);

    /// <summary>The intensities of one line of voxels, of an image on the mask's grid.</summary>
    public ReadOnlySpan<double> LineOf(Volume image, int j, int k) =>
        image.Values.AsSpan(image.Grid.Index(StartI, StartJ + j, StartK + k), CountI);
}
