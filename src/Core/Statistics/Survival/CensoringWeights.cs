namespace RadiogenomicsCloud.Statistics;

/// <summary>
/// Inverse probability of censoring weights at a horizon (Graf et al., Stat Med 1999, 18:2529): a row with its event at T ≤ t counts 1 / G(T−),
/// a row that is observed beyond t counts 1 / G(t), and a row censored at or before t counts 0.
/// </summary>
public static class CensoringWeights
{
    /// <param name="censoring">Fitted on the training rows, or on these rows.</param>
    /// <returns>NaN for a row whose G is 0: the horizon lies beyond the follow-up of the rows that G was fitted on.</returns>
    public static double[] At(ReadOnlySpan<double> times, ReadOnlySpan<bool> events, double horizon, CensoringDistribution censoring)
    {
        ArgumentNullException.ThrowIfNull(censoring);
        SurvivalCounts.Check(times, events, default);
        var weights = new double[times.Length];
        var beyond = censoring.At(horizon);
        for (var i = 0; i < times.Length; i++)
        {
            if (times[i] <= horizon && !events[i])
            {
                weights[i] = 0;
                continue;
            }
            var g = times[i] > horizon ? beyond : censoring.Before(times[i]);
            weights[i] = g > 0 ? 1 / g : double.NaN;
        }
        return weights;
    }
}
