using System.Runtime.InteropServices;

namespace RadiogenomicsCloud.Radiomics.Glcm;

/// <summary>
/// Visits the voxels in the order of their levels, so that one row of the matrix is complete at a time and no matrix is ever held.
/// For many occupied levels: memory grows with voxels plus levels, whatever the number of pairs that occur, and time with the voxels that
/// are counted, for there can be as many slices as voxels.
/// </summary>
internal sealed class LevelOrderedCounter : ICoOccurrenceCounter
{
    private readonly LevelBox region;
    private readonly int[] offsets;
    private readonly double[] weights;
    private readonly int[] order;
    private readonly int[] countOfCode;
    private readonly List<(ushort Code, int End)> groups = [];
    private readonly double[] row;
    private readonly int[] touched;

    public LevelOrderedCounter(LevelBox region, DirectedSteps steps)
    {
        this.region = region;
        offsets = steps.OffsetsIn(region);
        weights = steps.Weights;
        order = new int[region.VoxelCount];
        countOfCode = new int[region.OccupiedCount + 1];
        row = new double[region.OccupiedCount + 1];
        touched = new int[region.OccupiedCount];
    }

    // A counting sort of the voxels by code; the pairs are counted when they are asked for.
    public void Count(int firstSlice, int endSlice, int directions)
    {
        groups.Clear();
        ForEachVoxel(firstSlice, endSlice, static (self, _, code) =>
        {
            if (self.countOfCode[code]++ == 0)
                self.groups.Add((code, End: 0));
        });
        groups.Sort();
        var next = 0;
        foreach (ref var group in CollectionsMarshal.AsSpan(groups))
        {
            var count = countOfCode[group.Code];
            countOfCode[group.Code] = next; // where its voxels begin, then where the next of them goes
            next += count;
            group.End = next;
        }
        ForEachVoxel(firstSlice, endSlice, static (self, voxel, code) => self.order[self.countOfCode[code]++] = voxel);
        foreach (var (code, _) in groups)
            countOfCode[code] = 0;
    }

    public void Visit(int direction, ICoOccurrenceSink sink) => Visit(offsets.AsSpan(direction, 1), [1], sink);

    public void VisitMerged(int directions, ICoOccurrenceSink sink) => Visit(offsets.AsSpan(0, directions), weights, sink);

    private void Visit(ReadOnlySpan<int> wanted, ReadOnlySpan<double> weightOf, ICoOccurrenceSink sink)
    {
        var codes = region.Codes;
        var n = 0;
        foreach (var (low, end) in groups)
        {
            var touchedCount = 0;
            for (; n < end; n++)
            {
                var voxel = order[n];
                // A pair is counted from its lower voxel, a pair of equals from the one that comes first. Outside is 0, below all.
                for (var direction = 0; direction < wanted.Length; direction++)
                {
                    if (weightOf[direction] == 0)
                        continue; // exp(−d²) of a long step
                    var ahead = codes[voxel + wanted[direction]];
                    if (ahead >= low)
                        Add(ahead, weightOf[direction], ref touchedCount);
                    var behind = codes[voxel - wanted[direction]];
                    if (behind > low)
                        Add(behind, weightOf[direction], ref touchedCount);
                }
            }
            foreach (var high in touched.AsSpan(0, touchedCount))
            {
                sink.Add(region.LevelOfCode[low], region.LevelOfCode[high], row[high]);
                row[high] = 0;
            }
        }
    }

    private void Add(int code, double weight, ref int touchedCount)
    {
        if (row[code] == 0)
            touched[touchedCount++] = code;
        row[code] += weight;
    }

    private void ForEachVoxel(int firstSlice, int endSlice, Action<LevelOrderedCounter, int, ushort> visit)
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
