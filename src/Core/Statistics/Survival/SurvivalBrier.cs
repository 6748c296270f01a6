namespace RadiogenomicsCloud.Statistics;

/// <summary>
/// The Brier score of predicted survival at a horizon with inverse probability of censoring weights (Graf et al., Stat Med 1999, 18:2529), as
/// R's <c>riskRegression::Score(metrics = "brier", cens.model = "km")</c> and <c>pec::pec(cens.model = "marginal")</c> where G is fitted on
/// the same rows.
/// </summary>
public static class SurvivalBrier
{
    /// <param name="survival">Predicted probability of no event up to and including the horizon, of each row.</param>
    /// <param name="censoring">Fitted on the training rows, or on these rows.</param>
    /// <param name="weights">How often each row counts; empty: once.</param>
    /// <returns>NaN if there are no rows or G is 0 where it is needed.</returns>
    /// <exception cref="ArgumentException">The lengths differ, a time is not finite, a prediction is NaN, or a weight is negative or not finite.</exception>
    public static double At(
        ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<double> survival, double horizon, CensoringDistribution censoring,
        ReadOnlySpan<double> weights = default)
    {
        ArgumentNullException.ThrowIfNull(censoring);
        SurvivalCounts.Check(times, events, survival, weights);
        double sum = 0, total = 0;
        var beyond = censoring.At(horizon);
        for (var i = 0; i < times.Length; i++)
        {
            var weight = weights.IsEmpty ? 1 : weights[i];
            total += weight;
            var survives = times[i] > horizon;
            if (weight == 0 || (!survives && !events[i]))
                continue;
            var g = survives ? beyond : censoring.Before(times[i]);
            var difference = (survives ? 1 : 0) - survival[i];
            sum += g > 0 ? weight * difference * difference / g : double.NaN;
        }
        return sum / total;
    }

    /// <summary>
    /// The Brier score of predicting the same survival for everybody; with the Kaplan–Meier value of the training rows it is the reference of
    /// <see cref="PredictionAccuracy"/>.
    /// </summary>
    public static double OfConstant(
        ReadOnlySpan<double> times, ReadOnlySpan<bool> events, double survival, double horizon, CensoringDistribution censoring,
        ReadOnlySpan<double> weights = default)
    {
        var same = new double[times.Length];
        Array.Fill(same, survival);
        return At(times, events, same, horizon, censoring, weights);
    }

    /// <summary>
    /// The index of prediction accuracy 1 − Brier / Brier of the null model (Kattan, Gerds, Diagn Progn Res 2018, 2:7): 1 is perfect, 0 is as
    /// good as the null model, negative is worse. It serves integrated scores as well.
    /// </summary>
    public static double PredictionAccuracy(double brier, double nullBrier) => 1 - (brier / nullBrier);

    /// <summary>
    /// The integrated Brier score over [from, to], divided by to − from: the score is the step function that keeps each value until the next
    /// time, and is 0 before the first, as R's <c>pec::crps(start = from, times = to)</c> gives it with 0 at time 0.
    /// </summary>
    /// <param name="at">Times of the scores, ascending.</param>
    /// <returns>NaN if a score that counts is.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or the times do not ascend.</exception>
    public static double Integrate(ReadOnlySpan<double> at, ReadOnlySpan<double> brier, double from, double to)
    {
        if (at.Length != brier.Length)
            throw new ArgumentException($"{at.Length} times and {brier.Length} scores do not match.", nameof(brier));
        if (!(to > from))
            throw new ArgumentException("The interval of integration is empty.", nameof(to));
        var sum = 0.0;
        for (var i = 0; i < at.Length; i++)
        {
            if (double.IsNaN(at[i]) || (i > 0 && !(at[i] > at[i - 1])))
                throw new ArgumentException("The times of a Brier curve must ascend.", nameof(at));
            var width = Math.Min(to, i + 1 < at.Length ? at[i + 1] : to) - Math.Max(from, at[i]);
            if (width > 0)
                sum += width * brier[i];
        }
        return sum / (to - from);
    }

    /// <summary>The integrated Brier score from the first to the last time, by trapezoids: between two times the score is the mean of theirs.</summary>
    /// <param name="at">Times of the scores, ascending.</param>
    /// <returns>NaN if a score is, or there are fewer than two times.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or the times do not ascend.</exception>
    public static double IntegrateTrapezoids(ReadOnlySpan<double> at, ReadOnlySpan<double> brier)
    {
        if (at.Length != brier.Length)
            throw new ArgumentException($"{at.Length} times and {brier.Length} scores do not match.", nameof(brier));
        if (at.Length < 2)
            return double.NaN;
        var means = brier.ToArray();
        for (var i = 0; i + 1 < means.Length; i++)
            means[i] = (brier[i] + brier[i + 1]) / 2;
        return Integrate(at, means, at[0], at[^1]);
    }
}
