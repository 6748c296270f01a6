using System.Runtime.CompilerServices;

namespace RadiogenomicsCloud.Radiomics.Glcm;

/// <summary>
/// One dense matrix per direction, all filled in a single pass over the voxels. For few occupied levels: memory is
/// directions·(levels + 1)²·4 bytes, at most 16 MB where <see cref="Fits"/>.
/// </summary>
internal sealed class DenseCounter : ICoOccurrenceCounter
{
    private const long MaximumCells = 1 << 22;

    // Below, the fixed cost of sorting voxels by level is the greater one.
    private const long LeastVoxels = 256;

    private const long ElementsPerVoxel = 8;

    private readonly LevelBox region;
    private readonly int[] offsets;
    private readonly double[] weights;
    private readonly int width;
    private readonly int[] cells;

    public DenseCounter(LevelBox region, DirectedSteps steps)
    {
        this.region = region;
        offsets = steps.OffsetsIn(region);
        weights = steps.Weights;
        width = region.OccupiedCount + 1;
        cells = new int[steps.Count * width * width];
    }

    private int CellsPerDirection => width * width;

    /// <summary>
    /// Whether the matrices are small enough to hold, and to clear and read once for every <paramref name="voxels"/> that are counted;
    /// elsewhere <see cref="LevelOrderedCounter"/> is used.
    /// </summary>
    public static bool Fits(LevelBox region, DirectedSteps steps, int voxels)
    {
        var elements = (region.OccupiedCount + 1L) * (region.OccupiedCount + 1L);
        return steps.Count * elements <= MaximumCells && elements <= ElementsPerVoxel * Math.Max(voxels, LeastVoxels);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // a hot loop from the first call on
    public void Count(int firstSlice, int endSlice, int directions)
    {
        Array.Clear(cells, 0, directions * CellsPerDirection);
        var codes = region.Codes;
        var wanted = offsets.AsSpan(0, directions);
        for (var k = firstSlice; k < endSlice; k++)
        {
            for (var j = 0; j < region.CountJ; j++)
            {
                var start = region.RowStart(j, k);
                for (var v = start; v < start + region.CountI; v++)
                {
                    var code = codes[v];
                    if (code == 0)
                        continue;
                    // Neighbours outside the region have code 0: they land in column 0, which is never read. No branch in here.
                    var row = code * width;
                    foreach (var offset in wanted)
                    {
                        cells[row + codes[v + offset]]++;
                        row += CellsPerDirection;
                    }
                }
            }
        }
    }

    public void Visit(int direction, ICoOccurrenceSink sink)
    {
        var matrix = cells.AsSpan(direction * CellsPerDirection, CellsPerDirection);
        for (var low = 1; low < width; low++)
        {
            for (var high = low; high < width; high++)
            {
                if (Unordered(matrix, low, high) is var count and not 0)
                    sink.Add(region.LevelOfCode[low], region.LevelOfCode[high], count);
            }
        }
    }

    public void VisitMerged(int directions, ICoOccurrenceSink sink)
    {
        for (var low = 1; low < width; low++)
        {
            for (var high = low; high < width; high++)
            {
                var count = 0.0;
                for (var direction = 0; direction < directions; direction++)
                    count += weights[direction] * Unordered(cells.AsSpan(direction * CellsPerDirection, CellsPerDirection), low, high);
                if (count != 0)
                    sink.Add(region.LevelOfCode[low], region.LevelOfCode[high], count);
            }
        }
    }

    private long Unordered(ReadOnlySpan<int> matrix, int low, int high) =>
        low == high ? matrix[(low * width) + low] : (long)matrix[(low * width) + high] + matrix[(high * width) + low];
}
