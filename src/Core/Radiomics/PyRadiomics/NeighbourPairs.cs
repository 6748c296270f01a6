namespace RadiogenomicsCloud.Radiomics.PyRadiomics;

/// <summary>Pairs of neighbouring grey levels, direction by direction, for what the standard's families do not give.</summary>
internal static class NeighbourPairs
{
    private static readonly (int I, int J, int K)[] InSpace =
    [
        (1, 0, 0), (0, 1, 0), (1, 1, 0), (-1, 1, 0),
        (0, 0, 1), (1, 0, 1), (-1, 0, 1), (0, 1, 1), (0, -1, 1), (1, 1, 1), (-1, 1, 1), (1, -1, 1), (-1, -1, 1),
    ];

    /// <summary>One of each pair of opposite directions: four in a slice, or thirteen.</summary>
    public static ReadOnlySpan<(int I, int J, int K)> Directions(bool inSlices) => InSpace.AsSpan(0, inSlices ? 4 : 13);

    /// <summary>Adds the symmetric counts of one direction.</summary>
    /// <param name="counts">OccupiedCount², of codes less 1.</param>
    public static void Count(LevelBox levels, (int I, int J, int K) direction, Span<long> counts)
    {
        var offset = Offset(levels, direction);
        var n = levels.OccupiedCount;
        for (var k = 0; k < levels.CountK; k++)
        {
            for (var j = 0; j < levels.CountJ; j++)
            {
                var start = levels.RowStart(j, k);
                for (var v = start; v < start + levels.CountI; v++)
                {
                    int one = levels.Codes[v], other = levels.Codes[v + offset];
                    if (one == 0 || other == 0)
                        continue;
                    counts[((one - 1) * n) + other - 1]++;
                    counts[((other - 1) * n) + one - 1]++;
                }
            }
        }
    }

    /// <summary>Whether some pair exists in this direction, and whether all have one level.</summary>
    public static (bool HasPairs, bool IsFlat) Look(LevelBox levels, (int I, int J, int K) direction)
    {
        var offset = Offset(levels, direction);
        var level = 0;
        for (var k = 0; k < levels.CountK; k++)
        {
            for (var j = 0; j < levels.CountJ; j++)
            {
                var start = levels.RowStart(j, k);
                for (var v = start; v < start + levels.CountI; v++)
                {
                    int one = levels.Codes[v], other = levels.Codes[v + offset];
                    if (one == 0 || other == 0)
                        continue;
                    if (one != other || (level != 0 && level != one))
                        return (true, false);
                    level = one;
                }
            }
        }
        return (level != 0, true);
    }

    /// <summary>Whether a line in this direction holds two voxels of the region, neighbours or not.</summary>
    public static bool HasLineOfTwo(LevelBox levels, (int I, int J, int K) direction)
    {
        var offset = Offset(levels, direction);
        for (var k = 0; k < levels.CountK; k++)
        {
            for (var j = 0; j < levels.CountJ; j++)
            {
                for (var i = 0; i < levels.CountI; i++)
                {
                    var v = levels.RowStart(j, k) + i;
                    if (levels.Codes[v] == 0)
                        continue;
                    for (var s = Steps(levels, direction, i, j, k); s > 0; s--)
                    {
                        if (levels.Codes[v + (s * offset)] != 0)
                            return true;
                    }
                }
            }
        }
        return false;
    }

    public static int Offset(LevelBox levels, (int I, int J, int K) direction) =>
        direction.I + (direction.J * levels.StrideJ) + (direction.K * levels.StrideK);

    /// <summary>How many steps from a voxel stay in the box.</summary>
    private static int Steps(LevelBox levels, (int I, int J, int K) direction, int i, int j, int k) =>
        Math.Min(Axis(direction.I, i, levels.CountI), Math.Min(Axis(direction.J, j, levels.CountJ), Axis(direction.K, k, levels.CountK)));

    private static int Axis(int step, int at, int count) => step switch { 0 => int.MaxValue, > 0 => count - 1 - at, _ => at };
}
