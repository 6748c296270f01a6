using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RadiogenomicsCloud.Radiomics.Glrlm;

/// <summary>
/// Run lengths of all directions in one pass over the voxels. Each voxel is told how long the run is that reaches it from behind; the
/// number of voxels that are reached with length j is the number of runs of length j or more, and differences of these are the elements
/// of the matrix. So nothing is looked up ahead, the end of a run needs no attention, and voxels at which a run begins need not even be
/// counted: they are those of the level that no run reaches with length 2 or more.
/// </summary>
/// <remarks>
/// Memory: a level has at most as many run lengths as voxels, so that the counts of a direction take no more than 4 bytes a voxel
/// however many levels and however long the runs; the lengths on the way take 4 bytes a voxel of about nine slices.
/// </remarks>
internal sealed class RunLengthCounter
{
    private readonly LevelBox region;
    private readonly double[] weights;
    private readonly int[] offsets;
    private readonly int[][] rings;
    private readonly int[][] reached;
    private readonly int[] voxelsOfCode;
    private readonly int[] startOfCode;
    private readonly List<ushort> present = [];
    private readonly double[] runs;
    private readonly int longestRun;

    /// <param name="steps">Directions as those of <see cref="LevelBox.DirectionVectors"/>; only their weights can differ.</param>
    public RunLengthCounter(LevelBox region, DirectedSteps steps)
    {
        this.region = region;
        weights = steps.Weights;
        longestRun = Math.Max(region.CountI, Math.Max(region.CountJ, region.CountK));
        offsets = region.Offsets;
        // The voxel behind v in direction d is v − offset: both fall on one place of a ring of that length, none between them does.
        rings = Array.ConvertAll(offsets, offset => new int[offset]);
        reached = Array.ConvertAll(offsets, _ => Array.Empty<int>());
        voxelsOfCode = new int[region.OccupiedCount + 1];
        startOfCode = new int[region.OccupiedCount + 1];
        runs = new double[Math.Min(longestRun, region.VoxelCount)];
    }

    /// <inheritdoc cref="IDirectionalMatrices.Count"/>
    public void Count(int firstSlice, int endSlice, int directions)
    {
        var total = LayOut(firstSlice, endSlice);
        for (var direction = 0; direction < directions; direction++)
        {
            if (reached[direction].Length < total)
                reached[direction] = new int[total];
            else
                Array.Clear(reached[direction], 0, total);
        }
        for (var k = firstSlice; k < endSlice; k++)
        {
            for (var j = 0; j < region.CountJ; j++)
            {
                var start = region.RowStart(j, k);
                var row = region.Codes.AsSpan(start, region.CountI);
                CountAlongRow(row, region.Codes.AsSpan(start - 1, row.Length), reached[0]);
                for (var direction = 1; direction < directions; direction++)
                {
                    var offset = offsets[direction];
                    var behind = region.Codes.AsSpan(start - offset, row.Length);
                    var lengths = rings[direction].AsSpan(start % offset);
                    var first = Math.Min(row.Length, lengths.Length);
                    CountAcrossRows(row[..first], behind, lengths, reached[direction]);
                    CountAcrossRows(row[first..], behind[first..], rings[direction], reached[direction]);
                }
            }
        }
    }

    /// <summary>Adds the runs of one direction.</summary>
    public void Visit(int direction, MatrixTally tally) => Visit(reached.AsSpan(direction, 1), [1], tally);

    /// <summary>Adds the runs of the first <paramref name="directions"/> directions, each multiplied by the direction's weight.</summary>
    public void VisitMerged(int directions, MatrixTally tally) => Visit(reached.AsSpan(0, directions), weights, tally);

    // One row of cells per level of these slices, as long as its longest possible run. Cell n is for length n + 2. Slices of few voxels
    // have few of the levels, and the others must cost nothing, for there can be as many slices as voxels.
    private int LayOut(int firstSlice, int endSlice)
    {
        foreach (var code in present)
            voxelsOfCode[code] = 0;
        present.Clear();
        for (var k = firstSlice; k < endSlice; k++)
        {
            for (var j = 0; j < region.CountJ; j++)
            {
                foreach (var code in region.Codes.AsSpan(region.RowStart(j, k), region.CountI))
                {
                    if (code != 0 && voxelsOfCode[code]++ == 0)
                        present.Add(code);
                }
            }
        }
        present.Sort();
        var total = 0;
        foreach (var code in present)
        {
            startOfCode[code] = total;
            total += RowLength(code);
        }
        return total;
    }

    private int RowLength(int code) => Math.Min(longestRun, voxelsOfCode[code]);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // a hot loop from the first call on
    private void CountAlongRow(ReadOnlySpan<ushort> row, ReadOnlySpan<ushort> behind, int[] counts)
    {
        var (last, length) = (-1, 0);
        var here = MemoryMarshal.Cast<ushort, Vector256<ushort>>(row);
        var there = MemoryMarshal.Cast<ushort, Vector256<ushort>>(behind)[..here.Length];
        for (var block = 0; block < here.Length; block++)
        {
            var first = block * Vector256<ushort>.Count;
            for (var bits = Same(here[block], there[block]).ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
                Reach(row, first + BitOperations.TrailingZeroCount(bits));
        }
        for (var i = here.Length * Vector256<ushort>.Count; i < row.Length; i++)
        {
            if (row[i] == behind[i] && row[i] != 0)
                Reach(row, i);
        }

        void Reach(ReadOnlySpan<ushort> codes, int i)
        {
            length = i == last + 1 ? length + 1 : 2;
            last = i;
            counts[startOfCode[codes[i]] + length - 2]++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // a hot loop from the first call on
    private void CountAcrossRows(ReadOnlySpan<ushort> row, ReadOnlySpan<ushort> behind, Span<int> lengths, int[] counts)
    {
        var start = startOfCode;
        var here = MemoryMarshal.Cast<ushort, Vector256<ushort>>(row);
        var there = MemoryMarshal.Cast<ushort, Vector256<ushort>>(behind)[..here.Length];
        var lengthVectors = MemoryMarshal.Cast<int, Vector256<int>>(lengths)[..(2 * here.Length)];
        for (var block = 0; block < here.Length; block++)
        {
            var same = Same(here[block], there[block]);
            var (lower, upper) = Vector256.Widen(same.AsInt16());
            lengthVectors[2 * block] = (lengthVectors[2 * block] & lower) + Vector256<int>.One;
            lengthVectors[(2 * block) + 1] = (lengthVectors[(2 * block) + 1] & upper) + Vector256<int>.One;
            var first = block * Vector256<ushort>.Count;
            for (var bits = same.ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
            {
                var i = first + BitOperations.TrailingZeroCount(bits);
                counts[start[row[i]] + lengths[i] - 2]++;
            }
        }
        for (var i = here.Length * Vector256<ushort>.Count; i < row.Length; i++)
        {
            if (row[i] != behind[i] || row[i] == 0)
                lengths[i] = 1;
            else
                counts[start[row[i]] + ++lengths[i] - 2]++;
        }
    }

    // Outside the region, where the code is 0, there is no run.
    private static Vector256<ushort> Same(Vector256<ushort> here, Vector256<ushort> there) =>
        Vector256.AndNot(Vector256.Equals(here, there), Vector256.Equals(here, Vector256<ushort>.Zero));

    private void Visit(ReadOnlySpan<int[]> directions, ReadOnlySpan<double> weightOf, MatrixTally tally)
    {
        foreach (var code in present)
        {
            var longest = 0;
            for (var d = 0; d < directions.Length; d++)
            {
                var cells = directions[d].AsSpan(startOfCode[code], RowLength(code));
                var end = cells.IndexOf(0);
                cells = end < 0 ? cells : cells[..end];
                while (longest <= cells.Length)
                    runs[longest++] = 0;
                var orLonger = voxelsOfCode[code];
                foreach (var cell in cells)
                    orLonger -= cell;
                for (var n = 0; n < cells.Length; n++)
                {
                    runs[n] += weightOf[d] * (orLonger - cells[n]);
                    orLonger = cells[n];
                }
                runs[cells.Length] += weightOf[d] * orLonger;
            }
            for (var n = 0; n < longest; n++)
            {
                if (runs[n] != 0)
                    tally.Add(region.LevelOfCode[code], n + 1, runs[n]);
            }
        }
    }
}
