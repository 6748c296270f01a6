namespace RadiogenomicsCloud.Radiomics.Glcm;

/// <summary>
/// What the 25 features need of one symmetric co-occurrence matrix, gathered while its elements stream by: the marginal, diagonal and
/// cross-diagonal counts, and four sums over elements. Counts without weights are integers below 2^53, which doubles add exactly.
/// </summary>
internal sealed class CoOccurrenceTally : ICoOccurrenceSink
{
    // Mutual information, in bits, that rounding alone can leave where levels are independent. The second measure of information
    // correlation takes its square root, which would show rounding as 1e-8 and differently on every platform.
    private const double IndependentBits = 1e-13;

    private readonly int levelCount;
    private readonly double[] marginal;
    private readonly double[] diagonal;
    private readonly double[] crossDiagonal;
    private double pairs;
    private int lowest;
    private int highest;
    private double maximum;
    private double sumOfProducts;
    private double sumOfSquares;
    private double sumOfLogs;

    /// <param name="levelCount">Ng: levels are 1..Ng.</param>
    public CoOccurrenceTally(int levelCount)
    {
        this.levelCount = levelCount;
        marginal = new double[levelCount + 1];
        diagonal = new double[levelCount];
        crossDiagonal = new double[(2 * levelCount) + 1];
        Reset();
    }

    /// <summary>Forgets everything; costs the range of levels that was seen.</summary>
    public void Reset()
    {
        if (pairs > 0)
        {
            Array.Clear(marginal, lowest, highest - lowest + 1);
            Array.Clear(diagonal, 0, highest - lowest + 1);
            Array.Clear(crossDiagonal, 2 * lowest, (2 * (highest - lowest)) + 1);
        }
        pairs = 0;
        (lowest, highest) = (int.MaxValue, 0);
        maximum = sumOfProducts = sumOfSquares = sumOfLogs = 0;
    }

    /// <inheritdoc/>
    public void Add(int low, int high, double count)
    {
        pairs += count;
        lowest = Math.Min(lowest, low);
        highest = Math.Max(highest, high);
        marginal[low] += count;
        marginal[high] += count;
        diagonal[high - low] += count;
        crossDiagonal[low + high] += count;
        // In the symmetric matrix the pair has 2·count on the diagonal, or count in each of two elements off it.
        var element = low == high ? 2 * count : count;
        var elements = low == high ? 1 : 2;
        maximum = Math.Max(maximum, element);
        sumOfProducts += count * ((double)low * high);
        sumOfSquares += elements * element * element;
        sumOfLogs += elements * element * CountLogarithm.Log2(element);
    }

    /// <summary>
    /// Writes the 25 features in catalogue order; false, and nothing written, where the matrix is empty.
    /// Formulas: IBSI reference manual, section 3.6. With s = i + j − 2μ and d = i − j, the products and squares of i − μ and j − μ
    /// are (s² ∓ d²)/4, which gives joint variance and correlation; HXY1 = HXY2 = 2·HX for a symmetric matrix.
    /// </summary>
    public bool TryMeasure(Span<double> values)
    {
        if (pairs == 0)
            return false;
        var total = 2.0 * pairs;
        var d = Diagonal();
        var s = CrossDiagonal();
        var jointEntropy = Math.Max(0, Math.Log2(total) - (sumOfLogs / total));
        var marginalEntropy = Entropy(marginal.AsSpan(lowest, highest - lowest + 1), total);
        var mutualInformation = (2 * marginalEntropy) - jointEntropy;
        if (mutualInformation < IndependentBits)
            mutualInformation = 0;
        var flat = lowest == highest;
        ReadOnlySpan<double> measured =
        [
            maximum / total,
            s.Average / 2,
            (s.Variance + d.Contrast) / 4,
            jointEntropy,
            d.Average,
            d.Variance,
            Entropy(diagonal.AsSpan(0, highest - lowest + 1), pairs),
            s.Average,
            s.Variance,
            Entropy(crossDiagonal.AsSpan(2 * lowest, (2 * (highest - lowest)) + 1), pairs),
            sumOfSquares / (total * total),
            d.Contrast,
            d.Average,
            d.InverseDifference,
            d.NormalisedInverseDifference,
            d.InverseDifferenceMoment,
            d.NormalisedInverseDifferenceMoment,
            d.InverseVariance,
            flat ? 1 : (s.Variance - d.Contrast) / (s.Variance + d.Contrast),
            sumOfProducts / pairs,
            s.Variance,
            s.Shade,
            s.Prominence,
            flat ? 1 : (0 - mutualInformation) / marginalEntropy,
            Math.Sqrt(1 - Math.Exp(-2 * mutualInformation)),
        ];
        measured.CopyTo(values);
        return true;
    }

    private DiagonalSums Diagonal()
    {
        var sums = default(DiagonalSums);
        double levels = levelCount;
        for (var k = 0; k <= highest - lowest; k++)
        {
            if (diagonal[k] == 0)
                continue;
            var p = diagonal[k] / pairs;
            double square = (double)k * k;
            sums.Average += k * p;
            sums.Contrast += square * p;
            sums.InverseDifference += p / (1 + k);
            sums.NormalisedInverseDifference += p / (1 + (k / levels));
            sums.InverseDifferenceMoment += p / (1 + square);
            sums.NormalisedInverseDifferenceMoment += p / (1 + (square / (levels * levels)));
            sums.InverseVariance += k == 0 ? 0 : p / square;
        }
        for (var k = 0; k <= highest - lowest; k++)
            sums.Variance += (k - sums.Average) * (k - sums.Average) * (diagonal[k] / pairs);
        return sums;
    }

    private CrossDiagonalSums CrossDiagonal()
    {
        var sums = default(CrossDiagonalSums);
        // From the lowest sum on, so that a flat matrix has exactly its level as mean.
        for (var k = 2 * lowest; k <= 2 * highest; k++)
            sums.Average += (k - (2 * lowest)) * (crossDiagonal[k] / pairs);
        sums.Average += 2 * lowest;
        for (var k = 2 * lowest; k <= 2 * highest; k++)
        {
            if (crossDiagonal[k] == 0)
                continue;
            var p = crossDiagonal[k] / pairs;
            var deviation = k - sums.Average;
            var square = deviation * deviation;
            sums.Variance += square * p;
            sums.Shade += square * deviation * p;
            sums.Prominence += square * square * p;
        }
        return sums;
    }

    private static double Entropy(ReadOnlySpan<double> counts, double total)
    {
        var entropy = 0.0;
        foreach (var count in counts)
        {
            if (count != 0)
                entropy -= count / total * Math.Log2(count / total);
        }
        return entropy;
    }

    private struct DiagonalSums
    {
        public double Average, Variance, Contrast, InverseDifference, NormalisedInverseDifference;
        public double InverseDifferenceMoment, NormalisedInverseDifferenceMoment, InverseVariance;
    }

    private struct CrossDiagonalSums
    {
        public double Average, Variance, Shade, Prominence;
    }
}
