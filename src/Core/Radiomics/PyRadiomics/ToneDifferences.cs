namespace RadiogenomicsCloud.Radiomics.PyRadiomics;

/// <summary>
/// The neighbourhood grey tone difference matrix as PyRadiomics has it: every voxel of a level counts, also one without a neighbour,
/// whose difference is 0. The formulas are those of the standard (IBSI reference manual, section 3.10).
/// </summary>
internal readonly record struct ToneDifferences(double Coarseness, double Contrast, double Busyness, double Complexity, double Strength)
{
    private const double CoarsenessOfFlat = 1e6;

    /// <param name="inSlices">Neighbours within a slice only.</param>
    public static ToneDifferences Of(LevelBox levels, bool inSlices)
    {
        var (voxels, differences) = Matrix(levels, inSlices);
        var n = levels.OccupiedCount;
        double total = levels.VoxelCount;
        double weighted = 0, sum = 0, contrast = 0, busyness = 0, complexity = 0, strength = 0;
        for (var a = 1; a <= n; a++)
        {
            var (i, p, s) = ((double)levels.LevelOfCode[a], voxels[a] / total, differences[a]);
            weighted += p * s;
            sum += s;
            for (var b = a + 1; b <= n; b++)
            {
                var (j, q, r) = ((double)levels.LevelOfCode[b], voxels[b] / total, differences[b]);
                var square = (i - j) * (i - j);
                contrast += 2 * p * q * square;
                busyness += 2 * Math.Abs((i * p) - (j * q));
                complexity += 2 * (j - i) * ((p * s) + (q * r)) / (p + q);
                strength += 2 * (p + q) * square;
            }
        }
        return new(
            weighted == 0 ? CoarsenessOfFlat : 1 / weighted,
            n == 1 ? 0 : contrast / ((double)n * (n - 1)) * sum / total,
            busyness == 0 ? 0 : weighted / busyness,
            complexity / total,
            sum == 0 ? 0 : strength / sum);
    }

    private static (long[] Voxels, double[] Differences) Matrix(LevelBox levels, bool inSlices)
    {
        var voxels = new long[levels.OccupiedCount + 1];
        var differences = new double[levels.OccupiedCount + 1];
        var directions = NeighbourPairs.Directions(inSlices);
        var offsets = new int[2 * directions.Length];
        for (var d = 0; d < directions.Length; d++)
            (offsets[2 * d], offsets[(2 * d) + 1]) = (NeighbourPairs.Offset(levels, directions[d]), -NeighbourPairs.Offset(levels, directions[d]));
        for (var k = 0; k < levels.CountK; k++)
        {
            for (var j = 0; j < levels.CountJ; j++)
            {
                var start = levels.RowStart(j, k);
                for (var v = start; v < start + levels.CountI; v++)
                {
                    var code = levels.Codes[v];
                    if (code == 0)
                        continue;
                    long sum = 0;
                    var count = 0;
                    foreach (var offset in offsets)
                    {
                        var neighbour = levels.Codes[v + offset];
                        sum += levels.LevelOfCode[neighbour];
                        count += neighbour == 0 ? 0 : 1;
                    }
                    voxels[code]++;
                    if (count > 0)
                        differences[code] += Math.Abs(levels.LevelOfCode[code] - (sum / (double)count));
                }
            }
        }
        return (voxels, differences);
    }
}
