using RadiogenomicsCloud.Imaging;

namespace RadiogenomicsCloud.Radiomics.LocalIntensity;

/// <summary>
/// The voxels whose centres lie within the 1 cm³ sphere around the centre of a voxel, as lines along i: the line at (±j, ±k) has the
/// voxels from −<see cref="HalfWidth"/> to +<see cref="HalfWidth"/>.
/// </summary>
internal sealed class PeakSphere
{
    /// <summary>(3/(4π))^⅓ cm.</summary>
    public static readonly double RadiusMm = 10 * Math.Cbrt(3 / (4 * Math.PI));

    private readonly int[][] _halfWidths;

    /// <param name="grid">Its counts bound the sphere: no two voxels of the image are farther apart.</param>
    public PeakSphere(GridGeometry grid)
    {
        _halfWidths = new int[Reach(grid.SpacingK, grid.CountK) + 1][];
        for (var k = 0; k < _halfWidths.Length; k++)
        {
            _halfWidths[k] = new int[Reach(grid.SpacingJ, grid.CountJ) + 1];
            for (var j = 0; j < _halfWidths[k].Length; j++)
            {
                var i = -1;
                while (i < grid.CountI - 1 && IsWithin(grid, i + 1, j, k))
                    i++;
                _halfWidths[k][j] = i;
            }
        }
        ReachI = _halfWidths[0][0];
    }

    /// <summary>The sphere's extent on either side of its centre, in voxels.</summary>
    public int ReachI { get; }

    public int ReachJ => _halfWidths[0].Length - 1;

    public int ReachK => _halfWidths.Length - 1;

    /// <summary>Of the line at these distances in voxels, 0 or more; −1 where the sphere has no voxel.</summary>
    public int HalfWidth(int j, int k) => _halfWidths[k][j];

    /// <summary>Whether a voxel this far from the centre is in the sphere.</summary>
    public static bool IsWithin(GridGeometry grid, int i, int j, int k)
    {
        var (x, y, z) = (i * grid.SpacingI, j * grid.SpacingJ, k * grid.SpacingK);
        return (x * x) + (y * y) + (z * z) <= RadiusMm * RadiusMm;
    }

    private static int Reach(double spacing, int count) => (int)Math.Min(count - 1, Math.Floor(RadiusMm / spacing));
}
