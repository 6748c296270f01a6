namespace RadiogenomicsCloud.Radiomics.Glcm;

/// <summary>
/// One dense matrix per direction, all filled in a single pass over the voxels. For few occupied levels: memory is
/// 13·(levels + 1)²·4 bytes, 3.4 MB at <see cref="MaximumLevels"/>.
/// </summary>
internal sealed class DenseCounter : ICoOccurrenceCounter
{
    /// <summary>Above this <see cref="LevelOrderedCounter"/> is used.</summary>
    public const int MaximumLevels = 256;

    private readonly LevelBox region;
    private readonly int width;
    private readonly int[] cells;

    public DenseCounter(LevelBox region)
    {
        this.region = region;
        width = region.OccupiedCount + 1;
        cells = new int[LevelBox.AllDirections * width * width];
    }

    private int CellsPerDirection => width * width;

    public void Count(int firstSlice, int endSlice, int directions)
    {
        Array.Clear(cells, 0, directions * CellsPerDirection);
        var codes = region.Codes;
        var offsets = region.Offsets.AsSpan(0, directions);
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
                    foreach (var offset in offsets)
                    {
                        cells[row + codes[v + offset]]++;
                        row += CellsPerDirection;
                    }
                }
            }
        }
    }

    public void Tally(int direction, CoOccurrenceTally tally)
    {
        var matrix = cells.AsSpan(direction * CellsPerDirection, CellsPerDirection);
        for (var low = 1; low < width; low++)
        {
            for (var high = low; high < width; high++)
                tally.Add(region.LevelOfCode[low], region.LevelOfCode[high], Unordered(matrix, low, high));
        }
    }

    public void TallyMerged(int directions, CoOccurrenceTally tally)
    {
        for (var low = 1; low < width; low++)
        {
            for (var high = low; high < width; high++)
            {
                var count = 0L;
                for (var direction = 0; direction < directions; direction++)
                    count += Unordered(cells.AsSpan(direction * CellsPerDirection, CellsPerDirection), low, high);
                tally.Add(region.LevelOfCode[low], region.LevelOfCode[high], count);
            }
        }
    }

    private long Unordered(ReadOnlySpan<int> matrix, int low, int high) =>
        low == high ? matrix[(low * width) + low] : (long)matrix[(low * width) + high] + matrix[(high * width) + low];
}
