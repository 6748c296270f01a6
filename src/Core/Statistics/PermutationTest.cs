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

    /// <summary>Of a statistic that is greater where there is something to find; permuted ones that equal it count.</summary>
    /// <returns>NaN if a value is.</returns>
    public static double Greater(double observed, ReadOnlySpan<double> permuted)
    {
        var extreme = 0;
        foreach (var value in permuted)
        {
            if (double.IsNaN(value) || double.IsNaN(observed))
                return double.NaN;
            extreme += value >= observed ? 1 : 0;
        }
        return double.IsNaN(observed) ? double.NaN : PValue(extreme, permuted.Length);
    }
}
