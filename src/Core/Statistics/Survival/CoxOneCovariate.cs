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
/// Cox's proportional hazards regression on one covariate by Newton's method, as R's <c>coxph(Surv(time, event) ~ x, ties = …)</c>. On a
/// model's log relative hazard its coefficient is the calibration slope of unseen rows: 1 is ideal, below 1 too extreme.
/// </summary>
public static class CoxOneCovariate
{
    /// <param name="x">The covariate, finite.</param>
    /// <param name="weights">Case weights as R's; under Breslow's method a weight of 2 is two copies; empty: 1.</param>
    /// <returns>Undefined if there is no event, x does not vary among those at risk, or it separates so that no maximum exists.</returns>
    /// <exception cref="ArgumentException">The lengths differ, a value is not finite, or a weight is negative or not finite.</exception>
    public static MaximumLikelihood Fit(
        ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<double> x, TiedEvents ties = TiedEvents.Efron,
        ReadOnlySpan<double> weights = default)
    {
        SurvivalCounts.Check(times, events, x, weights);
        var sorted = times.ToArray();
        var order = SurvivalCounts.Order(sorted);
        // Centred and scaled, so that exponentials stay in range and convergence has a meaning.
        var covariate = x.ToArray();
        double mean = Moments.Mean(covariate), scale = 0;
        if (double.IsInfinity(mean))
            throw new ArgumentException("A value of the covariate is infinite.", nameof(x));
        foreach (var value in covariate)
            scale = Math.Max(scale, Math.Abs(value - mean));
        if (!(scale > 0))
            return MaximumLikelihood.Undefined;
        for (var i = 0; i < covariate.Length; i++)
            covariate[i] = (covariate[i] - mean) / scale;
        double beta = 0, step = 0, previous = double.NegativeInfinity;
        for (var iteration = 0; iteration < 100; iteration++)
        {
            var (likelihood, score, information) = Evaluate(sorted, order, events, covariate, weights, ties, beta);
            if (likelihood < previous - (1e-12 * Math.Abs(previous)))
            {
                step /= 2;
                beta -= step;
                continue;
            }
            previous = likelihood;
            if (!(information > 1e-12) || Math.Abs(beta) > 50)
                break;
            step = score / information;
            beta += step;
            if (Math.Abs(step) < 1e-10 * (1 + Math.Abs(beta)))
                return new(beta / scale, 1 / Math.Sqrt(Evaluate(sorted, order, events, covariate, weights, ties, beta).Information) / scale);
        }
        return MaximumLikelihood.Undefined;
    }

    private static (double Likelihood, double Score, double Information) Evaluate(
        double[] sorted, int[] order, ReadOnlySpan<bool> events, double[] x, ReadOnlySpan<double> weights, TiedEvents ties, double beta)
    {
        double likelihood = 0, score = 0, information = 0;
        double s0 = 0, s1 = 0, s2 = 0;
        for (var end = sorted.Length; end > 0;)
        {
            var start = end - 1;
            while (start > 0 && sorted[start - 1] == sorted[end - 1])
                start--;
            double d0 = 0, d1 = 0, d2 = 0, total = 0;
            var deaths = 0;
            for (var k = start; k < end; k++)
            {
                var value = x[order[k]];
                var weight = weights.IsEmpty ? 1 : weights[order[k]];
                var risk = weight * Math.Exp(beta * value);
                s0 += risk;
                s1 += risk * value;
                s2 += risk * value * value;
                if (!events[order[k]] || weight == 0)
                    continue;
                deaths++;
                total += weight;
                d0 += risk;
                d1 += risk * value;
                d2 += risk * value * value;
                likelihood += weight * beta * value;
                score += weight * value;
            }
            for (var tied = 0; tied < deaths; tied++)
            {
                var share = ties == TiedEvents.Efron ? (double)tied / deaths : 0;
                double r0 = s0 - (share * d0), mean = (s1 - (share * d1)) / r0, weight = total / deaths;
                likelihood -= weight * Math.Log(r0);
                score -= weight * mean;
                information += weight * (((s2 - (share * d2)) / r0) - (mean * mean));
            }
            end = start;
        }
        return (likelihood, score, information);
    }
}
