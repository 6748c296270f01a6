namespace RadiogenomicsCloud.Imaging;

/// <summary>
/// A regular voxel grid in patient space. Voxel (i, j, k) has its centre at
/// <c>Origin + AxisI·i·SpacingI + AxisJ·j·SpacingJ + AxisK·k·SpacingK</c>; i runs along a row (columns, DICOM x), j down the rows
/// (DICOM y), k along the slice normal. Linear index = i + CountI·(j + CountJ·k).
/// </summary>
/// <param name="CountI">Voxels along i (DICOM Columns), at least 1; likewise <paramref name="CountJ"/> (Rows) and <paramref name="CountK"/> (slices).</param>
/// <param name="SpacingI">Distance in mm between centres along i, positive; likewise J and K.</param>
/// <param name="Origin">Centre of voxel (0, 0, 0), LPS mm.</param>
/// <param name="AxisI">Unit vector of increasing i; with <paramref name="AxisJ"/> and <paramref name="AxisK"/> orthonormal, in either handedness.</param>
public sealed record GridGeometry(
    int CountI, int CountJ, int CountK,
    double SpacingI, double SpacingJ, double SpacingK,
    Point3 Origin, Point3 AxisI, Point3 AxisJ, Point3 AxisK)
{
    /// <summary>Corners of image and mask must agree within this many voxels. A stated limit of the product, not a setting.</summary>
    public const double CornerToleranceVoxels = 0.01;

    public int VoxelCount => checked(CountI * CountJ * CountK);

    /// <summary>An axis-aligned grid with its first voxel centre at <paramref name="origin"/> (default: 0, 0, 0).</summary>
    public static GridGeometry AxisAligned(
        int countI, int countJ, int countK, double spacingI, double spacingJ, double spacingK, Point3 origin = default) =>
        new(countI, countJ, countK, spacingI, spacingJ, spacingK, origin, new(1, 0, 0), new(0, 1, 0), new(0, 0, 1));

    public int Index(int i, int j, int k) => i + (CountI * (j + (CountJ * k)));

    /// <summary>Patient position (LPS mm) of continuous voxel indices; integers are voxel centres.</summary>
    public Point3 ToPatient(double i, double j, double k) =>
        Origin + (AxisI * (i * SpacingI)) + (AxisJ * (j * SpacingJ)) + (AxisK * (k * SpacingK));

    /// <summary>Continuous voxel indices of a patient position; the inverse of <see cref="ToPatient"/>.</summary>
    public Point3 ToVoxel(Point3 patient)
    {
        var d = patient - Origin;
        return new(d.Dot(AxisI) / SpacingI, d.Dot(AxisJ) / SpacingJ, d.Dot(AxisK) / SpacingK);
    }

    /// <summary>
    /// The largest distance, in voxels of this grid, between corresponding corner voxels of the two grids;
    /// positive infinity if their counts differ.
    /// </summary>
    public double CornerDistanceVoxels(GridGeometry other)
    {
        if (CountI != other.CountI || CountJ != other.CountJ || CountK != other.CountK)
            return double.PositiveInfinity;
        var worst = 0.0;
        for (var corner = 0; corner < 8; corner++)
        {
            var i = (corner & 1) == 0 ? 0 : CountI - 1;
            var j = (corner & 2) == 0 ? 0 : CountJ - 1;
            var k = (corner & 4) == 0 ? 0 : CountK - 1;
            var v = ToVoxel(other.ToPatient(i, j, k));
            worst = Math.Max(worst, Math.Max(Math.Abs(v.X - i), Math.Max(Math.Abs(v.Y - j), Math.Abs(v.Z - k))));
        }
        return worst;
    }

    /// <summary>Whether both grids are the same within <see cref="CornerToleranceVoxels"/>.</summary>
    public bool SharesSpaceWith(GridGeometry other) => CornerDistanceVoxels(other) <= CornerToleranceVoxels;
}
