using System.Collections.Concurrent;

namespace RadiogenomicsCloud.Statistics;

/// <summary>
/// Mann–Whitney U (Wilcoxon rank-sum) test, two-sided, as R's <c>wilcox.test(x, y)</c>: exact where both groups have fewer than 50 values
/// and none are tied, else normal with tie-corrected variance and continuity correction. Missing values (NaN) are left out, as R does.
/// </summary>
public static class MannWhitney
{
    private const int ExactBelow = 50;

    // P(U ≤ u) for u = 0 … mn by (m, n), m ≤ n < 50: at most 1,225 entries, 6 MB in all.
    private static readonly ConcurrentDictionary<(int, int), double[]> Exact = new();

    /// <summary>Compares two samples.</summary>
    /// <returns>U of <paramref name="x"/> (R's W), p, and U/(mn) = P(X &gt; Y) + ½ P(X = Y); p is 1 where all values are equal.</returns>
    public static TwoSampleResult Test(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var values = new double[x.Length + y.Length];
        var first = 0;
        foreach (var value in x)
        {
            if (!double.IsNaN(value))
                values[first++] = value;
        }
        var end = first;
        foreach (var value in y)
        {
            if (!double.IsNaN(value))
                values[end++] = value;
        }
        return TestInPlace(values.AsSpan(0, first), values.AsSpan(first..end));
    }

    /// <summary>The same of values without a missing one, which it sorts: nothing is made for a column of thousands.</summary>
    internal static TwoSampleResult TestInPlace(Span<double> x, Span<double> y)
    {
        if (x.IsEmpty || y.IsEmpty)
            return TwoSampleResult.Undefined;
        x.Sort();
        y.Sort();
        double rankSum = 0, ties = 0;
        for (int i = 0, j = 0; i < x.Length || j < y.Length;)
        {
            var (start, own, value) = (i + j, i, j == y.Length || (i < x.Length && x[i] <= y[j]) ? x[i] : y[j]);
            while (i < x.Length && x[i] == value)
                i++;
            while (j < y.Length && y[j] == value)
                j++;
            // Multiples of one half: sums of them are exact in any order.
            rankSum += (i - own) * ((start + 1 + i + j) / 2.0);
            double t = i + j - start;
            ties += (t * t * t) - t;
        }
        double m = x.Length, n = y.Length;
        var u = rankSum - (m * (m + 1) / 2);
        return new TwoSampleResult(u, PValue(u, x.Length, y.Length, ties), u / (m * n));
    }

    /// <summary>The two-sided p of U of a group of <paramref name="m"/> against one of <paramref name="n"/>.</summary>
    /// <param name="ties">Σ (t³ − t) over the groups of equal values.</param>
    internal static double PValue(double u, int m, int n, double ties)
    {
        double product = (double)m * n, total = m + n;
        if (ties == 0 && m < ExactBelow && n < ExactBelow)
        {
            // The distribution is symmetric, so that the upper tail is the lower tail of mn − u.
            var cumulative = Exact.GetOrAdd((Math.Min(m, n), Math.Max(m, n)), static key => Cumulative(key.Item1, key.Item2));
            return Math.Min(1, 2 * cumulative[(int)Math.Min(u, product - u)]);
        }
        var deviation = Math.Sqrt(product / 12 * (total + 1 - (ties / (total * (total - 1)))));
        var difference = u - (product / 2);
        return deviation > 0 ? Normal.TwoSidedP((difference - (0.5 * Math.Sign(difference))) / deviation) : 1;
    }

    // Counts of the arrangements by U: f(m, n, u) = f(m − 1, n, u − n) + f(m, n − 1, u) (Mann, Whitney 1947, eq. 1), sums of positive terms.
    private static double[] Cumulative(int m, int n)
    {
        var row = new double[n + 1][];
        for (var j = 0; j <= n; j++)
            row[j] = [1];
        for (var i = 1; i <= m; i++)
        {
            for (var j = 1; j <= n; j++)
            {
                var counts = new double[(i * j) + 1];
                row[j].CopyTo(counts.AsSpan(j));
                var without = row[j - 1];
                for (var u = 0; u < without.Length; u++)
                    counts[u] += without[u];
                row[j] = counts;
            }
        }
        var cumulative = row[n];
        for (var u = 1; u < cumulative.Length; u++)
            cumulative[u] += cumulative[u - 1];
        var all = cumulative[^1];
        for (var u = 0; u < cumulative.Length; u++)
            cumulative[u] /= all;
        return cumulative;
    }
}
