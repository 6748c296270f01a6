using System.Numerics;
using System.Runtime.InteropServices;
using RadiogenomicsCloud.Imaging;

namespace RadiogenomicsCloud.Preprocessing;

/// <summary>
/// Voxels without a finite intensity (NaN or infinite) cannot have been measured. An interpolated voxel counts as measured only if all
/// voxels that its kernel weighs are; the spline's prefilter, which reads the whole line, sees a filled value in the others' place.
/// </summary>
internal static class UnmeasuredVoxels
{
    /// <summary>1 where a value is not finite; null, after one quick pass, where all are.</summary>
    public static byte[]? In(ReadOnlySpan<double> values)
    {
        if (AllFinite(values))
            return null;
        var flags = new byte[values.Length];
        for (var v = 0; v < flags.Length; v++)
            flags[v] = double.IsFinite(values[v]) ? (byte)0 : (byte)1;
        return flags;
    }

    /// <summary>The mask without unmeasured voxels; the same instance where there are none in it.</summary>
    public static Mask Without(byte[]? unmeasured, Mask mask)
    {
        if (unmeasured is null)
            return mask;
        var inside = (byte[])mask.Values.Clone();
        var left = 0;
        for (var v = 0; v < inside.Length; v++)
        {
            if (inside[v] == 0 || unmeasured[v] == 0)
                continue;
            inside[v] = 0;
            left++;
        }
        return left == 0 ? mask : new(mask.Grid, inside);
    }

    public static void SetNaN(Span<double> values, byte[] unmeasured)
    {
        for (var v = 0; v < values.Length; v++)
        {
            if (unmeasured[v] != 0)
                values[v] = double.NaN;
        }
    }

    /// <summary>
    /// Gives unmeasured voxels the mean of their measured neighbours (six in 3D), ring by ring from the measured ones inwards: no step for the
    /// spline to ring at, no order of voxels that would show, and nothing but what lies next to them. Along axes that are not interpolated
    /// voxels are no neighbours. 0 where nothing is measured.
    /// </summary>
    public static void FillInPlace(Span<double> values, byte[] unmeasured, IndexBox box, AxisMap[] axes)
    {
        var (countI, countJ) = (box.CountI, box.CountJ);
        var (endI, endJ, endK) = (Last(0, countI), Last(1, countJ), Last(2, box.CountK));
        const byte Known = 0, Queued = 2;
        var state = (byte[])unmeasured.Clone();
        var (strideJ, strideK) = (countI, countI * countJ);
        List<int> ring = [], next = [];
        Span<int> around = stackalloc int[6];
        for (var v = 0; v < state.Length; v++)
        {
            if (state[v] == Known)
                continue;
            values[v] = 0;
            var neighbours = Neighbours(v, around);
            foreach (var n in around[..neighbours])
            {
                if (state[n] != Known)
                    continue;
                ring.Add(v);
                state[v] = Queued;
                break;
            }
        }
        var fills = new List<double>();
        while (ring.Count > 0)
        {
            fills.Clear();
            foreach (var v in ring)
            {
                // Divided before they are added, which cannot overflow.
                var (sum, known) = (0.0, 0);
                var neighbours = Neighbours(v, around);
                foreach (var n in around[..neighbours])
                    known += state[n] == Known ? 1 : 0;
                foreach (var n in around[..neighbours])
                    sum += state[n] == Known ? values[n] / known : 0;
                fills.Add(sum);
            }
            for (var r = 0; r < ring.Count; r++)
                (values[ring[r]], state[ring[r]]) = (fills[r], Known);
            next.Clear();
            foreach (var v in ring)
            {
                var neighbours = Neighbours(v, around);
                foreach (var n in around[..neighbours])
                {
                    if (state[n] is Known or Queued)
                        continue;
                    state[n] = Queued;
                    next.Add(n);
                }
            }
            (ring, next) = (next, ring);
        }

        int Neighbours(int v, Span<int> into)
        {
            var (i, j, k) = (v % countI, v / strideJ % countJ, v / strideK);
            var count = 0;
            if (i > 0 && endI > 0)
                into[count++] = v - 1;
            if (i < endI)
                into[count++] = v + 1;
            if (j > 0 && endJ > 0)
                into[count++] = v - strideJ;
            if (j < endJ)
                into[count++] = v + strideJ;
            if (k > 0 && endK > 0)
                into[count++] = v - strideK;
            if (k < endK)
                into[count++] = v + strideK;
            return count;
        }

        int Last(int axis, int count) => axes[axis].IsIdentity ? 0 : count - 1;
    }

    /// <summary>Which new voxels along one axis have an unmeasured one among those that the kernel weighs; shapes as in the resampler's passes.</summary>
    public static byte[] Spread(
        byte[] unmeasured, AxisMap axis, (int Start, int End) to, (int Start, int Count) from, int outer, int inner, Interpolation kernel)
    {
        if (axis.IsIdentity)
            return unmeasured;
        var count = to.End - to.Start;
        var result = new byte[checked(outer * count * inner)];
        for (var n = 0; n < count; n++)
        {
            var (first, last) = axis.Support(to.Start + n, from.Start, from.Count, kernel);
            for (var o = 0; o < outer; o++)
            {
                var target = result.AsSpan(((o * count) + n) * inner, inner);
                for (var s = first; s <= last; s++)
                {
                    var source = unmeasured.AsSpan(((o * from.Count) + s) * inner, inner);
                    for (var x = 0; x < inner; x++)
                        target[x] |= source[x];
                }
            }
        }
        return result;
    }

    // v − v is 0 for finite values and NaN for all others, and NaN stays in a sum.
    private static bool AllFinite(ReadOnlySpan<double> values)
    {
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        var sum = Vector<double>.Zero;
        foreach (var vector in vectors)
            sum += vector - vector;
        var rest = Vector.Sum(sum);
        foreach (var value in values[(vectors.Length * Vector<double>.Count)..])
            rest += value - value;
        return rest == 0;
    }
}
