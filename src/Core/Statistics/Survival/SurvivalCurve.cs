namespace RadiogenomicsCloud.Statistics;

/// <summary>The scale on which a normal interval of a survival probability is symmetric (R <c>survfit(conf.type = …)</c>).</summary>
public enum SurvivalInterval
{
    /// <summary>Of S itself, cut at 0 and 1.</summary>
    Plain,

    /// <summary>Of log S, cut at 1; R's default.</summary>
    Log,

    /// <summary>Of log(−log S); always inside (0, 1).</summary>
    LogLog,
}

/// <summary>
/// A Kaplan–Meier curve: a step function that is 1 before the first time and constant after the last, although nothing is known there.
/// The lists have one element per distinct time, whether of an event or a censoring. Immutable.
/// </summary>
public sealed class SurvivalCurve
{
    private readonly double[] times;
    private readonly double[] survival;
    private readonly double[] greenwood;

    internal SurvivalCurve(SurvivalCounts counts, double[] survival, double[] greenwood)
    {
        times = counts.Time[..counts.Count];
        (this.survival, this.greenwood) = (survival, greenwood);
        AtRisk = counts.AtRisk[..counts.Count];
        Events = counts.Events[..counts.Count];
        Censored = counts.Censored[..counts.Count];
    }

    /// <summary>Distinct times, ascending.</summary>
    public IReadOnlyList<double> Times => times;

    /// <summary>Rows at risk just before each time, weighted.</summary>
    public IReadOnlyList<double> AtRisk { get; }

    public IReadOnlyList<double> Events { get; }

    public IReadOnlyList<double> Censored { get; }

    /// <summary>P(no event up to and including the time).</summary>
    public IReadOnlyList<double> Survival => survival;

    /// <summary>S(t) = P(T &gt; t).</summary>
    public double At(double time)
    {
        var i = IndexAt(time);
        return i < 0 ? 1 : survival[i];
    }

    /// <summary>S(t−) = P(T ≥ t).</summary>
    public double Before(double time)
    {
        var i = LastBelow(times, time);
        return i < 0 ? 1 : survival[i];
    }

    /// <summary>Greenwood's standard error of S(t); NaN where S is 0.</summary>
    public double StandardErrorAt(double time)
    {
        var i = IndexAt(time);
        return i < 0 ? 0 : survival[i] > 0 ? survival[i] * Math.Sqrt(greenwood[i]) : double.NaN;
    }

    /// <summary>A pointwise interval of S(t), as R's <c>survfit</c>.</summary>
    /// <param name="level">For example 0.95.</param>
    /// <returns>NaN where S is 0 and, on the log-log scale, where S is 1.</returns>
    public (double Low, double High) IntervalAt(double time, double level, SurvivalInterval kind = SurvivalInterval.Log)
    {
        var i = IndexAt(time);
        var (s, variance) = i < 0 ? (1, 0) : (survival[i], greenwood[i]);
        var half = Normal.Quantile((1 + level) / 2) * Math.Sqrt(variance);
        if (s == 0)
            return (double.NaN, double.NaN);
        switch (kind)
        {
            case SurvivalInterval.Plain:
                return (Math.Max(0, s - (half * s)), Math.Min(1, s + (half * s)));
            case SurvivalInterval.Log:
                return (s * Math.Exp(-half), Math.Min(1, s * Math.Exp(half)));
            default:
                if (s == 1)
                    return (double.NaN, double.NaN);
                var centre = Math.Log(-Math.Log(s));
                half /= -Math.Log(s);
                return (Math.Exp(-Math.Exp(centre + half)), Math.Exp(-Math.Exp(centre - half)));
        }
    }

    /// <summary>
    /// The first time at which S ≤ 1 − p; where S equals 1 − p over a stretch, the stretch's middle (to the next step down, or to the last
    /// time), as R's <c>quantile.survfit</c>.
    /// </summary>
    /// <returns>NaN if the curve does not come down so far.</returns>
    public double Quantile(double p) => Crossing(survival, p);

    /// <summary>The median survival time; NaN if more than half survive the last time.</summary>
    public double Median => Quantile(0.5);

    /// <summary>The times at which the pointwise limits cross (Brookmeyer, Crowley, Biometrics 1982, 38:29); a limit that never does is NaN.</summary>
    public (double Low, double High) QuantileInterval(double p, double level, SurvivalInterval kind = SurvivalInterval.Log)
    {
        double[] low = new double[times.Length], high = new double[times.Length];
        for (var i = 0; i < times.Length; i++)
            (low[i], high[i]) = IntervalAt(times[i], level, kind);
        return (Crossing(low, p), Crossing(high, p));
    }

    private double Crossing(double[] curve, double p)
    {
        if (!(p is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(p), p, "A quantile's probability lies in (0, 1).");
        // Products of many fractions meet a quantile only but for rounding.
        var tolerance = Math.Sqrt(Math.BitIncrement(1.0) - 1);
        var (reached, below) = (-1, -1);
        for (var i = 0; i < curve.Length && below < 0; i++)
        {
            if (reached < 0 && curve[i] <= 1 - p + tolerance)
                reached = i;
            if (curve[i] < 1 - p - tolerance)
                below = i;
        }
        return reached < 0 ? double.NaN : (times[reached] + times[below < 0 ? times.Length - 1 : below]) / 2;
    }

    private int IndexAt(double time)
    {
        var i = Array.BinarySearch(times, time);
        return i >= 0 ? i : ~i - 1;
    }

    internal static int LastBelow(double[] sorted, double value)
    {
        var i = Array.BinarySearch(sorted, value);
        return (i >= 0 ? i : ~i) - 1;
    }
}
