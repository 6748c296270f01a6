namespace RadiogenomicsCloud.Radiomics.Glrlm;

/// <summary>What the 16 features need of one run length matrix, gathered row by row.</summary>
internal sealed class RunLengthTally
{
    private readonly double[] ofLength;
    private readonly List<(int Level, double Runs)> ofLevel = [];
    private int longest;
    private int elements;
    private double runs;
    private double sumOfLogs;
    private double lowGrey, highGrey, shortLow, shortHigh, longLow, longHigh;

    /// <param name="longestRun">No run is longer.</param>
    public RunLengthTally(int longestRun) => ofLength = new double[longestRun + 1];

    public void Reset()
    {
        Array.Clear(ofLength, 0, longest + 1);
        ofLevel.Clear();
        longest = elements = 0;
        runs = sumOfLogs = lowGrey = highGrey = shortLow = shortHigh = longLow = longHigh = 0;
    }

    /// <summary>Adds the row of a grey level; each level once.</summary>
    /// <param name="row">Number of runs by length, that of length 1 first; not all zero.</param>
    public void Add(int level, ReadOnlySpan<double> row)
    {
        var (all, ofShort, ofLong) = (0.0, 0.0, 0.0);
        longest = Math.Max(longest, row.Length);
        for (var j = 1; j <= row.Length; j++)
        {
            var count = row[j - 1];
            if (count == 0)
                continue;
            var square = (double)j * j;
            elements++;
            all += count;
            ofShort += count / square;
            ofLong += count * square;
            ofLength[j] += count;
            sumOfLogs += count * CountLogarithm.Log2(count);
        }
        ofLevel.Add((level, all));
        runs += all;
        var squaredLevel = (double)level * level;
        lowGrey += all / squaredLevel;
        highGrey += all * squaredLevel;
        shortLow += ofShort / squaredLevel;
        shortHigh += ofShort * squaredLevel;
        longLow += ofLong / squaredLevel;
        longHigh += ofLong * squaredLevel;
    }

    /// <summary>
    /// Writes the 16 features in catalogue order; false, and nothing written, where there is no run.
    /// Formulas: IBSI reference manual, section 3.7 (TP0I). Nv is the sum of run lengths over all runs, which is the number of voxels
    /// summed over the merged matrices, weighted as they are.
    /// </summary>
    public bool TryMeasure(Span<double> features)
    {
        if (ofLevel.Count == 0)
            return false;
        var grey = Levels();
        var length = Lengths();
        ReadOnlySpan<double> measured =
        [
            length.Short / runs,
            length.Long / runs,
            lowGrey / runs,
            highGrey / runs,
            shortLow / runs,
            shortHigh / runs,
            longLow / runs,
            longHigh / runs,
            grey.Squares / runs,
            grey.Squares / (runs * runs),
            length.Squares / runs,
            length.Squares / (runs * runs),
            runs / length.Voxels,
            grey.Variance,
            length.Variance,
            elements == 1 ? 0 : Math.Log2(runs) - (sumOfLogs / runs),
        ];
        measured.CopyTo(features);
        return true;
    }

    private (double Squares, double Variance) Levels()
    {
        var (squares, mean, variance) = (0.0, 0.0, 0.0);
        foreach (var (level, count) in ofLevel)
        {
            squares += count * count;
            mean += level * count;
        }
        mean /= runs;
        foreach (var (level, count) in ofLevel)
            variance += (level - mean) * (level - mean) * count;
        return (squares, variance / runs);
    }

    private (double Short, double Long, double Squares, double Voxels, double Variance) Lengths()
    {
        var (ofShort, ofLong, squares, voxels, variance) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var j = 1; j <= longest; j++)
        {
            var square = (double)j * j;
            ofShort += ofLength[j] / square;
            ofLong += ofLength[j] * square;
            squares += ofLength[j] * ofLength[j];
            voxels += ofLength[j] * j;
        }
        var mean = voxels / runs;
        for (var j = 1; j <= longest; j++)
            variance += (j - mean) * (j - mean) * ofLength[j];
        return (ofShort, ofLong, squares, voxels, variance / runs);
    }
}
