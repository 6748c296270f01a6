using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Radiomics.Glcm;

/// <summary>
/// The grey levels of a region in its bounding box with a margin of one voxel, so that neighbours are constant offsets that need no
/// bounds. Levels are renumbered 1..<see cref="OccupiedCount"/> over those that occur (0 outside the region), because a fixed bin size
/// can name thousands of levels of which few occur.
/// </summary>
internal sealed class PaddedLevels
{
    private static readonly (int I, int J, int K)[] DirectionVectors =
    [
        (1, 0, 0), (1, 1, 0), (0, 1, 0), (-1, 1, 0),
        (-1, -1, 1), (0, -1, 1), (1, -1, 1), (-1, 0, 1), (0, 0, 1), (1, 0, 1), (-1, 1, 1), (0, 1, 1), (1, 1, 1),
    ];

    private PaddedLevels(int[] codes, int countI, int countJ, int countK, int[] levelOfCode, int voxelCount)
    {
        Codes = codes;
        CountI = countI;
        CountJ = countJ;
        CountK = countK;
        LevelOfCode = levelOfCode;
        VoxelCount = voxelCount;
        StrideJ = countI + 2;
        StrideK = StrideJ * (countJ + 2);
        Offsets = Array.ConvertAll(DirectionVectors, d => d.I + (d.J * StrideJ) + (d.K * StrideK));
    }

    /// <summary>Directions within a slice: the first of <see cref="Offsets"/>.</summary>
    public const int InPlaneDirections = 4;

    /// <summary>Unique directions at Chebyshev distance 1 in 3D.</summary>
    public const int AllDirections = 13;

    /// <summary>Renumbered level of every voxel of the padded box, i fastest.</summary>
    public int[] Codes { get; }

    public int CountI { get; }

    public int CountJ { get; }

    public int CountK { get; }

    public int StrideJ { get; }

    public int StrideK { get; }

    /// <summary>Grey level of each code; index 0 is unused.</summary>
    public int[] LevelOfCode { get; }

    public int OccupiedCount => LevelOfCode.Length - 1;

    /// <summary>Voxels inside the region.</summary>
    public int VoxelCount { get; }

    /// <summary>Distance in <see cref="Codes"/> to the neighbour in each of the 13 directions, the in-plane ones first.</summary>
    public int[] Offsets { get; }

    /// <summary>Index in <see cref="Codes"/> of the first voxel of a row of the box.</summary>
    public int RowStart(int j, int k) => 1 + ((j + 1) * StrideJ) + ((k + 1) * StrideK);

    /// <summary>Crops, pads and renumbers; null where no voxel has a level.</summary>
    public static PaddedLevels? Of(DiscretisedRegion region)
    {
        var histogram = GreyLevels.Histogram(region);
        var codeOfLevel = new int[histogram.Length];
        var levelOfCode = new List<int> { 0 };
        var voxels = 0;
        for (var level = 1; level < histogram.Length; level++)
        {
            if (histogram[level] == 0)
                continue;
            codeOfLevel[level] = levelOfCode.Count;
            levelOfCode.Add(level);
            voxels += histogram[level];
        }
        if (voxels == 0)
            return null;

        var (low, high) = BoundingBox(region);
        var (countI, countJ, countK) = (high.I - low.I + 1, high.J - low.J + 1, high.K - low.K + 1);
        var length = (countI + 2L) * (countJ + 2L) * (countK + 2L);
        if (length > Array.MaxLength)
        {
            throw new BadInputException("radiomics.region-too-large", FormattableString.Invariant(
                $"The region spans {countI} × {countJ} × {countK} voxels; resample it to a coarser grid."));
        }
        var padded = new PaddedLevels(new int[length], countI, countJ, countK, [.. levelOfCode], voxels);
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
