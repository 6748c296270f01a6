namespace RadiogenomicsCloud.Statistics;

/// <summary>The p-value of a permutation test with a random sample of permutations.</summary>
public static class PermutationTest
{
    /// <summary>(b + 1) / (m + 1), never 0 (Phipson, Smyth, Stat Appl Genet Mol Biol 2010, 9:39).</summary>
    /// <param name="extreme">Permutations whose statistic was at least as extreme as the observed one.</param>
    /// <param name="permutations">All permutations drawn.</param>
    public static double PValue(int extreme, int permutations)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(extreme);
        ArgumentOutOfRangeException.ThrowIfLessThan(permutations, extreme);
        return (extreme + 1.0) / (permutations + 1.0);
    }

    /// <summary>
    /// How many permuted statistics are at least the observed one, which is greater where there is something to find. One that could not be computed
    /// counts against it.
    /// </summary>
    /// <param name="observed">Not NaN.</param>
    public static int Extreme(double observed, ReadOnlySpan<double> permuted)
    {
        if (double.IsNaN(observed))
            throw new ArgumentException("The observed statistic is missing.", nameof(observed));
        var extreme = 0;
        foreach (var value in permuted)
            extreme += value < observed ? 0 : 1;
        return extreme;
    }
}
