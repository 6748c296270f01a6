namespace RadiogenomicsCloud.Statistics;

/// <summary>
/// Thresholds chosen on training predictions, to be frozen before they meet other rows: a row at or above one is predicted to have the event.
/// Candidates lie halfway between neighbouring scores, as in pROC, and at ±∞.
/// </summary>
public static class Thresholds
{
    /// <summary>
    /// The threshold of the greatest sensitivity + specificity (Youden, Cancer 1950, 3:32), as R's <c>pROC::coords(roc, "best", best.method =
    /// "youden")</c>; the lowest of several.
    /// </summary>
    /// <param name="weights">How often each row counts; empty: once.</param>
    /// <returns>NaN if a class is absent.</returns>
    /// <exception cref="ArgumentException">The lengths differ, a score is NaN, or a weight is negative or not finite.</exception>
    public static double Youden(ReadOnlySpan<double> scores, ReadOnlySpan<bool> isEvent, ReadOnlySpan<double> weights = default)
    {
        var steps = BinaryInput.Descending(scores, isEvent, weights);
        double events = steps.Sum(s => s.Events), nonEvents = steps.Sum(s => s.NonEvents);
        if (!(events > 0 && nonEvents > 0))
            return double.NaN;
        double best = 0, threshold = double.PositiveInfinity, sensitivity = 0, falsePositiveRate = 0;
        for (var k = 0; k < steps.Count; k++)
        {
            sensitivity += steps[k].Events / events;
            falsePositiveRate += steps[k].NonEvents / nonEvents;
            // Sums of shares meet only but for rounding.
            if (sensitivity - falsePositiveRate >= best - 1e-12)
                (best, threshold) = (Math.Max(best, sensitivity - falsePositiveRate), Below(steps, k));
        }
        return threshold;
    }

    private static double Below(List<(double Score, double Events, double NonEvents)> steps, int k) =>
        k == steps.Count - 1 ? double.NegativeInfinity : steps[k + 1].Score + ((steps[k].Score - steps[k + 1].Score) / 2);
}
