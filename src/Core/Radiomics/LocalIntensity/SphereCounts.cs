namespace RadiogenomicsCloud.Radiomics.LocalIntensity;

/// <summary>
/// How many voxels of an image the sphere around a voxel has: fewer at the image's borders. Along an axis only the distance to the ends
/// matters, and no farther than the sphere reaches, so a small image without a voxel absent stands for all.
/// </summary>
internal sealed class SphereCounts
{
    private readonly (int Count, int Reach) _i;
    private readonly (int Count, int Reach) _j;
    private readonly (int Count, int Reach) _k;
    private readonly double[] _counts;

    public SphereCounts(PeakSphere sphere, int countI, int countJ, int countK)
    {
        (_i, _j, _k) = ((countI, sphere.ReachI), (countJ, sphere.ReachJ), (countK, sphere.ReachK));
        var (sizeI, sizeJ, sizeK) = (Size(_i), Size(_j), Size(_k));
        _counts = new double[sizeI * sizeJ * sizeK];
        // Disc by disc, then over the discs, as the sums are made.
        for (var distance = 0; distance <= sphere.ReachK; distance++)
        {
            for (var j = 0; j < sizeJ; j++)
            {
                for (var i = 0; i < sizeI; i++)
                {
                    var count = CountInDisc(sphere, distance, (i, sizeI), (j, sizeJ));
                    for (var k = 0; k < sizeK; k++)
                    {
                        var discs = distance == 0 ? 1 : (k >= distance ? 1 : 0) + (k < sizeK - distance ? 1 : 0);
                        _counts[i + (sizeI * (j + (sizeJ * k)))] += discs * count;
                    }
                }
            }
        }
    }

    /// <summary>Counts of the voxels of a row of the image: add <see cref="Column"/> of each.</summary>
    public ReadOnlySpan<double> Row(int j, int k) => _counts.AsSpan(Size(_i) * (Class(j, _j) + (Size(_j) * Class(k, _k))), Size(_i));

    public int Column(int i) => Class(i, _i);

    private static int CountInDisc(PeakSphere sphere, int distance, (int At, int Size) i, (int At, int Size) j)
    {
        var count = 0;
        for (var y = Math.Max(-j.At, -sphere.ReachJ); y <= Math.Min(j.Size - 1 - j.At, sphere.ReachJ); y++)
        {
            if (sphere.HalfWidth(Math.Abs(y), distance) is >= 0 and var halfWidth)
                count += Math.Min(i.At, halfWidth) + Math.Min(i.Size - 1 - i.At, halfWidth) + 1;
        }
        return count;
    }

    private static int Size((int Count, int Reach) axis) => Math.Min(axis.Count, (2 * axis.Reach) + 1);

    private static int Class(int at, (int Count, int Reach) axis)
    {
        var fromEnd = axis.Count - 1 - at;
        return at <= axis.Reach ? at
            : fromEnd < axis.Reach ? Size(axis) - 1 - fromEnd
            : axis.Reach;
    }
}
