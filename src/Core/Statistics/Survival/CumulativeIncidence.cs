namespace RadiogenomicsCloud.Statistics;

/// <summary>
/// Cumulative incidence of one cause of event where others compete (Aalen–Johansen; Kalbfleisch, Prentice 1980) with the variance of
/// R's <c>cmprsk::cuminc</c>: a step function that is 0 before the first time and constant after the last. Immutable.
/// </summary>
public sealed class CumulativeIncidence
{
    private readonly double[] times;
    private readonly double[] incidence;
    private readonly double[] survival;
    private readonly double[] ofCause;
    private readonly double[] ofOthers;

    private CumulativeIncidence(double[] times, double[] incidence, double[] survival, double[] ofCause, double[] ofOthers) =>
        (this.times, this.incidence, this.survival, this.ofCause, this.ofOthers) = (times, incidence, survival, ofCause, ofOthers);

    /// <summary>Distinct times of events of any cause, ascending.</summary>
    public IReadOnlyList<double> Times => times;

    /// <summary>P(an event of the cause up to and including the time).</summary>
    public IReadOnlyList<double> Incidence => incidence;

    /// <param name="causes">0: censored; 1, 2, …: the cause of the event.</param>
    /// <param name="cause">The cause of interest, at least 1.</param>
    /// <param name="weights">How often each row counts; empty: once.</param>
    /// <exception cref="ArgumentException">The lengths differ, a time is not finite, a cause or weight is negative, or a weight is not finite.</exception>
    public static CumulativeIncidence Fit(
        ReadOnlySpan<double> times, ReadOnlySpan<int> causes, int cause, ReadOnlySpan<double> weights = default)
    {
        var (all, own) = CompetingRisks.Split(times, causes, cause);
        var any = SurvivalCounts.Of(times, all, weights);
        var its = SurvivalCounts.Of(times, own, weights);
        List<double> at = [], incidence = [], survival = [], ofCause = [], ofOthers = [];
        double f = 0, s = 1;
        for (var k = 0; k < any.Count; k++)
        {
            double n = any.AtRisk[k], d = any.Events[k], d1 = its.Events[k];
            if (d == 0)
                continue;
            f += s * d1 / n;
            // The variance of the hazards' increments without replacement, times S(u−)².
            ofCause.Add(s * s * CompetingRisks.Spread(d1, n));
            ofOthers.Add(s * s * CompetingRisks.Spread(d - d1, n));
            s = KaplanMeier.LeavesNone(d, n) ? 0 : s * (n - d) / n;
            at.Add(any.Time[k]);
            incidence.Add(f);
            survival.Add(s);
        }
        return new([.. at], [.. incidence], [.. survival], [.. ofCause], [.. ofOthers]);
    }

    public double At(double time)
    {
        var last = LastUpTo(time);
        return last < 0 ? 0 : incidence[last];
    }

    /// <summary>The variance of <see cref="At"/>. It follows the last event of the cause, as cuminc's.</summary>
    public double VarianceAt(double time)
    {
        var last = LastUpTo(time);
        while (last >= 0 && incidence[last] == (last == 0 ? 0 : incidence[last - 1]))
            last--;
        var sum = 0.0;
        for (var k = 0; k <= last; k++)
        {
            // What an event at u takes from the incidence still to come; nothing where nobody is left.
            var taken = survival[k] > 0 ? (incidence[last] - incidence[k]) / survival[k] : 0;
            sum += (ofCause[k] * (1 - taken) * (1 - taken)) + (ofOthers[k] * taken * taken);
        }
        return sum;
    }

    /// <summary>A pointwise interval symmetric on the scale of log(−log(1 − F)); NaN where the incidence is 0 or 1.</summary>
    public (double Low, double High) IntervalAt(double time, double level)
    {
        var f = At(time);
        if (!(f > 0 && f < 1))
            return (double.NaN, double.NaN);
        var centre = Math.Log(-Math.Log(1 - f));
        var half = Normal.Quantile((1 + level) / 2) * Math.Sqrt(VarianceAt(time)) / ((1 - f) * -Math.Log(1 - f));
        return (1 - Math.Exp(-Math.Exp(centre - half)), 1 - Math.Exp(-Math.Exp(centre + half)));
    }

    private int LastUpTo(double time)
    {
        var i = Array.BinarySearch(times, time);
        return i >= 0 ? i : ~i - 1;
    }
}
