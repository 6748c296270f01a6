namespace RadiogenomicsCloud.Radiomics.Glcm;

/// <summary>
/// Visits the voxels in the order of their levels, so that one row of the matrix is complete at a time and no matrix is ever held.
/// For many occupied levels: memory grows with voxels plus levels, whatever the number of pairs that occur.
/// </summary>
internal sealed class LevelOrderedCounter : ICoOccurrenceCounter
{
    private readonly LevelBox region;
    private readonly int[] order;
    private readonly int[] startOfCode;
    private readonly int[] row;
    private readonly int[] touched;

    public LevelOrderedCounter(LevelBox region)
    {
        this.region = region;
        order = new int[region.VoxelCount];
        startOfCode = new int[region.OccupiedCount + 2];
        row = new int[region.OccupiedCount + 1];
        touched = new int[region.OccupiedCount];
    }

    // A counting sort of the voxels by code; the pairs are counted when they are asked for.
    public void Count(int firstSlice, int endSlice, int directions)
    {
        Array.Clear(startOfCode);
        ForEachVoxel(firstSlice, endSlice, static (self, _, code) => self.startOfCode[code + 1]++);
        for (var code = 1; code < startOfCode.Length; code++)
            startOfCode[code] += startOfCode[code - 1];
        // Placing moves each start to its end, which is the next code's start: shift back afterwards.
        ForEachVoxel(firstSlice, endSlice, static (self, voxel, code) => self.order[self.startOfCode[code]++] = voxel);
        Array.Copy(startOfCode, 0, startOfCode, 1, startOfCode.Length - 1);
        startOfCode[0] = 0;
    }

    public void Tally(int direction, CoOccurrenceTally tally) => Tally(region.Offsets.AsSpan(direction, 1), tally);

    public void TallyMerged(int directions, CoOccurrenceTally tally) => Tally(region.Offsets.AsSpan(0, directions), tally);

    private void Tally(ReadOnlySpan<int> offsets, CoOccurrenceTally tally)
    {
        var codes = region.Codes;
        for (var low = 1; low <= region.OccupiedCount; low++)
        {
            var touchedCount = 0;
            for (var n = startOfCode[low]; n < startOfCode[low + 1]; n++)
            {
                // A pair is counted from its lower voxel, a pair of equals from the one that comes first. Outside is 0, below all.
                foreach (var offset in offsets)
                {
                    var ahead = codes[order[n] + offset];
                    if (ahead >= low && row[ahead]++ == 0)
                        touched[touchedCount++] = ahead;
                    var behind = codes[order[n] - offset];
                    if (behind > low && row[behind]++ == 0)
                        touched[touchedCount++] = behind;
                }
            }
            foreach (var high in touched.AsSpan(0, touchedCount))
            {
                tally.Add(region.LevelOfCode[low], region.LevelOfCode[high], row[high]);
                row[high] = 0;
            }
        }
    }

    private void ForEachVoxel(int firstSlice, int endSlice, Action<LevelOrderedCounter, int, int> visit)
    {
        for (var k = firstSlice; k < endSlice; k++)
        {
            for (var j = 0; j < region.CountJ; j++)
            {
                var start = region.RowStart(j, k);
                for (var voxel = start; voxel < start + region.CountI; voxel++)
                {
                    if (region.Codes[voxel] != 0)
                        visit(this, voxel, region.Codes[voxel]);
                }
            }
        }
    }
}
