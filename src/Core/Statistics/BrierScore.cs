namespace RadiogenomicsCloud.Statistics;

/// <summary>Mean squared difference of predicted probability and outcome (Brier, Mon Weather Rev 1950, 78:1).</summary>
public static class BrierScore
{
    /// <param name="weights">How often each row counts; empty: once.</param>
    /// <returns>The mean; NaN if there are no rows.</returns>
    public static double Compute(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> isEvent, ReadOnlySpan<double> weights = default)
    {
        if (probabilities.Length != isEvent.Length || (!weights.IsEmpty && weights.Length != probabilities.Length))
        {
            throw new ArgumentException(
                $"{probabilities.Length} probabilities, {isEvent.Length} outcomes and {weights.Length} weights do not match.", nameof(isEvent));
        }
        double sum = 0, total = 0;
        for (var i = 0; i < probabilities.Length; i++)
        {
            var weight = weights.IsEmpty ? 1 : weights[i];
            var difference = probabilities[i] - (isEvent[i] ? 1 : 0);
            sum += weight * difference * difference;
            total += weight;
        }
        return sum / total;
    }

    /// <summary>1 − Brier / (π (1 − π)): 1 is perfect, 0 is as good as predicting the prevalence π for all, negative is worse.</summary>
    public static double Scaled(double brier, double prevalence) => 1 - (brier / (prevalence * (1 - prevalence)));
}
