namespace RadiogenomicsCloud.Radiomics.Ngtdm;

/// <summary>The five features of one matrix. Source: IBSI reference manual, section IPET.</summary>
internal static class ToneMeasures
{
    public const int Count = 5;

    /// <summary>The greatest coarseness, which a region without any difference has.</summary>
    public const double MaximumCoarseness = 1e6;

    /// <summary>
    /// Coarseness, contrast, busyness, complexity, strength. False, and nothing written, where no voxel has a neighbour. Busyness is NaN
    /// where several levels have the same i·p, so that its denominator is 0.
    /// </summary>
    public static bool TryMeasure(ToneDifferences matrix, int[] levelOfCode, Span<double> values)
    {
        var occupied = 0;
        long voxels = 0;
        foreach (var n in matrix.Voxels)
        {
            occupied += n > 0 ? 1 : 0;
            voxels += n;
        }
        if (occupied == 0)
            return false;

        var (level, count, difference) = (new double[occupied], new double[occupied], new double[occupied]);
        for (int code = 1, at = 0; code < levelOfCode.Length; code++)
        {
            if (matrix.Voxels[code] > 0)
                (level[at], count[at], difference[at++]) = (levelOfCode[code], matrix.Voxels[code], matrix.Difference(code));
        }

        double meanLevel = 0, differences = 0, weighted = 0;
        for (var i = 0; i < occupied; i++)
        {
            meanLevel += count[i] / voxels * level[i];
            differences += difference[i];
            weighted += count[i] / voxels * difference[i];
        }
        values[0] = weighted > 1 / MaximumCoarseness ? 1 / weighted : MaximumCoarseness;
        values[1] = occupied == 1 ? 0 : Contrast(level, count, meanLevel, voxels) * (differences / voxels);
        values[2] = occupied == 1 ? 0 : weighted / LevelProbabilityDifference(level, count, voxels);
        values[3] = Complexity(level, count, difference) / voxels;
        values[4] = differences == 0 ? 0 : SquaredLevelDifferences(level, count, voxels) / differences;
        return true;
    }

    /// <summary>Σ Σ p₁ p₂ (i₁ − i₂)² is twice the variance of the levels.</summary>
    private static double Contrast(double[] level, double[] count, double mean, long voxels)
    {
        double variance = 0;
        for (var i = 0; i < level.Length; i++)
            variance += count[i] / voxels * (level[i] - mean) * (level[i] - mean);
        return 2 * variance / ((double)level.Length * (level.Length - 1));
    }

    /// <summary>Σ Σ |i₁ p₁ − i₂ p₂|, from the sorted i·n, which are integers: the sum is exact while it is below 2⁵³. NaN for 0.</summary>
    private static double LevelProbabilityDifference(double[] level, double[] count, long voxels)
    {
        var products = new double[level.Length];
        for (var i = 0; i < products.Length; i++)
            products[i] = level[i] * count[i];
        Array.Sort(products);
        double sum = 0, below = 0;
        for (var i = 0; i < products.Length; i++)
        {
            sum += (i * products[i]) - below;
            below += products[i];
        }
        return sum > 0 ? 2 * sum / voxels : double.NaN;
    }

    /// <summary>
    /// Σ Σ |i₁ − i₂| (p₁ s₁ + p₂ s₂)/(p₁ + p₂), over each pair once, hence twice. Lower levels that have the same n share a denominator, so
    /// they are swept together: at each higher level, Σ (i₁ − i₂) and Σ (i₁ − i₂) s₂ over them are those of the level before and a gap
    /// more. There are few different n, for they add up to the voxels; many levels take no time that grows with their square.
    /// </summary>
    private static double Complexity(double[] level, double[] count, double[] difference)
    {
        double sum = 0;
        foreach (var n in count.Distinct())
        {
            double levels = 0, differences = 0, gaps = 0, weightedGaps = 0;
            for (var i = 0; i < level.Length; i++)
            {
                if (i > 0)
                {
                    gaps += (level[i] - level[i - 1]) * levels;
                    weightedGaps += (level[i] - level[i - 1]) * differences;
                }
                sum += ((count[i] * difference[i] * gaps) + (n * weightedGaps)) / (count[i] + n);
                if (count[i] == n)
                {
                    levels++;
                    differences += difference[i];
                }
            }
        }
        return 2 * sum;
    }

    /// <summary>Σ Σ (p₁ + p₂)(i₁ − i₂)² = 2 Σ p₁ Σ (i₁ − i₂)², the inner sum about the mean of the occupied levels.</summary>
    private static double SquaredLevelDifferences(double[] level, double[] count, long voxels)
    {
        double mean = 0, squares = 0;
        foreach (var i in level)
            mean += i / level.Length;
        foreach (var i in level)
            squares += (i - mean) * (i - mean);
        double sum = 0;
        for (var i = 0; i < level.Length; i++)
            sum += count[i] / voxels * (squares + (level.Length * (level[i] - mean) * (level[i] - mean)));
        return 2 * sum;
    }
}
