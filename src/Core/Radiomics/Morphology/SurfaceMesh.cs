namespace RadiogenomicsCloud.Radiomics.Morphology;

/// <summary>
/// Volume and area of the closed marching-cubes surface of a mask at level 0.5. The surface is never stored: a cube's share depends
/// on its 256 configurations only, and the volume (divergence theorem) is summed in integers, so that it is exact wherever the ROI lies.
/// </summary>
/// <param name="Volume">mm³.</param>
/// <param name="Area">mm².</param>
internal sealed record SurfaceMesh(double Volume, double Area)
{
    private static readonly int[] Determinants = [.. Enumerable.Range(0, 256).Select(c => MarchingCubesTable.Triangles(c, 1, 1, 1).Sum(t => t.Determinant))];

    /// <summary>Twice the vector area of a configuration's triangles: what its determinant gains per unit of translation.</summary>
    private static readonly MarchingCubesTable.Vertex[] VectorAreas =
        [.. Enumerable.Range(0, 256).Select(c => MarchingCubesTable.Triangles(c, 1, 1, 1)
            .Aggregate(default(MarchingCubesTable.Vertex), (sum, t) => sum + t.DoubleArea))];

    public static SurfaceMesh Of(VoxelBox box)
    {
        var counts = new long[256];
        var determinant = 0L;
        // Four lines of corners with one voxel of border on each side; a cube is named by its corner 0, which may be at −1.
        var length = box.CountI + 2;
        var corners = new byte[4][];
        for (var line = 0; line < 4; line++)
            corners[line] = new byte[length];
        for (var k = -1; k < box.CountK; k++)
        {
            for (var j = -1; j < box.CountJ; j++)
            {
                var any = false;
                for (var line = 0; line < 4; line++)
                    any |= Load(box, j + (line & 1), k + (line >> 1), corners[line]);
                if (any)
                    determinant += Line(corners, j, k, counts);
            }
        }
        var volume = determinant / 6.0 * (box.SpacingI / 2) * (box.SpacingJ / 2) * (box.SpacingK / 2);
        return new(volume, AreaOf(box, counts));
    }

    private static bool Load(VoxelBox box, int j, int k, byte[] line)
    {
        var voxels = line.AsSpan(1, box.CountI);
        if (j < 0 || j >= box.CountJ || k < 0 || k >= box.CountK)
        {
            voxels.Clear();
            return false;
        }
        box.Line(j, k).CopyTo(voxels);
        return true;
    }

    private static long Line(byte[][] corners, int j, int k, long[] counts)
    {
        ReadOnlySpan<byte> a = corners[0], b = corners[1], c = corners[2], d = corners[3];
        var sum = 0L;
        for (var i = 0; i < a.Length - 1; i++)
        {
            var configuration = a[i] | (a[i + 1] << 1) | (b[i] << 2) | (b[i + 1] << 3)
                | (c[i] << 4) | (c[i + 1] << 5) | (d[i] << 6) | (d[i + 1] << 7);
            if (configuration is 0 or 255)
                continue;
            counts[configuration]++;
            var area = VectorAreas[configuration];
            sum += Determinants[configuration] + (2L * ((area.X * (i - 1L)) + (area.Y * (long)j) + (area.Z * (long)k)));
        }
        return sum;
    }

    private static double AreaOf(VoxelBox box, long[] counts)
    {
        var total = 0.0;
        for (var configuration = 1; configuration < 255; configuration++)
        {
            if (counts[configuration] > 0)
            {
                total += counts[configuration] * MarchingCubesTable.Triangles(configuration, box.SpacingI, box.SpacingJ, box.SpacingK)
                    .Sum(t => t.Area(box.SpacingI, box.SpacingJ, box.SpacingK));
            }
        }
        return total;
    }
}
