namespace RadiogenomicsCloud.Statistics;

/// <summary>
/// Area under the ROC curve: P(score of an event &gt; score of a non-event) + ½ P(equal). The direction is fixed (higher means event) and
/// never flipped, so that a model that is wrong has an area below one half. O(n log n).
/// </summary>
public static class Auc
{
    /// <summary>The area; NaN if a class is absent.</summary>
    /// <param name="weights">How often each row counts; empty: once.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    public static double Compute(ReadOnlySpan<double> scores, ReadOnlySpan<bool> isEvent, ReadOnlySpan<double> weights = default)
    {
        var (concordant, pairs) = Concordance(scores, isEvent, weights);
        return pairs > 0 ? concordant / pairs : double.NaN;
    }

    /// <summary>
    /// The weighted number of event–non-event pairs and of those ordered rightly, ties counting one half; sums over folds or strata compare
    /// only within them.
    /// </summary>
    public static (double Concordant, double Pairs) Concordance(
        ReadOnlySpan<double> scores, ReadOnlySpan<bool> isEvent, ReadOnlySpan<double> weights = default)
    {
        if (scores.Length != isEvent.Length || (!weights.IsEmpty && weights.Length != scores.Length))
            throw new ArgumentException($"{scores.Length} scores, {isEvent.Length} outcomes and {weights.Length} weights do not match.", nameof(isEvent));
        var sorted = scores.ToArray();
        var order = new int[sorted.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(sorted, order);
        // NaN sorts first.
        if (sorted.Length > 0 && double.IsNaN(sorted[0]))
            throw new ArgumentException("A score is missing.", nameof(scores));
        double concordant = 0, nonEventsBelow = 0, events = 0;
        for (var start = 0; start < sorted.Length;)
        {
            var end = Ranks.EndOfTie(sorted, start);
            double tiedEvents = 0, tiedNonEvents = 0;
            for (var i = start; i < end; i++)
            {
                var weight = weights.IsEmpty ? 1 : weights[order[i]];
                if (isEvent[order[i]])
                    tiedEvents += weight;
                else
                    tiedNonEvents += weight;
            }
            concordant += tiedEvents * (nonEventsBelow + (0.5 * tiedNonEvents));
            events += tiedEvents;
            nonEventsBelow += tiedNonEvents;
            start = end;
        }
        return (concordant, events * nonEventsBelow);
    }
}
