namespace RadiogenomicsCloud.Statistics;

/// <summary>
/// Whether a correlation differs from 0, two-sided, as R's <c>cor.test</c>. Pairs of which a value is missing (NaN) are left out; undefined for
/// fewer than three pairs (Spearman: two) or a constant.
/// </summary>
public static class CorrelationTest
{
    /// <summary>R leaves exact and series p-values for this many pairs.</summary>
    private const int SeriesBelow = 1290;

    private const int ExactUpTo = 9;

    // P(S ≥ s) by n, made when first asked for.
    private static readonly Lazy<double[]>[] Exact = [.. Enumerable.Range(0, ExactUpTo + 1).Select(n => new Lazy<double[]>(() => UpperTails(n)))];

    /// <summary>As R's <c>cor.test(x, y)</c>: t of n − 2 degrees of freedom.</summary>
    /// <returns>t, p and the correlation.</returns>
    public static TwoSampleResult Pearson(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var (a, b) = Pairs(x, y);
        var r = Correlation.Pearson(a, b);
        if (a.Length < 3 || double.IsNaN(r))
            return TwoSampleResult.Undefined;
        var (t, p) = ByT(r, a.Length);
        return new(t, p, r);
    }

    /// <summary>
    /// As R's <c>cor.test(x, y, method = "spearman")</c> with its default <c>exact = NULL</c>: without ties and below 1,290 pairs the
    /// distribution of S (exact to nine pairs, above by the Edgeworth series of Best and Roberts, Appl Stat 1975, 24:377, algorithm AS 89), else t.
    /// </summary>
    /// <returns>S = (n³ − n)(1 − ρ)/6, p and ρ.</returns>
    public static TwoSampleResult Spearman(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var (a, b) = Pairs(x, y);
        if (a.Length < 2)
            return TwoSampleResult.Undefined;
        return SpearmanOfRanks(Ranks.Midranks(a), Ranks.Midranks(b));
    }

    /// <summary>The same of ranks made before; both without a missing value.</summary>
    internal static TwoSampleResult SpearmanOfRanks(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var rho = Correlation.Pearson(x, y);
        if (double.IsNaN(rho))
            return TwoSampleResult.Undefined;
        double n = x.Length;
        var s = ((n * n * n) - n) * (1 - rho) / 6;
        double p;
        if (n < SeriesBelow && Untied(x) && Untied(y))
            p = UntiedSpearmanP(s, x.Length);
        else
            p = n > 2 ? ByT(rho, x.Length).P : double.NaN;
        return new(s, p, rho);
    }

    /// <summary>Whether R takes the distribution of S for so many untied pairs.</summary>
    internal static bool HasUntiedSpearmanP(int n) => n < SeriesBelow;

    /// <summary>The two-sided p of <paramref name="s"/> = Σ d² of <paramref name="n"/> pairs without ties.</summary>
    internal static double UntiedSpearmanP(double s, int n)
    {
        double m = n;
        // S is even; what it is but for rounding.
        var even = 2 * Math.Round(s / 2);
        var upper = even > ((m * m * m) - m) / 6;
        return Math.Min(1, 2 * (upper ? UpperTail(even, n) : 1 - UpperTail(even + 2, n)));
    }

    private static (double T, double P) ByT(double r, int n)
    {
        var t = r * Math.Sqrt((n - 2) / ((1 - r) * (1 + r)));
        return (t, StudentT.TwoSidedP(t, n - 2));
    }

    /// <summary>Two-sided p of a correlation by t = r √(ν/(1 − r²)) of ν degrees of freedom.</summary>
    internal static double StudentP(double r, double degreesOfFreedom) =>
        StudentT.TwoSidedP(r * Math.Sqrt(degreesOfFreedom / ((1 - r) * (1 + r))), degreesOfFreedom);

    // P(S ≥ s).
    private static double UpperTail(double s, int n)
    {
        double m = n, most = ((m * m * m) - m) / 3;
        if (s <= 0 || s > most)
            return s <= 0 ? 1 : 0;
        if (n <= ExactUpTo)
            return Exact[n].Value[(int)s];
        var b = 1 / m;
        var z = ((6 * (s - 1) * b / ((m * m) - 1)) - 1) * Math.Sqrt((1 / b) - 1);
        var y = z * z;
        var u = z * b * (0.2274 + (b * (0.2531 + (0.1745 * b)))
            + (y * (-0.0758 + (b * (0.1033 + (0.3932 * b)))
                - (y * b * (0.0879 + (0.0151 * b) - (y * (0.0072 - (0.0831 * b) + (y * b * (0.0131 - (0.00046 * y))))))))));
        return Math.Clamp((u / Math.Exp(y / 2)) + Normal.Cdf(-z), 0, 1);
    }

    // All permutations, counted by their sum of squared differences over the sets of values that the first places took.
    private static double[] UpperTails(int n)
    {
        var sums = (((n * n * n) - n) / 3) + 1;
        var counts = new double[1 << n][];
        counts[0] = new double[sums];
        counts[0][0] = 1;
        for (var set = 1; set < counts.Length; set++)
        {
            counts[set] = new double[sums];
            var place = System.Numerics.BitOperations.PopCount((uint)set) - 1;
            for (var value = 0; value < n; value++)
            {
                if ((set & (1 << value)) == 0)
                    continue;
                AddShifted(counts[set & ~(1 << value)], counts[set], (place - value) * (place - value));
            }
        }
        var tails = counts[^1];
        for (var s = sums - 2; s >= 0; s--)
            tails[s] += tails[s + 1];
        var all = tails[0];
        for (var s = 0; s < sums; s++)
            tails[s] /= all;
        return tails;
    }

    private static void AddShifted(double[] source, double[] target, int shift)
    {
        for (var s = 0; s < source.Length && s + shift < target.Length; s++)
            target[s + shift] += source[s];
    }

    private static bool Untied(ReadOnlySpan<double> ranks)
    {
        // The squares of n different ranks have the greatest sum.
        double n = ranks.Length, sum = 0;
        foreach (var rank in ranks)
            sum += rank * rank;
        return sum == n * (n + 1) * ((2 * n) + 1) / 6;
    }

    private static (double[] X, double[] Y) Pairs(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length)
            throw new ArgumentException($"{x.Length} and {y.Length} values cannot be paired.", nameof(y));
        var (a, b) = (new double[x.Length], new double[x.Length]);
        var n = 0;
        for (var i = 0; i < x.Length; i++)
        {
            if (double.IsNaN(x[i]) || double.IsNaN(y[i]))
                continue;
            (a[n], b[n]) = (x[i], y[i]);
            n++;
        }
        return n == x.Length ? (a, b) : (a[..n], b[..n]);
    }
}
