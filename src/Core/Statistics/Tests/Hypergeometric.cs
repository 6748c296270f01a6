using MathNet.Numerics;

namespace RadiogenomicsCloud.Statistics;

/// <summary>Successes among items drawn without replacement.</summary>
public static class Hypergeometric
{
    /// <summary>P(X ≥ <paramref name="successes"/>), as R's <c>phyper(successes − 1, marked, total − marked, drawn, lower.tail = FALSE)</c>: sums of positive terms.</summary>
    /// <param name="marked">Items of the urn that count as successes.</param>
    /// <param name="total">Items of the urn.</param>
    /// <param name="drawn">Items drawn.</param>
    /// <exception cref="ArgumentOutOfRangeException">More is marked or drawn than there is, or a number is negative.</exception>
    public static double UpperTail(int successes, int marked, int total, int drawn)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(marked);
        ArgumentOutOfRangeException.ThrowIfNegative(drawn);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(marked, total);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(drawn, total);
        int least = Math.Max(0, drawn + marked - total), most = Math.Min(drawn, marked);
        if (successes <= least)
            return 1;
        var sum = 0.0;
        for (var k = most; k >= successes; k--)
            sum += Math.Exp(LogProbability(k, marked, total, drawn));
        return Math.Min(1, sum);
    }

    /// <summary>ln P(X = k) within the support.</summary>
    internal static double LogProbability(int k, int marked, int total, int drawn) =>
        LogChoose(marked, k) + LogChoose(total - marked, drawn - k) - LogChoose(total, drawn);

    private static double LogChoose(int n, int k) => SpecialFunctions.FactorialLn(n) - SpecialFunctions.FactorialLn(k) - SpecialFunctions.FactorialLn(n - k);
}
