namespace RadiogenomicsCloud.Statistics;

/// <summary>How the partial likelihood treats events of the same time.</summary>
public enum TiedEvents
{
    /// <summary>Efron (J Am Stat Assoc 1977, 72:557).</summary>
    Efron,

    /// <summary>Breslow (Biometrics 1974, 30:89).</summary>
    Breslow,
}

/// <summary>
/// Cox regression on one column at a time, for thousands of columns of one endpoint: times are sorted once. As R's <c>coxph(Surv(time, event)
/// ~ x, weights, ties = …)</c>. Rows of which the value is missing (NaN) are left out column by column.
/// </summary>
public sealed class UnivariateCox
{
    private const int MostIterations = 50;

    private readonly int[] order;      // rows by time, the longest first
    private readonly double[] times;
    private readonly bool[] events;
    private readonly double[] weights;
    private readonly TiedEvents ties;

    /// <param name="weights">Case weights as R's; under Breslow's method a weight of 2 is two copies; empty: 1.</param>
    /// <exception cref="ArgumentException">The lengths differ, a time is NaN, or a weight is negative or not finite.</exception>
    public UnivariateCox(
        ReadOnlySpan<double> times, ReadOnlySpan<bool> events, TiedEvents ties = TiedEvents.Efron, ReadOnlySpan<double> weights = default)
    {
        if (times.Length != events.Length || (!weights.IsEmpty && weights.Length != times.Length))
            throw new ArgumentException($"{times.Length} times, {events.Length} events and {weights.Length} weights do not match.", nameof(events));
        BinaryInput.CheckWeights(weights);
        this.ties = ties;
        var key = new double[times.Length];
        order = new int[times.Length];
        for (var i = 0; i < order.Length; i++)
            (order[i], key[i]) = (i, double.IsNaN(times[i]) ? throw new ArgumentException("A time is missing.", nameof(times)) : -times[i]);
        Array.Sort(key, order);
        this.times = new double[order.Length];
        this.events = new bool[order.Length];
        this.weights = new double[order.Length];
        for (var i = 0; i < order.Length; i++)
            (this.times[i], this.events[i], this.weights[i]) = (-key[i], events[order[i]], weights.IsEmpty ? 1 : weights[order[i]]);
    }

    /// <summary>The score test of no effect, <c>summary(coxph(…))$sctest</c>: one pass, no iteration.</summary>
    /// <returns>χ² of one degree of freedom, p, and the score over its standard error; undefined without events or spread.</returns>
    public TwoSampleResult Score(ReadOnlySpan<double> x)
    {
        if (Scaled(x) is not { } scaled)
            return TwoSampleResult.Undefined;
        var (score, information) = Derivatives(scaled.Values, 0);
        if (!(information > 0))
            return TwoSampleResult.Undefined;
        var z = score / Math.Sqrt(information);
        return new(z * z, Normal.TwoSidedP(z), z);
    }

    /// <summary>The Wald test, <c>summary(coxph(…))$coefficients</c>.</summary>
    /// <returns>
    /// z, p and the log hazard ratio per unit of <paramref name="x"/>; undefined without events or spread. Where the likelihood has no maximum
    /// (the order of <paramref name="x"/> is that of the events), the ratio grows until the search ends and p comes near 1, as in R.
    /// </returns>
    public TwoSampleResult Wald(ReadOnlySpan<double> x)
    {
        if (Climb(x) is not { } end)
            return TwoSampleResult.Undefined;
        var z = end.Information > 0 ? end.Beta * Math.Sqrt(end.Information) : 0;
        return new(z, Normal.TwoSidedP(z), end.Beta / end.Scale);
    }

    /// <summary>
    /// The log hazard ratio per unit of <paramref name="x"/> and its standard error. On a model's log relative hazard it is the calibration slope of
    /// unseen rows: 1 is ideal, below 1 too extreme.
    /// </summary>
    /// <returns>Undefined without events or spread, and where the likelihood has no maximum.</returns>
    public MaximumLikelihood Fit(ReadOnlySpan<double> x) => Climb(x) is { Found: true } end
        ? new(end.Beta / end.Scale, 1 / Math.Sqrt(end.Information) / end.Scale)
        : MaximumLikelihood.Undefined;

    // By Newton's method from 0; null without events or spread. The information is that of the last step's start.
    private (double Beta, double Information, double Scale, bool Found)? Climb(ReadOnlySpan<double> x)
    {
        if (Scaled(x) is not { } scaled)
            return null;
        double beta = 0, information = double.NaN;
        for (var i = 0; i < MostIterations; i++)
        {
            (var score, information) = Derivatives(scaled.Values, beta);
            if (!(information > 0))
                return i == 0 ? null : (beta, 0, scaled.Scale, false);
            // A step of more than two standard deviations' log hazard overshoots where the curve is flat.
            var step = Math.Clamp(score / information, -2, 2);
            beta += step;
            if (Math.Abs(step) <= 1e-10 * (1 + Math.Abs(beta)))
                return (beta, information, scaled.Scale, true);
            if (Math.Abs(beta) > 30)
                break;
        }
        return (beta, information, scaled.Scale, false);
    }

    // In the order of times, centred and of unit scale, missing still NaN; null where nothing varies.
    private (double[] Values, double Scale)? Scaled(ReadOnlySpan<double> x)
    {
        if (x.Length != order.Length)
            throw new ArgumentException($"{x.Length} values and {order.Length} times cannot be paired.", nameof(x));
        var values = new double[x.Length];
        double sum = 0, count = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i] = x[order[i]];
            if (double.IsNaN(value))
                continue;
            sum += value;
            count++;
        }
        double mean = sum / count, squares = 0;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] -= mean;
            squares += double.IsNaN(values[i]) ? 0 : values[i] * values[i];
        }
        var scale = Math.Sqrt(squares / count);
        if (!(scale > 1e-13 * Math.Abs(mean)) || !double.IsFinite(scale))
            return null;
        for (var i = 0; i < values.Length; i++)
            values[i] /= scale;
        return (values, scale);
    }

    private (double Score, double Information) Derivatives(double[] x, double beta)
    {
        double s0 = 0, s1 = 0, s2 = 0, score = 0, information = 0;
        for (var start = 0; start < x.Length;)
        {
            double d0 = 0, d1 = 0, d2 = 0, failed = 0;
            var deaths = 0;
            var end = start;
            for (; end < x.Length && times[end] == times[start]; end++)
            {
                var value = x[end];
                var own = weights[end];
                if (double.IsNaN(value))
                    continue;
                var weight = beta == 0 ? own : own * Math.Exp(beta * value);
                s0 += weight;
                s1 += weight * value;
                s2 += weight * value * value;
                if (!events[end] || own == 0)
                    continue;
                deaths++;
                failed += own;
                d0 += weight;
                d1 += weight * value;
                d2 += weight * value * value;
                score += own * value;
            }
            for (var k = 0; k < deaths; k++)
            {
                var (share, each) = (ties == TiedEvents.Efron ? (double)k / deaths : 0, failed / deaths);
                var total = s0 - (share * d0);
                var mean = (s1 - (share * d1)) / total;
                score -= each * mean;
                information += each * (((s2 - (share * d2)) / total) - (mean * mean));
            }
            start = end;
        }
        // What is left of differences that cancel is no information.
        return (score, information > 1e-12 ? information : 0);
    }
}
