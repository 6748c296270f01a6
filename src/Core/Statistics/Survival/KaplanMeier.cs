namespace RadiogenomicsCloud.Statistics;

/// <summary>
/// The product-limit estimate of survival (Kaplan, Meier, J Am Stat Assoc 1958, 53:457) with Greenwood's variance, as R's
/// <c>survfit(Surv(time, event) ~ 1)</c>. Weights are numbers of copies: two copies of a row and a row of weight 2 are the same.
/// </summary>
public static class KaplanMeier
{
    /// <param name="times">Time of event or censoring of each row, finite.</param>
    /// <param name="events">Whether the time is that of the event.</param>
    /// <param name="weights">How often each row counts; empty: once.</param>
    /// <returns>A curve without times if there are no rows.</returns>
    /// <exception cref="ArgumentException">The lengths differ, a time is not finite, or a weight is negative or not finite.</exception>
    public static SurvivalCurve Fit(ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<double> weights = default)
    {
        var counts = SurvivalCounts.Of(times, events, weights);
        double[] survival = new double[counts.Count], greenwood = new double[counts.Count];
        double product = 1, sum = 0;
        for (var k = 0; k < counts.Count; k++)
        {
            double d = counts.Events[k], n = counts.AtRisk[k];
            if (d > 0)
            {
                var remaining = LeavesNone(d, n) ? 0 : n - d;
                product *= remaining / n;
                sum += d / (n * remaining);
            }
            survival[k] = product;
            greenwood[k] = sum;
        }
        return new(counts, survival, greenwood);
    }

    // The sum that the number at risk is may differ from the events by rounding where weights are no integers.
    internal static bool LeavesNone(double leaving, double atRisk) => atRisk - leaving <= 1e-12 * atRisk;
}
