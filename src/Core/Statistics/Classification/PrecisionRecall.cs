namespace RadiogenomicsCloud.Statistics;

/// <summary>A point of the precision–recall curve: precision and recall at "score ≥ threshold".</summary>
public readonly record struct PrecisionRecallPoint(double Recall, double Precision, double Threshold);

/// <summary>Precision (positive predictive value) against recall (sensitivity). The reference of chance is the prevalence, not one half.</summary>
public static class PrecisionRecall
{
    /// <summary>One point per distinct score, from the highest down; empty if there are no events.</summary>
    /// <param name="weights">How often each row counts; empty: once.</param>
    /// <exception cref="ArgumentException">The lengths differ, a score is NaN, or a weight is negative or not finite.</exception>
    public static IReadOnlyList<PrecisionRecallPoint> Curve(
        ReadOnlySpan<double> scores, ReadOnlySpan<bool> isEvent, ReadOnlySpan<double> weights = default)
    {
        var steps = BinaryInput.Descending(scores, isEvent, weights);
        var events = steps.Sum(s => s.Events);
        if (!(events > 0))
            return [];
        var points = new List<PrecisionRecallPoint>(steps.Count);
        double tp = 0, fp = 0;
        foreach (var step in steps)
        {
            tp += step.Events;
            fp += step.NonEvents;
            points.Add(new(tp / events, tp / (tp + fp), step.Score));
        }
        return points;
    }

    /// <summary>
    /// Average precision Σ (Rₖ − Rₖ₋₁) Pₖ over the distinct scores, without interpolation, as scikit-learn's <c>average_precision_score</c>.
    /// </summary>
    /// <param name="weights">How often each row counts; empty: once.</param>
    /// <returns>NaN if there are no events.</returns>
    /// <exception cref="ArgumentException">The lengths differ, a score is NaN, or a weight is negative or not finite.</exception>
    public static double Average(ReadOnlySpan<double> scores, ReadOnlySpan<bool> isEvent, ReadOnlySpan<double> weights = default)
    {
        var curve = Curve(scores, isEvent, weights);
        double sum = 0, recall = 0;
        foreach (var point in curve)
        {
            sum += (point.Recall - recall) * point.Precision;
            recall = point.Recall;
        }
        return curve.Count > 0 ? sum : double.NaN;
    }
}
