namespace RadiogenomicsCloud.Radiomics.Glrlm;

/// <summary>
/// Run lengths of all directions in one pass over the voxels. Each voxel is told how long the run is that reaches it from behind; the
/// number of voxels that a run of a level reaches with length j is the number of its runs of length j or more, and differences of
/// these are the elements of the matrix. Nothing is looked up ahead, and the end of a run needs no attention.
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
    private readonly double[] runs;
    private readonly int longestRun;

    /// <param name="steps">Directions as those of <see cref="LevelBox.DirectionVectors"/>; only their weights can differ.</param>
    public RunLengthCounter(LevelBox region, DirectedSteps steps)
    {
        this.region = region;
        weights = steps.Weights;
        longestRun = LongestRun(region);
        offsets = region.Offsets;
        // The voxel behind v in direction d is v − offset: both fall on one place of a ring of that length, none between them does.
        rings = Array.ConvertAll(offsets, offset => new int[offset]);
        reached = Array.ConvertAll(offsets, _ => Array.Empty<int>());
        voxelsOfCode = new int[region.OccupiedCount + 1];
        startOfCode = new int[region.OccupiedCount + 1];
        runs = new double[Math.Min(longestRun, region.VoxelCount)];
    }

    /// <summary>Runs can be no longer than this.</summary>
    public static int LongestRun(LevelBox region) => Math.Max(region.CountI, Math.Max(region.CountJ, region.CountK));

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
                CountAlongRow(row);
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
    public void Visit(int direction, RunLengthTally tally) => Visit(reached.AsSpan(direction, 1), [1], tally);

    /// <summary>Adds the runs of the first <paramref name="directions"/> directions, each multiplied by the direction's weight.</summary>
    public void VisitMerged(int directions, RunLengthTally tally) => Visit(reached.AsSpan(0, directions), weights, tally);

    // One row of cells per level of these slices, as long as its longest possible run.
    private int LayOut(int firstSlice, int endSlice)
    {
        Array.Clear(voxelsOfCode);
        for (var k = firstSlice; k < endSlice; k++)
        {
            for (var j = 0; j < region.CountJ; j++)
            {
                foreach (var code in region.Codes.AsSpan(region.RowStart(j, k), region.CountI))
                    voxelsOfCode[code]++;
            }
        }
        var total = 0;
        for (var code = 1; code < startOfCode.Length; code++)
        {
            startOfCode[code] = total;
            total += RowLength(code);
        }
        return total;
    }

    private int RowLength(int code) => Math.Min(longestRun, voxelsOfCode[code]);

    private void CountAlongRow(ReadOnlySpan<ushort> row)
    {
        var counts = reached[0];
        var (last, length) = (0, 0);
        foreach (var code in row)
        {
            length = code == last ? length + 1 : 1;
            last = code;
            if (code != 0)
                counts[startOfCode[code] + length - 1]++;
        }
    }

    private void CountAcrossRows(ReadOnlySpan<ushort> row, ReadOnlySpan<ushort> behind, Span<int> lengths, int[] counts)
    {
        behind = behind[..row.Length];
        lengths = lengths[..row.Length];
        var start = startOfCode;
        for (var i = 0; i < row.Length; i++)
        {
            var code = row[i];
            if (code == 0)
                continue;
            var before = behind[i] == code ? lengths[i] : 0;
            lengths[i] = before + 1;
            counts[start[code] + before]++;
        }
    }

    private void Visit(ReadOnlySpan<int[]> directions, ReadOnlySpan<double> weightOf, RunLengthTally tally)
    {
        for (var code = 1; code < startOfCode.Length; code++)
        {
            var most = RowLength(code);
            var longest = 0;
            for (var d = 0; d < directions.Length; d++)
            {
                var cells = directions[d].AsSpan(startOfCode[code], most);
                for (var j = 0; j < most && cells[j] != 0; j++)
                {
                    if (j == longest)
                        runs[longest++] = 0;
                    runs[j] += weightOf[d] * (cells[j] - (j + 1 < most ? cells[j + 1] : 0));
                }
            }
            if (longest > 0)
                tally.Add(region.LevelOfCode[code], runs.AsSpan(0, longest));
        }
    }
}
