using RadiogenomicsCloud.Imaging;

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
        var grid = mask.Grid;
        int minI = int.MaxValue, minJ = int.MaxValue, minK = int.MaxValue, maxI = -1, maxJ = -1, maxK = -1;
        for (var k = 0; k < grid.CountK; k++)
        {
            for (var j = 0; j < grid.CountJ; j++)
            {
                var line = mask.Values.AsSpan(grid.Index(0, j, k), grid.CountI);
                var first = line.IndexOfAnyExcept((byte)0);
                if (first < 0)
                    continue;
                minI = Math.Min(minI, first);
                maxI = Math.Max(maxI, line.LastIndexOfAnyExcept((byte)0));
                minJ = Math.Min(minJ, j);
                maxJ = Math.Max(maxJ, j);
                minK = Math.Min(minK, k);
                maxK = k;
            }
        }
        if (maxI < 0)
            return null;
        var (countI, countJ, countK) = (maxI - minI + 1, maxJ - minJ + 1, maxK - minK + 1);
        var inside = new byte[countI * countJ * countK];
        for (var k = 0; k < countK; k++)
        {
            for (var j = 0; j < countJ; j++)
            {
                var source = mask.Values.AsSpan(grid.Index(minI, minJ + j, minK + k), countI);
                var target = inside.AsSpan(countI * (j + (countJ * k)), countI);
                for (var i = 0; i < countI; i++)
                    target[i] = source[i] != 0 ? (byte)1 : (byte)0;
            }
        }
        return new(countI, countJ, countK, minI, minJ, minK, inside, grid.SpacingI, grid.SpacingJ, grid.SpacingK);
    }

    /// <summary>One line of voxels along i.</summary>
    public ReadOnlySpan<byte> Line(int j, int k) => Inside.AsSpan(CountI * (j + (CountJ * k)), CountI);
}
