namespace RadiogenomicsCloud.Statistics;

/// <summary>Net benefit at one threshold probability, in true positives per row.</summary>
/// <param name="Model">Of treating the rows whose predicted risk is at or above the threshold.</param>
/// <param name="All">Of treating all rows; of treating none it is 0.</param>
public readonly record struct NetBenefitPoint(double Threshold, double Model, double All);

/// <summary>
/// Decision curve analysis (Vickers, Elkin, Med Decis Making 2006, 26:565): true positives less false positives weighted by the odds of the
/// threshold, per row.
/// </summary>
public static class DecisionCurve
{
    /// <param name="probabilities">Predicted risk of each row.</param>
    /// <param name="threshold">In [0, 1).</param>
    /// <param name="weights">How often each row counts; empty: once.</param>
    /// <returns>NaN if there are no rows.</returns>
    /// <exception cref="ArgumentException">The lengths differ, a probability is missing or outside [0, 1], or a weight is negative or not finite.</exception>
    public static NetBenefitPoint At(
        ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> isEvent, double threshold, ReadOnlySpan<double> weights = default)
    {
        BinaryInput.CheckProbabilities(probabilities);
        var counts = ConfusionCounts.At(probabilities, isEvent, Valid(threshold), weights);
        return new(
            threshold, Of(counts, threshold),
            OfAll(counts.Prevalence.Value, threshold));
    }

    /// <summary>Of treating those of a table that are predicted to have the event, at the odds of a threshold.</summary>
    /// <param name="threshold">In [0, 1).</param>
    public static double Of(ConfusionCounts counts, double threshold) =>
        Benefit(counts.TruePositives, counts.FalsePositives, counts.Total, Valid(threshold));

    /// <summary>Of treating everybody where this share of all has the event.</summary>
    /// <param name="threshold">In [0, 1).</param>
    public static double OfAll(double share, double threshold) => Benefit(share, 1 - share, 1, Valid(threshold));

    /// <summary>
    /// Net benefit of a predicted risk at a horizon with right-censored times (Vickers et al., BMC Med Inform Decis Mak 2008, 8:53): the risk
    /// among the rows at or above the threshold is one minus their Kaplan–Meier survival.
    /// </summary>
    /// <param name="risk">Predicted probability of the event up to and including the horizon, of each row.</param>
    /// <param name="threshold">In [0, 1).</param>
    /// <param name="weights">How often each row counts; empty: once.</param>
    /// <returns>NaN if there are no rows, or nobody of those treated is followed up to the horizon without the event or the curve's end at 0.</returns>
    /// <exception cref="ArgumentException">The lengths differ, a time is not finite, a risk is outside [0, 1], or a weight is negative or not finite.</exception>
    public static NetBenefitPoint AtHorizon(
        ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<double> risk, double horizon, double threshold,
        ReadOnlySpan<double> weights = default)
    {
        var model = ModelAtHorizon(times, events, risk, horizon, threshold, weights);
        return new(threshold, model, OfAll(RiskAt(times, events, weights, horizon), threshold));
    }

    /// <summary>Of treating the rows whose risk is at or above the threshold alone: <see cref="NetBenefitPoint.Model"/> of <see cref="AtHorizon"/>.</summary>
    public static double ModelAtHorizon(
        ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<double> risk, double horizon, double threshold,
        ReadOnlySpan<double> weights = default)
    {
        SurvivalCounts.Check(times, events, risk, weights);
        BinaryInput.CheckProbabilities(risk);
        Valid(threshold);
        double total = 0, treated = 0;
        var treatedWeights = new double[times.Length];
        for (var i = 0; i < times.Length; i++)
        {
            var weight = weights.IsEmpty ? 1 : weights[i];
            total += weight;
            treatedWeights[i] = risk[i] >= threshold ? weight : 0;
            treated += treatedWeights[i];
        }
        var among = treated > 0 ? RiskAt(times, events, treatedWeights, horizon) : 0;
        return Benefit(treated * among, treated * (1 - among), total, threshold);
    }

    private static double RiskAt(ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<double> weights, double horizon)
    {
        var curve = KaplanMeier.Fit(times, events, weights);
        var survival = curve.At(horizon);
        return curve.Times.Count > 0 && (curve.Times[^1] >= horizon || survival == 0) ? 1 - survival : double.NaN;
    }

    private static double Benefit(double truePositives, double falsePositives, double total, double threshold) =>
        (truePositives - (falsePositives * threshold / (1 - threshold))) / total;

    private static double Valid(double threshold) => threshold is >= 0 and < 1
        ? threshold
        : throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "A threshold probability lies in [0, 1).");
}
