using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics.Morphology;

namespace RadiogenomicsCloud.Core.Tests.Radiomics.Morphology;

/// <summary>Regions made by rule, and the family's values by tag.</summary>
internal static class MorphologyCase
{
    private static readonly MorphologyFamily Family = new();

    public static Dictionary<string, double> Compute(RegionOfInterest roi) => Regions.Compute(Family, roi);

    /// <summary>A region of all voxels whose centre (in mm from the grid's centre) is inside.</summary>
    public static RegionOfInterest Region(
        int countI, int countJ, int countK, Func<Point3, bool> inside, double spacingI = 1, double spacingJ = 1, double spacingK = 1,
        Func<int, int, int, double>? intensity = null)
    {
        var grid = GridGeometry.AxisAligned(countI, countJ, countK, spacingI, spacingJ, spacingK);
        var mask = new byte[grid.VoxelCount];
        var values = new double[grid.VoxelCount];
        var centre = grid.ToPatient((countI - 1) / 2.0, (countJ - 1) / 2.0, (countK - 1) / 2.0);
        for (var k = 0; k < countK; k++)
        {
            for (var j = 0; j < countJ; j++)
            {
                for (var i = 0; i < countI; i++)
                {
                    mask[grid.Index(i, j, k)] = inside(grid.ToPatient(i, j, k) - centre) ? (byte)1 : (byte)0;
                    values[grid.Index(i, j, k)] = intensity?.Invoke(i, j, k) ?? 1 + i + (j * 0.5) - (k * 0.25);
                }
            }
        }
        return Of(grid, mask, values);
    }

    public static RegionOfInterest Of(GridGeometry grid, byte[] mask, double[] values)
    {
        var roi = new Mask(grid, mask);
        return new(new(grid, values, IntensityUnit.Arbitrary), roi, roi, null);
    }

    /// <summary>The boxes of a mask, as the family cuts them.</summary>
    public static VoxelBox Box(RegionOfInterest roi) => VoxelBox.Of(roi.MorphologicalMask)!;
}
