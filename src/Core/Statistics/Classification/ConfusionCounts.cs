namespace RadiogenomicsCloud.Statistics;

/// <summary>
/// The two-by-two table of a binary prediction at a threshold, weighted: a row is predicted to have the event if its score is at or above the
/// threshold. Proportions of nothing are NaN.
/// </summary>
public readonly record struct ConfusionCounts(double TruePositives, double FalsePositives, double TrueNegatives, double FalseNegatives)
{
    /// <param name="threshold">Chosen on training rows; −∞ predicts the event for all, +∞ for none.</param>
    /// <param name="weights">How often each row counts; empty: once.</param>
    /// <exception cref="ArgumentException">The lengths differ, a score is NaN, or the threshold is NaN.</exception>
    public static ConfusionCounts At(
        ReadOnlySpan<double> scores, ReadOnlySpan<bool> isEvent, double threshold, ReadOnlySpan<double> weights = default)
    {
        BinaryInput.Check(scores, isEvent, weights);
        if (double.IsNaN(threshold))
            throw new ArgumentException("The threshold is missing.", nameof(threshold));
        double tp = 0, fp = 0, tn = 0, fn = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            var weight = weights.IsEmpty ? 1 : weights[i];
            if (scores[i] >= threshold)
            {
                if (isEvent[i])
                    tp += weight;
                else
                    fp += weight;
            }
            else if (isEvent[i])
            {
                fn += weight;
            }
            else
            {
                tn += weight;
            }
        }
        return new(tp, fp, tn, fn);
    }

    /// <summary>Of the rows of both, each decided by its own threshold.</summary>
    public static ConfusionCounts operator +(ConfusionCounts a, ConfusionCounts b) => Add(a, b);

    /// <inheritdoc cref="op_Addition"/>
    public static ConfusionCounts Add(ConfusionCounts a, ConfusionCounts b) => new(
        a.TruePositives + b.TruePositives, a.FalsePositives + b.FalsePositives, a.TrueNegatives + b.TrueNegatives, a.FalseNegatives + b.FalseNegatives);

    public double Total => TruePositives + FalsePositives + TrueNegatives + FalseNegatives;

    public Share Prevalence => new(TruePositives + FalseNegatives, Total);

    /// <summary>Recall.</summary>
    public Share Sensitivity => new(TruePositives, TruePositives + FalseNegatives);

    public Share Specificity => new(TrueNegatives, TrueNegatives + FalsePositives);

    /// <summary>Precision; at the prevalence of these rows.</summary>
    public Share PositivePredictiveValue => new(TruePositives, TruePositives + FalsePositives);

    /// <summary>At the prevalence of these rows.</summary>
    public Share NegativePredictiveValue => new(TrueNegatives, TrueNegatives + FalseNegatives);

    public Share Accuracy => new(TruePositives + TrueNegatives, Total);

    /// <summary>Mean of sensitivity and specificity.</summary>
    public double BalancedAccuracy => (Sensitivity.Value + Specificity.Value) / 2;

    /// <summary>Harmonic mean of precision and recall, 2 TP / (2 TP + FP + FN); NaN without events and without predicted events.</summary>
    public double F1 => new Share(2 * TruePositives, (2 * TruePositives) + FalsePositives + FalseNegatives).Value;

    /// <summary>
    /// Matthews's correlation (Biochim Biophys Acta 1975, 405:442), in [−1, 1]; NaN where a margin is empty, as a correlation with a constant is.
    /// </summary>
    public double MatthewsCorrelation
    {
        get
        {
            double predicted = TruePositives + FalsePositives, events = TruePositives + FalseNegatives;
            double unpredicted = TrueNegatives + FalseNegatives, nonEvents = TrueNegatives + FalsePositives;
            var scale = Math.Sqrt(predicted) * Math.Sqrt(events) * Math.Sqrt(unpredicted) * Math.Sqrt(nonEvents);
            return scale > 0 ? ((TruePositives * TrueNegatives) - (FalsePositives * FalseNegatives)) / scale : double.NaN;
        }
    }
}
