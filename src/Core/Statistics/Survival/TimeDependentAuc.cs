namespace RadiogenomicsCloud.Statistics;

/// <summary>
/// Cumulative/dynamic area under the ROC curve at a horizon: P(score of a row with its event at or before t &gt; score of a row without event
/// up to t), censored rows accounted for by inverse probability of censoring weights (Uno et al., J Am Stat Assoc 2007, 102:527; Blanche et al.,
/// Stat Med 2013, 32:5381), as R's <c>riskRegression::Score(metrics = "auc", cens.model = "km")</c> where G is fitted on the same rows.
/// Ties count one half; the direction is fixed. O(n log n).
/// </summary>
public static class TimeDependentAuc
{
    /// <param name="scores">Higher means an earlier event.</param>
    /// <param name="censoring">Fitted on the training rows, or on these rows.</param>
    /// <param name="weights">How often each row counts; empty: once.</param>
    /// <returns>NaN if there is no event up to the horizon, nobody is observed beyond it, or G is 0 where it is needed.</returns>
    /// <exception cref="ArgumentException">The lengths differ, a time is not finite, a score is NaN, or a weight is negative or not finite.</exception>
    public static double At(
        ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<double> scores, double horizon, CensoringDistribution censoring,
        ReadOnlySpan<double> weights = default)
    {
        var (concordant, pairs) = Concordance(times, events, scores, horizon, censoring, weights);
        return pairs > 0 ? concordant / pairs : double.NaN;
    }

    /// <summary>
    /// The weighted number of pairs of a row with its event by the horizon and one without, and of those ordered rightly, ties counting one half; sums
    /// over folds compare only within them. NaN if G is 0 where it is needed.
    /// </summary>
    public static (double Concordant, double Pairs) Concordance(
        ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<double> scores, double horizon, CensoringDistribution censoring,
        ReadOnlySpan<double> weights = default)
    {
        ArgumentNullException.ThrowIfNull(censoring);
        SurvivalCounts.Check(times, events, scores, weights);
        var total = CensoringWeights.At(times, events, horizon, censoring);
        var isCase = new bool[times.Length];
        for (var i = 0; i < total.Length; i++)
        {
            isCase[i] = times[i] <= horizon;
            if (!weights.IsEmpty)
                total[i] = weights[i] == 0 ? 0 : total[i] * weights[i];
            if (double.IsNaN(total[i]))
                return (double.NaN, double.NaN);
        }
        return Auc.Concordance(scores, isCase, total);
    }
}
