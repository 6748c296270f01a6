namespace RadiogenomicsCloud.Radiomics.Morphology;

/// <summary>A point in half voxels relative to the centre of the box's first voxel.</summary>
internal readonly record struct LatticePoint(int X, int Y, int Z);

/// <summary>
/// The few mesh vertices that can lie on the convex hull. The hull of the marching-cubes vertices is that of the points half a voxel
/// from each ROI voxel along each axis: such a point is a vertex, or lies between two vertices of its line. Of these, each plane of
/// constant z keeps the vertices of its own two-dimensional hull.
/// </summary>
internal static class HullCandidates
{
    public static List<LatticePoint> Of(VoxelBox box)
    {
        var first = new int[box.CountJ * box.CountK];
        var last = new int[box.CountJ * box.CountK];
        for (var k = 0; k < box.CountK; k++)
        {
            for (var j = 0; j < box.CountJ; j++)
            {
                var line = box.Line(j, k);
                first[j + (box.CountJ * k)] = line.IndexOf((byte)1);
                last[j + (box.CountJ * k)] = line.LastIndexOf((byte)1);
            }
        }

        var result = new List<LatticePoint>();
        // Rows y = −1 .. 2·CountJ − 1 of one plane: the extent along x, or none.
        var min = new int[(2 * box.CountJ) + 1];
        var max = new int[min.Length];
        for (var z = -1; z < 2 * box.CountK; z++)
        {
            Array.Fill(min, int.MaxValue);
            Array.Fill(max, int.MinValue);
            if ((z & 1) == 0)
                AddSlice(z / 2, withSides: true);
            if ((z & 1) != 0 && z > 0)
                AddSlice((z - 1) / 2, withSides: false);
            if ((z & 1) != 0 && (z + 1) / 2 < box.CountK)
                AddSlice((z + 1) / 2, withSides: false);
            AddHull(min, z, true, result);
            AddHull(max, z, false, result);
        }
        return result;

        void AddSlice(int k, bool withSides)
        {
            for (var j = 0; j < box.CountJ; j++)
            {
                var (from, to) = (2 * first[j + (box.CountJ * k)], 2 * last[j + (box.CountJ * k)]);
                if (from < 0)
                    continue;
                var side = withSides ? 1 : 0;
                for (var y = (2 * j) - side; y <= (2 * j) + side; y++)
                {
                    var reach = y == 2 * j ? side : 0;
                    min[y + 1] = Math.Min(min[y + 1], from - reach);
                    max[y + 1] = Math.Max(max[y + 1], to + reach);
                }
            }
        }
    }

    /// <summary>One side of the plane's hull by a monotone chain over y.</summary>
    internal static void AddHull(int[] bound, int z, bool lower, List<LatticePoint> result)
    {
        var start = result.Count;
        var sign = lower ? 1L : -1L;
        for (var row = 0; row < bound.Length; row++)
        {
            if (bound[row] is int.MaxValue or int.MinValue)
                continue;
            var point = new LatticePoint(bound[row], row - 1, z);
            while (result.Count - start >= 2 && sign * Turn(result[^2], result[^1], point) <= 0)
                result.RemoveAt(result.Count - 1);
            result.Add(point);
        }
    }

    /// <summary>Positive where b lies at lower x than the line from a to c.</summary>
    private static long Turn(LatticePoint a, LatticePoint b, LatticePoint c) =>
        ((c.X - a.X) * (long)(b.Y - a.Y)) - ((b.X - a.X) * (long)(c.Y - a.Y));
}
