namespace RadiogenomicsCloud.Statistics;

/// <summary>A comparison of the survival of groups.</summary>
/// <param name="ChiSquare">NaN if fewer than two groups are ever at risk of an event.</param>
/// <param name="Observed">Events of each group.</param>
/// <param name="Expected">Events that each group would have if all had the same hazard.</param>
public sealed record LogRankResult(
    double ChiSquare, int DegreesOfFreedom, double PValue, IReadOnlyList<double> Observed, IReadOnlyList<double> Expected);

/// <summary>
/// The log-rank test (Mantel, Cancer Chemother Rep 1966, 50:163; Peto, Peto, J R Stat Soc A 1972, 135:185) of two or more groups with the
/// hypergeometric variance, as R's <c>survdiff(Surv(time, event) ~ group)</c>.
/// </summary>
public static class LogRank
{
    /// <param name="groups">Group of each row, 0 … <paramref name="groupCount"/> − 1. A group without rows is left out.</param>
    /// <param name="weights">How often each row counts; empty: once.</param>
    /// <exception cref="ArgumentException">The lengths differ, a time is not finite, or a weight is negative or not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A group is outside its range.</exception>
    public static LogRankResult Test(
        ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<int> groups, int groupCount, ReadOnlySpan<double> weights = default)
    {
        SurvivalCounts.Check(times, events, weights);
        var atRisk = AtRisk(times.Length, groups, groupCount, weights);
        var sorted = times.ToArray();
        var order = SurvivalCounts.Order(sorted);
        double[] observed = new double[groupCount], expected = new double[groupCount];
        var covariance = new double[groupCount, groupCount];
        for (var start = 0; start < sorted.Length;)
        {
            var end = Ranks.EndOfTie(sorted, start);
            double deaths = 0, n = 0;
            for (var k = start; k < end; k++)
            {
                if (!events[order[k]])
                    continue;
                var weight = weights.IsEmpty ? 1 : weights[order[k]];
                observed[groups[order[k]]] += weight;
                deaths += weight;
            }
            foreach (var count in atRisk)
                n += count;
            if (deaths > 0)
                Add(expected, covariance, atRisk, deaths, n);
            for (var k = start; k < end; k++)
                atRisk[groups[order[k]]] -= weights.IsEmpty ? 1 : weights[order[k]];
            start = end;
        }
        return Conclude(observed, expected, covariance);
    }

    private static double[] AtRisk(int rows, ReadOnlySpan<int> groups, int groupCount, ReadOnlySpan<double> weights)
    {
        if (groups.Length != rows)
            throw new ArgumentException($"{rows} times and {groups.Length} groups do not match.", nameof(groups));
        var atRisk = new double[groupCount];
        for (var i = 0; i < groups.Length; i++)
        {
            if ((uint)groups[i] >= (uint)groupCount)
                throw new ArgumentOutOfRangeException(nameof(groups), groups[i], $"A group lies in 0 … {groupCount - 1}.");
            atRisk[groups[i]] += weights.IsEmpty ? 1 : weights[i];
        }
        return atRisk;
    }

    private static void Add(double[] expected, double[,] covariance, double[] atRisk, double deaths, double n)
    {
        var spread = n > 1 ? deaths * (n - deaths) / (n - 1) : 0;
        for (var g = 0; g < expected.Length; g++)
        {
            var share = atRisk[g] / n;
            expected[g] += deaths * share;
            for (var h = 0; h < expected.Length; h++)
                covariance[g, h] += spread * share * ((g == h ? 1 : 0) - (atRisk[h] / n));
        }
    }

    private static LogRankResult Conclude(double[] observed, double[] expected, double[,] covariance)
    {
        // The differences sum to 0: one group that is ever at risk is left out.
        var used = Enumerable.Range(0, expected.Length).Where(g => expected[g] > 0).Skip(1).ToArray();
        var difference = new double[used.Length];
        var matrix = new double[used.Length, used.Length];
        for (var i = 0; i < used.Length; i++)
        {
            difference[i] = observed[used[i]] - expected[used[i]];
            for (var j = 0; j < used.Length; j++)
                matrix[i, j] = covariance[used[i], used[j]];
        }
        var statistic = used.Length == 0 ? double.NaN : QuadraticForm.OfInverse(difference, matrix);
        return new(statistic, used.Length, ChiSquare.UpperTail(statistic, used.Length), observed, expected);
    }
}
