namespace RadiogenomicsCloud.Statistics;

/// <summary>
/// Cox regression on one column at a time, for thousands of columns of one endpoint: times are sorted once. Ties by Efron (J Am Stat Assoc
/// 1977, 72:557), as R's <c>coxph(Surv(time, event) ~ x)</c>. Rows of which the value is missing (NaN) are left out column by column.
/// </summary>
public sealed class UnivariateCox
{
    private const int MostIterations = 50;

    private readonly int[] order;      // rows by time, the longest first
    private readonly double[] times;
    private readonly bool[] events;

    /// <exception cref="ArgumentException">The lengths differ, or a time is NaN.</exception>
    public UnivariateCox(ReadOnlySpan<double> times, ReadOnlySpan<bool> events)
    {
        if (times.Length != events.Length)
            throw new ArgumentException($"{times.Length} times and {events.Length} events cannot be paired.", nameof(events));
        var key = new double[times.Length];
        order = new int[times.Length];
        for (var i = 0; i < order.Length; i++)
            (order[i], key[i]) = (i, double.IsNaN(times[i]) ? throw new ArgumentException("A time is missing.", nameof(times)) : -times[i]);
        Array.Sort(key, order);
        this.times = new double[order.Length];
        this.events = new bool[order.Length];
        for (var i = 0; i < order.Length; i++)
            (this.times[i], this.events[i]) = (-key[i], events[order[i]]);
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
        if (Scaled(x) is not { } scaled)
            return TwoSampleResult.Undefined;
        double beta = 0, information = double.NaN;
        for (var i = 0; i < MostIterations; i++)
        {
            (var score, information) = Derivatives(scaled.Values, beta);
            if (!(information > 0))
                return i == 0 ? TwoSampleResult.Undefined : new(0, 1, beta / scaled.Scale);
            // A step of more than two standard deviations' log hazard overshoots where the curve is flat.
            var step = Math.Clamp(score / information, -2, 2);
            beta += step;
            if (Math.Abs(step) <= 1e-10 * (1 + Math.Abs(beta)) || Math.Abs(beta) > 30)
                break;
        }
        var z = beta * Math.Sqrt(information);
        return new(z, Normal.TwoSidedP(z), beta / scaled.Scale);
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
            double d0 = 0, d1 = 0, d2 = 0;
            var deaths = 0;
            var end = start;
            for (; end < x.Length && times[end] == times[start]; end++)
            {
                var value = x[end];
                if (double.IsNaN(value))
                    continue;
                var weight = beta == 0 ? 1 : Math.Exp(beta * value);
                s0 += weight;
                s1 += weight * value;
                s2 += weight * value * value;
                if (!events[end])
                    continue;
                deaths++;
                d0 += weight;
                d1 += weight * value;
                d2 += weight * value * value;
                score += value;
            }
            for (var k = 0; k < deaths; k++)
            {
                var share = (double)k / deaths;
                var total = s0 - (share * d0);
                var mean = (s1 - (share * d1)) / total;
                score -= mean;
                information += ((s2 - (share * d2)) / total) - (mean * mean);
            }
            start = end;
        }
        // What is left of differences that cancel is no information.
        return (score, information > 1e-12 ? information : 0);
    }
}
