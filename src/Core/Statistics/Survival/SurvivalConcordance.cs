namespace RadiogenomicsCloud.Statistics;

/// <summary>
/// Pairs of rows of which the earlier is known to have its event first, counted with weights. Sums over folds or strata compare within them.
/// </summary>
/// <param name="Concordant">The earlier event has the higher score.</param>
/// <param name="Discordant">The earlier event has the lower score.</param>
/// <param name="TiedScores">Equal scores; they count one half.</param>
public readonly record struct ConcordanceCounts(double Concordant, double Discordant, double TiedScores)
{
    /// <summary>Pairs ordered rightly, equal scores one half.</summary>
    public double Credit => Concordant + (TiedScores / 2);

    public double Pairs => Concordant + Discordant + TiedScores;

    /// <summary>P(the earlier event has the higher score); NaN if there are no comparable pairs.</summary>
    public double Index => Pairs > 0 ? Credit / Pairs : double.NaN;

    public static ConcordanceCounts operator +(ConcordanceCounts a, ConcordanceCounts b) => Add(a, b);

    public static ConcordanceCounts Add(ConcordanceCounts a, ConcordanceCounts b) =>
        new(a.Concordant + b.Concordant, a.Discordant + b.Discordant, a.TiedScores + b.TiedScores);
}

/// <summary>
/// Concordance of a risk score (higher means an earlier event; never flipped) with right-censored times. Two rows are comparable if the
/// earlier has its event, or if they share a time and one has its event and the other is censored; two events of one time are not. O(n log n).
/// </summary>
public static class SurvivalConcordance
{
    /// <summary>
    /// Harrell's C (JAMA 1982, 247:2543), as R's <c>survival::concordance(Surv(time, event) ~ score, reverse = TRUE)</c>; times count as equal
    /// only if they are.
    /// </summary>
    /// <param name="weights">How often each row counts; empty: once.</param>
    /// <exception cref="ArgumentException">The lengths differ, a time is not finite, a score is NaN, or a weight is negative or not finite.</exception>
    public static ConcordanceCounts Harrell(
        ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<double> scores, ReadOnlySpan<double> weights = default) =>
        Count(times, events, scores, weights, null, double.PositiveInfinity);

    /// <summary>
    /// Uno's C (Stat Med 2011, 30:1105): pairs count 1 / G(T−)² of their earlier event, and events after τ do not count; as R's
    /// <c>survival::concordance(…, reverse = TRUE, timewt = "n/G2", ymax = tau)</c> where G is fitted on the same rows.
    /// </summary>
    /// <param name="censoring">Fitted on the training rows, or on these rows.</param>
    /// <param name="tau">Choose it inside the follow-up, so that a few late events do not decide; +∞: none.</param>
    /// <returns>NaN counts if G(T−) of an event up to τ is 0.</returns>
    /// <exception cref="ArgumentException">The lengths differ, a time is not finite, a score is NaN, or a weight is negative or not finite.</exception>
    public static ConcordanceCounts Uno(
        ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<double> scores, CensoringDistribution censoring, double tau,
        ReadOnlySpan<double> weights = default)
    {
        ArgumentNullException.ThrowIfNull(censoring);
        return Count(times, events, scores, weights, censoring, tau);
    }

    private static ConcordanceCounts Count(
        ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<double> scores, ReadOnlySpan<double> weights,
        CensoringDistribution? censoring, double tau)
    {
        SurvivalCounts.Check(times, events, scores, weights);
        var sorted = times.ToArray();
        var order = SurvivalCounts.Order(sorted);
        var (rank, ranks) = DenseRanks(scores);
        // Weights of the rows passed so far, from the last time down: a Fenwick tree for those of a lower score, a table for those of the same.
        var tree = new double[ranks + 1];
        var same = new double[ranks + 1];
        double concordant = 0, discordant = 0, tied = 0, passed = 0;
        for (var end = sorted.Length; end > 0;)
        {
            var start = end - 1;
            while (start > 0 && sorted[start - 1] == sorted[end - 1])
                start--;
            var time = sorted[start];
            // Rows censored at a time outlive its events; events of one time are not compared with each other.
            for (var k = start; k < end; k++)
                if (!events[order[k]])
                    passed += Insert(tree, same, rank[order[k]], weights.IsEmpty ? 1 : weights[order[k]]);
            var share = double.NaN;
            for (var k = start; k < end && time <= tau; k++)
            {
                var row = order[k];
                var own = weights.IsEmpty ? 1 : weights[row];
                if (!events[row] || own == 0)
                    continue;
                if (double.IsNaN(share))
                {
                    var g = censoring?.Before(time) ?? 1;
                    share = g > 0 ? 1 / (g * g) : double.NaN;
                }
                var weight = own * share;
                var lower = 0.0;
                for (var r = rank[row] - 1; r > 0; r &= r - 1)
                    lower += tree[r];
                concordant += weight * lower;
                tied += weight * same[rank[row]];
                discordant += weight * (passed - lower - same[rank[row]]);
            }
            for (var k = start; k < end; k++)
                if (events[order[k]])
                    passed += Insert(tree, same, rank[order[k]], weights.IsEmpty ? 1 : weights[order[k]]);
            end = start;
        }
        return new(concordant, discordant, tied);
    }

    private static double Insert(double[] tree, double[] same, int rank, double weight)
    {
        same[rank] += weight;
        for (var r = rank; r < tree.Length; r += r & -r)
            tree[r] += weight;
        return weight;
    }

    // 1 for the lowest score, equal scores sharing a rank.
    private static (int[] Rank, int Count) DenseRanks(ReadOnlySpan<double> scores)
    {
        var sorted = scores.ToArray();
        var order = SurvivalCounts.Order(sorted);
        var rank = new int[sorted.Length];
        var current = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (i == 0 || sorted[i] != sorted[i - 1])
                current++;
            rank[order[i]] = current;
        }
        return (rank, current);
    }
}
