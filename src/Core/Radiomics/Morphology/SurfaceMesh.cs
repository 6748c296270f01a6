using System.Runtime.InteropServices;

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
        // Columns of four corners across j and k with one voxel of border on each side, and the cubes that neighbouring columns make; a
        // cube is named by its corner 0, which may be at −1.
        var columns = new byte[box.CountI + 2];
        var cubes = new byte[box.CountI + 1];
        for (var k = -1; k < box.CountK; k++)
        {
            for (var j = -1; j < box.CountJ; j++)
            {
                Array.Clear(columns);
                for (var line = 0; line < 4; line++)
                    AddCorner(box, j + (line & 1), k + (line >> 1), 2 * line, columns.AsSpan(1, box.CountI));
                for (var i = 0; i < cubes.Length; i++)
                    cubes[i] = (byte)(columns[i] | (columns[i + 1] << 1));
                determinant += Line(cubes, j, k, counts);
            }
        }
        var volume = determinant / 6.0 * (box.SpacingI / 2) * (box.SpacingJ / 2) * (box.SpacingK / 2);
        return new(volume, AreaOf(box, counts));
    }

    private static void AddCorner(VoxelBox box, int j, int k, int shift, Span<byte> columns)
    {
        if (j < 0 || j >= box.CountJ || k < 0 || k >= box.CountK)
            return;
        var line = box.Line(j, k);
        var from = MemoryMarshal.Cast<byte, ulong>(line);
        var to = MemoryMarshal.Cast<byte, ulong>(columns);
        // Voxels are 0 or 1: a shift of eight at a time stays within each.
        for (var v = 0; v < from.Length; v++)
            to[v] |= from[v] << shift;
        for (var i = from.Length * sizeof(ulong); i < line.Length; i++)
            columns[i] |= (byte)(line[i] << shift);
    }

    private static long Line(ReadOnlySpan<byte> cubes, int j, int k, long[] counts)
    {
        long sum = 0, areaJ = 0, areaK = 0;
        for (var i = 0; i < cubes.Length; i++)
        {
            var configuration = cubes[i];
            if (configuration is 0 or 255)
            {
                // Inside and outside come in runs.
                var run = cubes[i..].IndexOfAnyExcept(configuration);
                if (run < 0)
                    break;
                i += run;
                configuration = cubes[i];
                if (configuration is 0 or 255)
                {
                    i--;
                    continue;
                }
            }
            counts[configuration]++;
            var area = VectorAreas[configuration];
            sum += Determinants[configuration] + (2 * area.X * (i - 1L));
            areaJ += area.Y;
            areaK += area.Z;
        }
        return sum + (2 * ((areaJ * j) + (areaK * k)));
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
