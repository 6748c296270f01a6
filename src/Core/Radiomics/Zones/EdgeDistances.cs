using System.Numerics;
using System.Runtime.InteropServices;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Radiomics.Zones;

/// <summary>
/// How many steps through faces (6-connected in the volume, 4-connected in a slice) a voxel of a mask is from the nearest position
/// outside it, so that a voxel on the edge has distance 1. What is outside the image is outside the mask.
/// </summary>
/// <remarks>The city-block transform in two raster passes (Rosenfeld and Pfaltz 1968), exact and linear in the voxels of the mask's box.</remarks>
internal sealed class EdgeDistances
{
    private readonly IndexBox box;

    // At most half the least extent in which steps may go, rounded up, of a grid of less than 2³¹ voxels: 16 bits hold it.
    private readonly ushort[] distances;

    private EdgeDistances(IndexBox box)
    {
        this.box = box;
        distances = new ushort[box.CountI * box.CountJ * box.CountK];
    }

    /// <summary>Steps may lead to other slices.</summary>
    public static EdgeDistances InVolume(Mask mask) => Of(mask, inVolume: true);

    /// <summary>Steps stay in the slice.</summary>
    public static EdgeDistances InSlices(Mask mask) => Of(mask, inVolume: false);

    /// <summary>Distances of <paramref name="count"/> voxels along i from this one of the mask's grid on; the mask's box holds them.</summary>
    public ReadOnlySpan<ushort> Row(int i, int j, int k, int count) =>
        Line(j - box.StartJ, k - box.StartK).Slice(i - box.StartI, count);

    private static EdgeDistances Of(Mask mask, bool inVolume)
    {
        var box = IndexBox.Around(mask.Grid, mask.Values) ?? default;
        var map = new EdgeDistances(box);
        var outside = new ushort[box.CountI];
        var nearest = new ushort[box.CountI];
        for (var k = 0; k < box.CountK; k++)
        {
            for (var j = 0; j < box.CountJ; j++)
            {
                var inside = mask.Values.AsSpan(mask.Grid.Index(box.StartI, box.StartJ + j, box.StartK + k), box.CountI);
                var above = j == 0 ? outside : map.Line(j - 1, k);
                Forward(inside, above, !inVolume ? above : k == 0 ? outside : map.Line(j, k - 1), map.Line(j, k));
            }
        }
        for (var k = box.CountK - 1; k >= 0; k--)
        {
            for (var j = box.CountJ - 1; j >= 0; j--)
            {
                var below = j == box.CountJ - 1 ? outside : map.Line(j + 1, k);
                Backward(below, !inVolume ? below : k == box.CountK - 1 ? outside : map.Line(j, k + 1), nearest, map.Line(j, k));
            }
        }
        return map;
    }

    private static void Forward(ReadOnlySpan<byte> inside, ReadOnlySpan<ushort> above, ReadOnlySpan<ushort> before, Span<ushort> line)
    {
        // From the rows before, many voxels at once; then along the row, within the mask.
        Nearest(above, before, line);
        var left = 0;
        for (var i = 0; i < line.Length; i++)
        {
            left = inside[i] != 0 ? Math.Min(left, line[i]) + 1 : 0;
            line[i] = (ushort)left;
        }
    }

    private static void Backward(ReadOnlySpan<ushort> below, ReadOnlySpan<ushort> after, Span<ushort> nearest, Span<ushort> line)
    {
        Nearest(below, after, nearest);
        var right = 0;
        for (var i = line.Length - 1; i >= 0; i--)
        {
            right = Math.Min(line[i], Math.Min(right, nearest[i]) + 1);
            line[i] = (ushort)right;
        }
    }

    private static void Nearest(ReadOnlySpan<ushort> a, ReadOnlySpan<ushort> b, Span<ushort> least)
    {
        var first = MemoryMarshal.Cast<ushort, Vector<ushort>>(a);
        var second = MemoryMarshal.Cast<ushort, Vector<ushort>>(b);
        var to = MemoryMarshal.Cast<ushort, Vector<ushort>>(least);
        for (var v = 0; v < to.Length; v++)
            to[v] = Vector.Min(first[v], second[v]);
        for (var i = to.Length * Vector<ushort>.Count; i < least.Length; i++)
            least[i] = Math.Min(a[i], b[i]);
    }

    private Span<ushort> Line(int j, int k) => distances.AsSpan(box.CountI * (j + (box.CountJ * k)), box.CountI);
}
