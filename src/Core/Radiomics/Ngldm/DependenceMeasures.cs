namespace RadiogenomicsCloud.Radiomics.Ngldm;

/// <summary>The 17 features of one matrix. Source: IBSI reference manual, section REK0.</summary>
internal static class DependenceMeasures
{
    public const int Count = 17;

    /// <summary>Writes the features in the order of the family; false, and nothing written, where the matrix is empty.</summary>
    public static bool TryMeasure(DependenceMatrix matrix, int[] levelOfCode, Span<double> values)
    {
        var elements = matrix.Elements().ToArray();
        if (elements.Length == 0)
            return false;
        var ofLevel = new double[levelOfCode.Length];
        var ofDependence = new double[elements.Max(e => e.Dependence) + 1];
        double total = 0;
        foreach (var (code, dependence, count) in elements)
        {
            ofLevel[code] += count;
            ofDependence[dependence] += count;
            total += count;
        }

        double lowLow = 0, lowHigh = 0, highLow = 0, highHigh = 0, entropy = 0, energy = 0;
        foreach (var (code, dependence, count) in elements)
        {
            var p = count / total;
            var i2 = (double)levelOfCode[code] * levelOfCode[code];
            var j2 = (double)dependence * dependence;
            lowLow += p / (i2 * j2);
            lowHigh += p * i2 / j2;
            highLow += p * j2 / i2;
            highHigh += p * i2 * j2;
            entropy -= p * Math.Log2(p);
            energy += p * p;
        }
        var dependences = Enumerable.Range(0, ofDependence.Length).ToArray();
        var (lowDependence, highDependence, dependenceUniformity, dependenceVariance) = Marginal(ofDependence, dependences, total);
        var (lowLevel, highLevel, levelUniformity, levelVariance) = Marginal(ofLevel, levelOfCode, total);
        ReadOnlySpan<double> computed =
        [
            lowDependence, highDependence, lowLevel, highLevel, lowLow, lowHigh, highLow, highHigh,
            levelUniformity * total, levelUniformity, dependenceUniformity * total, dependenceUniformity,
            1, // Ns/Nv: every voxel of the region is the centre of a neighbourhood
            levelVariance, dependenceVariance, entropy, energy,
        ];
        computed.CopyTo(values);
        return true;
    }

    /// <summary>Emphases of low and of high values, Σ p², and the variance, of a marginal distribution.</summary>
    private static (double Low, double High, double Uniformity, double Variance) Marginal(double[] counts, int[] values, double total)
    {
        double low = 0, high = 0, uniformity = 0, mean = 0, variance = 0;
        for (var v = 0; v < counts.Length; v++)
        {
            if (counts[v] == 0)
                continue;
            var p = counts[v] / total;
            var square = (double)values[v] * values[v];
            low += p / square;
            high += p * square;
            uniformity += p * p;
            mean += p * values[v];
        }
        for (var v = 0; v < counts.Length; v++)
            variance += counts[v] / total * (values[v] - mean) * (values[v] - mean);
        return (low, high, uniformity, variance);
    }
}
