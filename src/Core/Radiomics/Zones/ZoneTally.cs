namespace RadiogenomicsCloud.Radiomics.Zones;

/// <summary>
/// The 16 features of a matrix that counts zones by grey level and by one more measure of them, their size (GLSZM) or their distance to
/// the edge (GLDZM): the manual defines both families by the same formulas. Elements stream by in the order of level and measure.
/// </summary>
/// <remarks>Counts and moments are exact integers, so that only the emphases and the entropy depend on the order of elements.</remarks>
internal sealed class ZoneTally
{
    private readonly Dictionary<int, long> measures = [];
    private long zones;
    private long levelSum;
    private long levelSquares;
    private long measureSum;
    private long measureSquares;
    private int currentLevel;
    private long currentZones;
    private Int128 squaredLevelCounts;
    private double sumOfLogs;
    private Emphases sums;

    /// <summary>Number of features.</summary>
    public const int FeatureCount = 16;

    public void Reset()
    {
        measures.Clear();
        zones = levelSum = levelSquares = measureSum = measureSquares = currentZones = 0;
        currentLevel = 0;
        squaredLevelCounts = 0;
        sumOfLogs = 0;
        sums = default;
    }

    /// <summary>An element that is not 0. Elements come in ascending order of level, then of measure.</summary>
    public void Add(int level, int measure, long count)
    {
        if (level != currentLevel)
            EndLevel(level);
        currentZones += count;
        zones += count;
        levelSum += count * level;
        measureSum += count * measure;
        var (level2, measure2) = ((long)level * level, (long)measure * measure);
        levelSquares += count * level2;
        measureSquares += count * measure2;
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(measures, measure, out _) += count;
        sums.Small += count / (double)measure2;
        sums.Low += count / (double)level2;
        sums.SmallLow += count / ((double)level2 * measure2);
        sums.SmallHigh += count * ((double)level2 / measure2);
        sums.LargeLow += count * ((double)measure2 / level2);
        sums.LargeHigh += count * ((double)level2 * measure2);
        sumOfLogs += count * Math.Log2(count);
    }

    /// <summary>
    /// Writes the features in catalogue order. Formulas: IBSI reference manual, sections 3.8 and 3.9; a variance is
    /// (n·Σx² − (Σx)²)/n², the entropy log₂ n − Σ c·log₂ c / n.
    /// </summary>
    /// <param name="voxels">Nv: voxels of the region that the zones make up; at least 1.</param>
    public void Measure(long voxels, Span<double> values)
    {
        EndLevel(0);
        double n = zones;
        Int128 squaredMeasureCounts = 0;
        foreach (var count in measures.Values)
            squaredMeasureCounts += (Int128)count * count;
        ReadOnlySpan<double> measured =
        [
            sums.Small / n,
            measureSquares / n,
            sums.Low / n,
            levelSquares / n,
            sums.SmallLow / n,
            sums.SmallHigh / n,
            sums.LargeLow / n,
            sums.LargeHigh / n,
            (double)squaredLevelCounts / n,
            (double)squaredLevelCounts / (n * n),
            (double)squaredMeasureCounts / n,
            (double)squaredMeasureCounts / (n * n),
            n / voxels,
            Variance(levelSum, levelSquares),
            Variance(measureSum, measureSquares),
            Math.Max(0, Math.Log2(n) - (sumOfLogs / n)),
        ];
        measured.CopyTo(values);
    }

    private void EndLevel(int next)
    {
        squaredLevelCounts += (Int128)currentZones * currentZones;
        (currentLevel, currentZones) = (next, 0);
    }

    private double Variance(long sum, long squares) =>
        (double)(((Int128)zones * squares) - ((Int128)sum * sum)) / ((double)zones * zones);

    private struct Emphases
    {
        public double Small, Low, SmallLow, SmallHigh, LargeLow, LargeHigh;
    }
}
