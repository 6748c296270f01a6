using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Radiomics;

/// <summary>
/// The grey levels of a region in its bounding box with a margin, so that neighbours up to that distance are constant offsets that need
/// no bounds. Levels are renumbered 1..<see cref="OccupiedCount"/> over those that occur (0 outside the region), because a fixed bin size
/// can name thousands of levels of which few occur.
/// </summary>
internal sealed class LevelBox
{
    /// <summary>Steps of the 13 directions, the in-plane ones first; each leads to a voxel with a higher index.</summary>
    public static IReadOnlyList<(int I, int J, int K)> DirectionVectors { get; } =
    [
        (1, 0, 0), (1, 1, 0), (0, 1, 0), (-1, 1, 0),
        (-1, -1, 1), (0, -1, 1), (1, -1, 1), (-1, 0, 1), (0, 0, 1), (1, 0, 1), (-1, 1, 1), (0, 1, 1), (1, 1, 1),
    ];

    private LevelBox(
        int margin, (int I, int J, int K) start, int countI, int countJ, int countK, int[] levelOfCode, int levelCount, int voxelCount)
    {
        Margin = margin;
        (StartI, StartJ, StartK) = start;
        CountI = countI;
        CountJ = countJ;
        CountK = countK;
        LevelOfCode = levelOfCode;
        LevelCount = levelCount;
        VoxelCount = voxelCount;
        StrideJ = countI + (2 * margin);
        StrideK = StrideJ * (countJ + (2 * margin));
        Codes = new ushort[StrideK * (countK + (2 * margin))];
        Offsets = [.. DirectionVectors.Select(d => d.I + (d.J * StrideJ) + (d.K * StrideK))];
    }

    /// <summary>Directions within a slice: the first of <see cref="Offsets"/>.</summary>
    public const int InPlaneDirections = 4;

    /// <summary>Unique directions at Chebyshev distance 1 in 3D.</summary>
    public const int AllDirections = 13;

    /// <summary>Voxels of code 0 around the box on every side, at least 1.</summary>
    public int Margin { get; }

    /// <summary>Renumbered level of every voxel of the box with its margin, i fastest.</summary>
    public ushort[] Codes { get; }

    /// <summary>Index of the box's first voxel in the region's grid; likewise J and K.</summary>
    public int StartI { get; }

    public int StartJ { get; }

    public int StartK { get; }

    /// <summary>Voxels of the box along i, without the margin; likewise J and K.</summary>
    public int CountI { get; }

    public int CountJ { get; }

    public int CountK { get; }

    public int StrideJ { get; }

    public int StrideK { get; }

    /// <summary>Grey level of each code; index 0 is unused.</summary>
    public int[] LevelOfCode { get; }

    public int OccupiedCount => LevelOfCode.Length - 1;

    /// <summary>Ng, the number of levels whether or not each occurs.</summary>
    public int LevelCount { get; }

    /// <summary>Voxels inside the region.</summary>
    public int VoxelCount { get; }

    /// <summary>Distance in <see cref="Codes"/> to the neighbour in each of the 13 directions, the in-plane ones first.</summary>
    public int[] Offsets { get; }

    /// <summary>Index in <see cref="Codes"/> of the first voxel of a row of the box.</summary>
    public int RowStart(int j, int k) => Margin + ((j + Margin) * StrideJ) + ((k + Margin) * StrideK);

    /// <summary>Crops, pads and renumbers; null where no voxel has a level.</summary>
    /// <param name="margin">At least 1.</param>
    /// <exception cref="BadInputException"><c>discretise.too-many-levels</c>; <c>radiomics.region-too-large</c>.</exception>
    public static LevelBox? Of(DiscretisedRegion region, int margin = 1)
    {
        var histogram = GreyLevels.Histogram(region);
        var codeOfLevel = new ushort[histogram.Length];
        var levelOfCode = new List<int> { 0 };
        var voxels = 0;
        for (var level = 1; level < histogram.Length; level++)
        {
            if (histogram[level] == 0)
                continue;
            codeOfLevel[level] = (ushort)levelOfCode.Count;
            levelOfCode.Add(level);
            voxels += histogram[level];
        }
        if (voxels == 0)
            return null;

        var (low, high) = BoundingBox(region);
        var (countI, countJ, countK) = (high.I - low.I + 1, high.J - low.J + 1, high.K - low.K + 1);
        var length = (countI + (2L * margin)) * (countJ + (2L * margin)) * (countK + (2L * margin));
        if (length > Array.MaxLength)
        {
            throw new BadInputException("radiomics.region-too-large", FormattableString.Invariant(
                $"The region spans {countI} × {countJ} × {countK} voxels; resample it to a coarser grid."));
        }
        var padded = new LevelBox(margin, low, countI, countJ, countK, [.. levelOfCode], region.LevelCount, voxels);
        for (var k = 0; k < countK; k++)
        {
            for (var j = 0; j < countJ; j++)
            {
                var source = region.Levels.AsSpan(region.Grid.Index(low.I, low.J + j, low.K + k), countI);
                var target = padded.Codes.AsSpan(padded.RowStart(j, k), countI);
                for (var i = 0; i < countI; i++)
                    target[i] = codeOfLevel[source[i]];
            }
        }
        return padded;
    }

    private static ((int I, int J, int K) Low, (int I, int J, int K) High) BoundingBox(DiscretisedRegion region)
    {
        var grid = region.Grid;
        var (low, high) = ((I: int.MaxValue, J: int.MaxValue, K: int.MaxValue), (I: -1, J: -1, K: -1));
        for (var k = 0; k < grid.CountK; k++)
        {
            for (var j = 0; j < grid.CountJ; j++)
            {
                var row = region.Levels.AsSpan(grid.Index(0, j, k), grid.CountI);
                var first = row.IndexOfAnyExcept(0);
                if (first < 0)
                    continue;
                var last = row.LastIndexOfAnyExcept(0);
                low = (Math.Min(low.I, first), Math.Min(low.J, j), Math.Min(low.K, k));
                high = (Math.Max(high.I, last), Math.Max(high.J, j), Math.Max(high.K, k));
            }
        }
        return (low, high);
    }
}
