namespace RadiogenomicsCloud.Statistics;

/// <summary>A cut-off chosen for the greatest separation of survival, with a p-value that accounts for the choice.</summary>
/// <param name="Cutoff">Rows with a score at or below it are one group, those above the other.</param>
/// <param name="Statistic">The greatest standardised log-rank statistic M, without sign.</param>
/// <param name="HigherIsWorse">Whether the rows above the cut-off have more events than expected.</param>
/// <param name="PValue">The least of the two approximations, at most 1.</param>
/// <param name="PLausen92">By the approximation of Miller, Siegmund (Biometrics 1982, 38:1011) and Lausen, Schumacher (Biometrics 1992, 48:73).</param>
/// <param name="PLausen94">By the improved Bonferroni inequality of Lausen, Sauerbrei, Schumacher (1994).</param>
public sealed record MaximallySelectedCutoff(
    double Cutoff, double Statistic, bool HigherIsWorse, double PValue, double PLausen92, double PLausen94);

/// <summary>
/// Maximally selected log-rank statistic over the cut-offs of a score (Hothorn, Lausen, Comput Stat Data Anal 2003, 43:121), as R's
/// <c>maxstat.test(Surv(time, event) ~ score, smethod = "LogRank", pmethod = "Lau92" or "Lau94", minprop, maxprop)</c>. A cut-off chosen so
/// belongs to the rows it was chosen on: freeze it before it meets others.
/// </summary>
public static class MaximallySelectedLogRank
{
    /// <param name="minimumShare">Least share of rows at or below the cut-off.</param>
    /// <param name="maximumShare">Greatest share of rows at or below the cut-off.</param>
    /// <param name="weights">How often each row counts; empty: once.</param>
    /// <returns>Null if no cut-off leaves the shares asked for, or nobody has an event.</returns>
    /// <exception cref="ArgumentException">The lengths differ, a time is not finite, a score is NaN, or a weight is negative or not finite.</exception>
    public static MaximallySelectedCutoff? Find(
        ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<double> scores, double minimumShare = 0.1, double maximumShare = 0.9,
        ReadOnlySpan<double> weights = default)
    {
        SurvivalCounts.Check(times, events, scores, weights);
        if (!(minimumShare > 0 && minimumShare < maximumShare && maximumShare < 1))
            throw new ArgumentOutOfRangeException(nameof(minimumShare), minimumShare, "The shares must satisfy 0 < minimum < maximum < 1.");
        var residuals = LogRankScores(times, events, weights);
        var sorted = scores.ToArray();
        var order = SurvivalCounts.Order(sorted);
        double n = 0, sum = 0, squares = 0;
        for (var i = 0; i < residuals.Length; i++)
        {
            var weight = weights.IsEmpty ? 1 : weights[i];
            n += weight;
            sum += weight * residuals[i];
            squares += weight * residuals[i] * residuals[i];
        }
        double least = Math.Max(1, Math.Floor(n * minimumShare)), most = Math.Floor(n * maximumShare);
        var sizes = new List<double>();
        double below = 0, belowSum = 0, best = double.NegativeInfinity, signed = 0, cutoff = double.NaN;
        for (var start = 0; start < sorted.Length;)
        {
            var end = Ranks.EndOfTie(sorted, start);
            for (var k = start; k < end; k++)
            {
                var weight = weights.IsEmpty ? 1 : weights[order[k]];
                below += weight;
                belowSum += weight * residuals[order[k]];
            }
            // Rows of weight 0 make no cut-off of their own.
            if (below >= least && below <= most && below < n && (sizes.Count == 0 || sizes[^1] < below))
            {
                sizes.Add(below);
                var variance = below * (n - below) / (n * n * (n - 1)) * ((n * squares) - (sum * sum));
                var statistic = (belowSum - (below / n * sum)) / Math.Sqrt(variance);
                if (Math.Abs(statistic) > best)
                    (best, signed, cutoff) = (Math.Abs(statistic), statistic, sorted[end - 1]);
            }
            start = end;
        }
        if (double.IsNaN(cutoff))
            return null;
        double p92 = Lausen92(best, minimumShare, maximumShare), p94 = Lausen94(best, n, sizes);
        return new(cutoff, best, signed < 0, Math.Min(p92, p94), p92, p94);
    }

    // δ − Σ over event times up to the row's own of d / (n − rows up to that time + 1): Hothorn and Lausen's scores with ties.
    private static double[] LogRankScores(ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<double> weights)
    {
        var counts = SurvivalCounts.Of(times, events, weights);
        var hazard = new double[counts.Count];
        var sum = 0.0;
        for (var k = 0; k < counts.Count; k++)
            hazard[k] = sum += counts.Events[k] / (counts.AtRisk[k] - counts.Events[k] - counts.Censored[k] + 1);
        var scores = new double[times.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            var at = Array.BinarySearch(counts.Time, 0, counts.Count, times[i]);
            scores[i] = at < 0 ? 0 : (events[i] ? 1 : 0) - hazard[at];
        }
        return scores;
    }

    private static double Lausen92(double b, double least, double most)
    {
        if (b < 1)
            return 1;
        var density = Math.Exp(-b * b / 2) / Math.Sqrt(2 * Math.PI);
        return Math.Clamp((4 * density / b) + (density * (b - (1 / b)) * Math.Log(most * (1 - least) / ((1 - most) * least))), 0, 1);
    }

    private static double Lausen94(double b, double n, List<double> sizes)
    {
        var p = Normal.TwoSidedP(b);
        for (var i = 1; i < sizes.Count; i++)
        {
            double m1 = sizes[i - 1], m2 = sizes[i];
            var t = Math.Sqrt(1 - (m1 * (n - m2) / ((n - m1) * m2)));
            p += Math.Exp(-b * b / 2) / Math.PI * (t - (((b * b / 4) - 1) * t * t * t / 6));
        }
        return Math.Clamp(p, 0, 1);
    }
}
