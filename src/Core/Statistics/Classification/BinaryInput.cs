namespace RadiogenomicsCloud.Statistics;

internal static class BinaryInput
{
    /// <exception cref="ArgumentException">The lengths differ, a score is NaN, or a weight is negative or not finite.</exception>
    public static void Check(ReadOnlySpan<double> scores, ReadOnlySpan<bool> isEvent, ReadOnlySpan<double> weights)
    {
        if (scores.Length != isEvent.Length || (!weights.IsEmpty && weights.Length != scores.Length))
            throw new ArgumentException($"{scores.Length} scores, {isEvent.Length} outcomes and {weights.Length} weights do not match.", nameof(isEvent));
        foreach (var score in scores)
            if (double.IsNaN(score))
                throw new ArgumentException("A score is missing.", nameof(scores));
        CheckWeights(weights);
    }

    public static void CheckProbabilities(ReadOnlySpan<double> probabilities)
    {
        foreach (var p in probabilities)
            if (!(p is >= 0 and <= 1))
                throw new ArgumentException("A predicted probability is missing or outside [0, 1].", nameof(probabilities));
    }

    public static void CheckWeights(ReadOnlySpan<double> weights)
    {
        foreach (var weight in weights)
            if (!(weight >= 0 && double.IsFinite(weight)))
                throw new ArgumentException("A weight is missing, negative or infinite.", nameof(weights));
    }

    /// <summary>Weighted events and non-events at each distinct score, from the highest score down; scores of no weight are left out.</summary>
    public static List<(double Score, double Events, double NonEvents)> Descending(
        ReadOnlySpan<double> scores, ReadOnlySpan<bool> isEvent, ReadOnlySpan<double> weights)
    {
        Check(scores, isEvent, weights);
        var sorted = scores.ToArray();
        var order = SurvivalCounts.Order(sorted);
        var steps = new List<(double Score, double Events, double NonEvents)>(sorted.Length);
        for (var i = sorted.Length - 1; i >= 0; i--)
        {
            var weight = weights.IsEmpty ? 1 : weights[order[i]];
            if (weight == 0)
                continue;
            var (events, nonEvents) = isEvent[order[i]] ? (weight, 0.0) : (0.0, weight);
            if (steps.Count > 0 && steps[^1].Score == sorted[i])
                steps[^1] = (sorted[i], steps[^1].Events + events, steps[^1].NonEvents + nonEvents);
            else
                steps.Add((sorted[i], events, nonEvents));
        }
        return steps;
    }
}
