using System.Numerics;
using System.Runtime.CompilerServices;

namespace RadiogenomicsCloud.Radiomics.Ngtdm;

/// <summary>
/// The standard's neighbourhood, Chebyshev distance 1 without weights: sums over 3 × 3 × 3 boxes, one axis after the other. Level and
/// number of voxels share an integer (level · 32 + 1), for a box holds at most 27 voxels: 27 · (65,535 · 32 + 1) fits 32 bits.
/// </summary>
internal sealed class AdjacentToneScan(LevelBox region) : ToneScan(region)
{
    private const int CountBits = 5;
    private const int CountMask = (1 << CountBits) - 1;
    private const int MostInPlane = 8, MostInSpace = 26;

    public override ToneDifferences NewMatrix(bool inPlane) => new(Region.LevelOfCode, inPlane ? MostInPlane : MostInSpace);

    public override void Run(ToneDifferences? ofSlice, Action sliceDone, ToneDifferences? ofVolume)
    {
        var packed = Array.ConvertAll(Region.LevelOfCode, level => level == 0 ? 0 : (level << CountBits) + 1);
        // The sums of three slices at a time; the one after the last is empty.
        var planes = new int[3][];
        for (var p = 0; p < planes.Length; p++)
            planes[p] = new int[Region.CountI * Region.CountJ];
        var workspace = new int[4][];
        for (var w = 0; w < workspace.Length; w++)
            workspace[w] = new int[Region.CountI + 2];
        var box = new int[Region.CountI];
        for (var k = 0; k <= Region.CountK; k++)
        {
            var plane = planes[k % 3];
            if (k < Region.CountK)
                SumPlane(k, packed, plane, workspace);
            else
                Array.Clear(plane);
            if (ofSlice is not null && k < Region.CountK)
            {
                ofSlice.Clear();
                for (var j = 0; j < Region.CountJ; j++)
                    Tally(k, j, plane.AsSpan(j * Region.CountI, Region.CountI), ofSlice);
                sliceDone();
            }
            if (ofVolume is null || k == 0)
                continue;
            for (var j = 0; j < Region.CountJ; j++)
            {
                Add(planes[0], planes[1], planes[2], j * Region.CountI, box);
                Tally(k - 1, j, box, ofVolume);
            }
        }
    }

    /// <summary>Sums over 3 × 3 voxels of a slice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumPlane(int k, int[] packed, int[] plane, int[][] workspace)
    {
        var column = workspace[3];
        // Rows of the slice with a voxel of margin on both sides, three at a time.
        for (var j = -1; j <= Region.CountJ; j++)
        {
            var codes = Region.Codes.AsSpan(Region.RowStart(j, k) - 1, Region.CountI + 2);
            var row = workspace[(j + 1) % 3];
            for (var i = 0; i < row.Length; i++)
                row[i] = packed[codes[i]];
            if (j < 1)
                continue;
            Add(workspace[0], workspace[1], workspace[2], 0, column);
            var sums = plane.AsSpan((j - 1) * Region.CountI, Region.CountI);
            var lanes = Vector<int>.Count;
            var at = 0;
            for (; at <= sums.Length - lanes; at += lanes)
                (new Vector<int>(column, at) + new Vector<int>(column, at + 1) + new Vector<int>(column, at + 2)).CopyTo(sums[at..]);
            for (; at < sums.Length; at++)
                sums[at] = column[at] + column[at + 1] + column[at + 2];
        }
    }

    /// <summary>target = a + b + c, from <paramref name="start"/> of each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(int[] a, int[] b, int[] c, int start, int[] target)
    {
        var lanes = Vector<int>.Count;
        var at = 0;
        for (; at <= target.Length - lanes; at += lanes)
            (new Vector<int>(a, start + at) + new Vector<int>(b, start + at) + new Vector<int>(c, start + at)).CopyTo(target, at);
        for (; at < target.Length; at++)
            target[at] = a[start + at] + b[start + at] + c[start + at];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Tally(int k, int j, ReadOnlySpan<int> sums, ToneDifferences matrix)
    {
        var codes = Region.Codes.AsSpan(Region.RowStart(j, k), Region.CountI);
        var levels = Region.LevelOfCode;
        for (var i = 0; i < codes.Length; i++)
        {
            var code = codes[i];
            var neighbours = (sums[i] & CountMask) - 1;
            if (code != 0 && neighbours > 0)
                matrix.Add(code, (sums[i] >> CountBits) - levels[code], neighbours);
        }
    }
}
