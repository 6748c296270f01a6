using System.Runtime.InteropServices;

namespace RadiogenomicsCloud.Radiomics;

/// <summary>
/// The 16 features of a matrix that counts by grey level and by one more measure: the length of a run (GLRLM), the size of a zone (GLSZM),
/// its distance to the edge (GLDZM), or the dependence of a voxel (NGLDM). The manual defines the four families by the same formulas
/// (sections 3.7, 3.8, 3.9 and 3.11), and lists their features in the same order.
/// </summary>
/// <remarks>
/// Elements stream by, so that no matrix is held, and memory grows with the levels and the measures that occur. Counts are integers unless
/// matrices were weighted; sums of integers are exact in a double below 2^53.
/// </remarks>
internal sealed class MatrixTally
{
    /// <summary>Number of features.</summary>
    public const int FeatureCount = 16;

    // Nearly all measures are small; a zone can have as many voxels as the region.
    private const int Small = 256;

    private readonly double[] small = new double[Small];
    private readonly Dictionary<int, double> large = [];
    private readonly List<(int Value, double Count)> levels = [];
    private readonly List<(int Value, double Count)> measures = [];
    private int highestSmall;
    private int elements;
    private double total;
    private double sumOfLogs;
    private int level;
    private Row row;
    private Emphases sums;

    public void Reset()
    {
        Array.Clear(small, 0, highestSmall + 1);
        large.Clear();
        levels.Clear();
        highestSmall = elements = level = 0;
        total = sumOfLogs = 0;
        row = default;
        sums = default;
    }

    /// <summary>Takes an element, each once; those of a level follow one another.</summary>
    /// <param name="measure">At least 1.</param>
    /// <param name="count">Greater than 0.</param>
    public void Add(int level, int measure, double count)
    {
        if (level != this.level)
        {
            EndRow();
            this.level = level;
        }
        var square = (double)measure * measure;
        elements++;
        row.Count += count;
        row.Low += count / square;
        row.High += count * square;
        sumOfLogs += count * CountLogarithm.Log2(count);
        if (measure < Small)
        {
            small[measure] += count;
            highestSmall = Math.Max(highestSmall, measure);
        }
        else
        {
            CollectionsMarshal.GetValueRefOrAddDefault(large, measure, out _) += count;
        }
    }

    /// <summary>Writes the features in the order of the catalogue; false, and nothing written, where the matrix is empty.</summary>
    /// <param name="voxels">Nv, to which the percentage refers; null for the sum of all measures.</param>
    public bool TryMeasure(Span<double> features, double? voxels = null)
    {
        if (elements == 0)
            return false;
        EndRow();
        GatherMeasures();
        var ofLevels = Summarise(levels);
        var ofMeasures = Summarise(measures);
        ReadOnlySpan<double> measured =
        [
            sums.Low / total,
            sums.High / total,
            sums.LowGrey / total,
            sums.HighGrey / total,
            sums.LowLowGrey / total,
            sums.LowHighGrey / total,
            sums.HighLowGrey / total,
            sums.HighHighGrey / total,
            ofLevels.Squares / total,
            ofLevels.Squares / (total * total),
            ofMeasures.Squares / total,
            ofMeasures.Squares / (total * total),
            total / (voxels ?? ofMeasures.Sum),
            ofLevels.Variance,
            ofMeasures.Variance,
            elements == 1 ? 0 : Math.Max(0, Math.Log2(total) - (sumOfLogs / total)),
        ];
        measured.CopyTo(features);
        return true;
    }

    private void EndRow()
    {
        if (row.Count == 0)
            return;
        levels.Add((level, row.Count));
        total += row.Count;
        var square = (double)level * level;
        sums.Low += row.Low;
        sums.High += row.High;
        sums.LowGrey += row.Count / square;
        sums.HighGrey += row.Count * square;
        sums.LowLowGrey += row.Low / square;
        sums.LowHighGrey += row.Low * square;
        sums.HighLowGrey += row.High / square;
        sums.HighHighGrey += row.High * square;
        row = default;
    }

    // In ascending order, whatever the order in which a dictionary gives its keys.
    private void GatherMeasures()
    {
        measures.Clear();
        for (var measure = 1; measure <= highestSmall; measure++)
        {
            if (small[measure] != 0)
                measures.Add((measure, small[measure]));
        }
        var first = measures.Count;
        foreach (var (measure, count) in large)
            measures.Add((measure, count));
        measures.Sort(first, measures.Count - first, comparer: null);
    }

    private (double Squares, double Sum, double Variance) Summarise(List<(int Value, double Count)> marginal)
    {
        var (squares, sum, variance) = (0.0, 0.0, 0.0);
        foreach (var (value, count) in marginal)
        {
            squares += count * count;
            sum += value * count;
        }
        var mean = sum / total;
        foreach (var (value, count) in marginal)
            variance += (value - mean) * (value - mean) * count;
        return (squares, sum, variance / total);
    }

    /// <summary>Sums over the elements of one level: of the counts, of them divided by and multiplied by the squared measure.</summary>
    private struct Row
    {
        public double Count, Low, High;
    }

    /// <summary>The emphases before they are divided by the sum of the matrix: of low and high measures, of low and high grey levels.</summary>
    private struct Emphases
    {
        public double Low, High, LowGrey, HighGrey, LowLowGrey, LowHighGrey, HighLowGrey, HighHighGrey;
    }
}
