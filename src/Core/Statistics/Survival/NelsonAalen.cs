namespace RadiogenomicsCloud.Statistics;

/// <summary>One step of a cumulative hazard: its value up to and including the time, and the variance of that.</summary>
public readonly record struct CumulativeHazardPoint(double Time, double Hazard, double Variance);

/// <summary>
/// The cumulative hazard Σ d / n (Nelson, J Qual Technol 1969, 1:27; Aalen, Ann Stat 1978, 6:701) with Aalen's variance Σ d / n², as R's
/// <c>survfit(Surv(time, event) ~ 1)$cumhaz</c> and <c>$std.chaz</c>.
/// </summary>
public static class NelsonAalen
{
    /// <param name="weights">How often each row counts; empty: once.</param>
    /// <returns>One point per distinct time of an event.</returns>
    /// <exception cref="ArgumentException">The lengths differ, a time is not finite, or a weight is negative or not finite.</exception>
    public static IReadOnlyList<CumulativeHazardPoint> Fit(
        ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<double> weights = default)
    {
        var counts = SurvivalCounts.Of(times, events, weights);
        var points = new List<CumulativeHazardPoint>(counts.Count);
        double hazard = 0, variance = 0;
        for (var k = 0; k < counts.Count; k++)
        {
            double d = counts.Events[k], n = counts.AtRisk[k];
            if (d == 0)
                continue;
            hazard += d / n;
            variance += d / (n * n);
            points.Add(new(counts.Time[k], hazard, variance));
        }
        return points;
    }
}
