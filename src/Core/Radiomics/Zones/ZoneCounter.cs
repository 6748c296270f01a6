namespace RadiogenomicsCloud.Radiomics.Zones;

/// <summary>
/// Counts zones by level and measure into a <see cref="MatrixTally"/>. The matrix is sparse and as wide as its largest zone, so only its
/// first columns, as many as the number of zones pays for, are an array; the few zones beyond are sorted. Time is O(n log n) and memory
/// O(n) in the number n of zones, whatever their sizes and the number of levels.
/// </summary>
internal sealed class ZoneCounter(LevelBox region, MatrixTally tally)
{
    private const int MostColumns = 64;

    private int[] near = [];
    private long[] far = [];

    /// <param name="codes">Renumbered level of each zone.</param>
    /// <param name="measures">Size or distance of each zone, at least 1.</param>
    public void Count(ReadOnlySpan<ushort> codes, ReadOnlySpan<int> measures)
    {
        var columns = Math.Min(MostColumns, codes.Length / region.OccupiedCount);
        var beyond = Fill(codes, measures, columns);
        var next = 0;
        if (columns == 0)
        {
            while (next < beyond.Length)
                AddFar(beyond, ref next);
            return;
        }
        for (var code = 1; code <= region.OccupiedCount; code++)
        {
            var row = near.AsSpan((code - 1) * columns, columns);
            for (var c = 0; c < row.Length; c++)
            {
                if (row[c] != 0)
                    tally.Add(region.LevelOfCode[code], c + 1, row[c]);
            }
            while (next < beyond.Length && (int)(beyond[next] >> 32) == code)
                AddFar(beyond, ref next);
        }
    }

    /// <summary>Counts what lies within the columns, and returns the rest sorted by level, then measure.</summary>
    private ReadOnlySpan<long> Fill(ReadOnlySpan<ushort> codes, ReadOnlySpan<int> measures, int columns)
    {
        if (near.Length < columns * region.OccupiedCount)
            near = new int[columns * region.OccupiedCount];
        if (far.Length < codes.Length)
            far = new long[codes.Length];
        Array.Clear(near, 0, columns * region.OccupiedCount);
        var count = 0;
        for (var z = 0; z < codes.Length; z++)
        {
            if (measures[z] <= columns)
                near[((codes[z] - 1) * columns) + measures[z] - 1]++;
            else
                far[count++] = ((long)codes[z] << 32) | (uint)measures[z];
        }
        Array.Sort(far, 0, count);
        return far.AsSpan(0, count);
    }

    private void AddFar(ReadOnlySpan<long> beyond, ref int next)
    {
        var key = beyond[next];
        var first = next;
        while (next < beyond.Length && beyond[next] == key)
            next++;
        tally.Add(region.LevelOfCode[(int)(key >> 32)], (int)(key & int.MaxValue), next - first);
    }
}
