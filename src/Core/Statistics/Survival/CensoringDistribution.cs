namespace RadiogenomicsCloud.Statistics;

/// <summary>
/// G(t), the probability of not being censored up to and including t, estimated by Kaplan–Meier with the roles of event and censoring
/// exchanged and the events of a time leaving before its censorings (as R's <c>prodlim(reverse = TRUE)</c>). Censoring is taken to depend
/// neither on the predictors nor on the event. To be fitted on training rows and applied to others, or fitted on the rows themselves.
/// Immutable; without rows G is 1.
/// </summary>
public sealed class CensoringDistribution
{
    private readonly double[] times;
    private readonly double[] values;

    private CensoringDistribution(double[] times, double[] values) => (this.times, this.values) = (times, values);

    /// <summary>Times at which somebody was censored, ascending.</summary>
    public IReadOnlyList<double> Times => times;

    /// <summary>G at each of <see cref="Times"/>.</summary>
    public IReadOnlyList<double> Values => values;

    /// <param name="weights">How often each row counts; empty: once.</param>
    /// <exception cref="ArgumentException">The lengths differ, a time is not finite, or a weight is negative or not finite.</exception>
    public static CensoringDistribution Fit(ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<double> weights = default)
    {
        var counts = SurvivalCounts.Of(times, events, weights);
        double[] at = new double[counts.Count], values = new double[counts.Count];
        var product = 1.0;
        var steps = 0;
        for (var k = 0; k < counts.Count; k++)
        {
            if (counts.Censored[k] == 0)
                continue;
            // The events of a time have left.
            var n = counts.AtRisk[k] - counts.Events[k];
            product *= KaplanMeier.LeavesNone(counts.Censored[k], n) ? 0 : (n - counts.Censored[k]) / n;
            at[steps] = counts.Time[k];
            values[steps++] = product;
        }
        return new(at[..steps], values[..steps]);
    }

    /// <summary>G(t) = P(C &gt; t).</summary>
    public double At(double time)
    {
        var i = Array.BinarySearch(times, time);
        i = i >= 0 ? i : ~i - 1;
        return i < 0 ? 1 : values[i];
    }

    /// <summary>G(t−) = P(C ≥ t).</summary>
    public double Before(double time)
    {
        var i = SurvivalCurve.LastBelow(times, time);
        return i < 0 ? 1 : values[i];
    }
}
