using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Radiomics.Morphology;

namespace RadiogenomicsCloud.Radiomics.PyRadiomics;

/// <summary>
/// The largest distance, in mm, between two vertices of the marching-cubes mesh in one plane of constant k. Such planes pass through the
/// voxel centres of a slice, or half-way between two slices where the vertices are the voxels that only one of the two has.
/// </summary>
internal static class PlaneDiameter
{
    public static double Of(Mask mask)
    {
        if (VoxelBox.Of(mask) is not { } box)
            return double.NaN;
        // Rows y = −1 .. 2·CountJ − 1 in half voxels: the extent of the plane's points along x.
        var min = new int[(2 * box.CountJ) + 1];
        var max = new int[min.Length];
        var squared = 0.0;
        for (var k = -1; k < box.CountK; k++)
        {
            if (k >= 0)
            {
                Clear(min, max);
                AddOutline(box, k, min, max);
                squared = Math.Max(squared, Squared(box, min, max));
            }
            Clear(min, max);
            AddChanges(box, k, min, max);
            squared = Math.Max(squared, Squared(box, min, max));
        }
        return Math.Sqrt(squared);
    }

    private static void Clear(int[] min, int[] max)
    {
        Array.Fill(min, int.MaxValue);
        Array.Fill(max, int.MinValue);
    }

    /// <summary>Points half a voxel beside the first and last voxel of each line: vertices, or between two vertices of the same plane.</summary>
    private static void AddOutline(VoxelBox box, int k, int[] min, int[] max)
    {
        for (var j = 0; j < box.CountJ; j++)
        {
            var line = box.Line(j, k);
            var (first, last) = (2 * line.IndexOf((byte)1), 2 * line.LastIndexOf((byte)1));
            if (first < 0)
                continue;
            for (var side = -1; side <= 1; side++)
            {
                var reach = side == 0 ? 1 : 0;
                var row = (2 * j) + side + 1;
                min[row] = Math.Min(min[row], first - reach);
                max[row] = Math.Max(max[row], last + reach);
            }
        }
    }

    /// <summary>Vertices between slices k and k + 1, either of which may lie outside.</summary>
    private static void AddChanges(VoxelBox box, int k, int[] min, int[] max)
    {
        for (var j = 0; j < box.CountJ; j++)
        {
            var below = k < 0 ? default : box.Line(j, k);
            var above = k + 1 == box.CountK ? default : box.Line(j, k + 1);
            for (var i = 0; i < box.CountI; i++)
            {
                if ((below.IsEmpty ? 0 : below[i]) == (above.IsEmpty ? 0 : above[i]))
                    continue;
                min[(2 * j) + 1] = Math.Min(min[(2 * j) + 1], 2 * i);
                max[(2 * j) + 1] = Math.Max(max[(2 * j) + 1], 2 * i);
            }
        }
    }

    private static double Squared(VoxelBox box, int[] min, int[] max)
    {
        var points = new List<LatticePoint>();
        HullCandidates.AddHull(min, 0, true, points);
        HullCandidates.AddHull(max, 0, false, points);
        var squared = 0.0;
        for (var a = 0; a < points.Count; a++)
        {
            for (var b = a + 1; b < points.Count; b++)
            {
                var x = (points[a].X - points[b].X) * (box.SpacingI / 2);
                var y = (points[a].Y - points[b].Y) * (box.SpacingJ / 2);
                squared = Math.Max(squared, (x * x) + (y * y));
            }
        }
        return squared;
    }
}
