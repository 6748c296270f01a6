using RadiogenomicsCloud.Imaging;

namespace RadiogenomicsCloud.Radiomics.Morphology;

/// <summary>The ROI as a cloud of voxel centres.</summary>
/// <param name="Volume">Voxel count times voxel volume, mm³.</param>
/// <param name="Centre">Mean position in mm along the grid's axes, from the box's first voxel.</param>
/// <param name="Axes">Semi-axes 2·√λ of the principal components, mm; λ are the eigenvalues of the sample covariance. 0 for one voxel.</param>
internal sealed record VoxelCloud(double Volume, Point3 Centre, Ellipsoid Axes)
{
    public static VoxelCloud Of(VoxelBox box)
    {
        long count = 0, sumI = 0, sumJ = 0, sumK = 0;
        for (var k = 0; k < box.CountK; k++)
        {
            for (var j = 0; j < box.CountJ; j++)
            {
                var (inLine, at) = (0L, 0L);
                var line = box.Line(j, k);
                for (var i = 0; i < line.Length; i++)
                {
                    inLine += line[i];
                    at += line[i] * (long)i;
                }
                count += inLine;
                sumI += at;
                sumJ += inLine * j;
                sumK += inLine * k;
            }
        }
        var (meanI, meanJ, meanK) = ((double)sumI / count, (double)sumJ / count, (double)sumK / count);
        double xx = 0, yy = 0, zz = 0, xy = 0, xz = 0, yz = 0;
        for (var k = 0; k < box.CountK; k++)
        {
            for (var j = 0; j < box.CountJ; j++)
            {
                // Along a line only x changes, so a line is three sums.
                double n = 0, s = 0, ss = 0;
                var line = box.Line(j, k);
                for (var i = 0; i < line.Length; i++)
                {
                    if (line[i] == 0)
                        continue;
                    var dx = (i - meanI) * box.SpacingI;
                    n++;
                    s += dx;
                    ss += dx * dx;
                }
                var (dy, dz) = ((j - meanJ) * box.SpacingJ, (k - meanK) * box.SpacingK);
                xx += ss;
                yy += n * dy * dy;
                zz += n * dz * dz;
                xy += s * dy;
                xz += s * dz;
                yz += n * dy * dz;
            }
        }
        var d = Math.Max(1, count - 1);
        var (major, minor, least) = SymmetricEigenvalues.OfPositiveSemiDefinite(xx / d, yy / d, zz / d, xy / d, xz / d, yz / d);
        return new(
            count * box.SpacingI * box.SpacingJ * box.SpacingK,
            new(meanI * box.SpacingI, meanJ * box.SpacingJ, meanK * box.SpacingK),
            new(2 * Math.Sqrt(major), 2 * Math.Sqrt(minor), 2 * Math.Sqrt(least)));
    }
}
