namespace RadiogenomicsCloud.Statistics;

/// <summary>
/// Jackknife pseudo-values n S(t) − (n − 1) S₋ᵢ(t) of Kaplan–Meier survival (Andersen, Klein, Rosthøj, Biometrika 2003, 90:15), as R's
/// <c>prodlim::jackknife(prodlim(Hist(time, event) ~ 1), times)</c>: their mean is S(t) without censoring, and each stands for I(T &gt; t) of its
/// row. They may lie outside [0, 1].
/// </summary>
public static class PseudoValues
{
    /// <exception cref="ArgumentException">The lengths differ or a time is not finite.</exception>
    public static double[] OfSurvival(ReadOnlySpan<double> times, ReadOnlySpan<bool> events, double horizon)
    {
        var counts = SurvivalCounts.Of(times, events, default);
        var all = Product(counts, horizon, double.NaN, false);
        var values = new double[times.Length];
        // Rows of the same time and outcome have the same value, also copies of a case; so have all that are known to live past the horizon.
        var known = new Dictionary<(double Time, bool Event), double>();
        for (var i = 0; i < values.Length; i++)
        {
            var row = times[i] > horizon ? (double.PositiveInfinity, false) : (times[i], events[i]);
            if (!known.TryGetValue(row, out values[i]))
                known.Add(row, values[i] = (times.Length * all) - ((times.Length - 1) * Product(counts, horizon, row.Item1, row.Item2)));
        }
        return values;
    }

    // Kaplan–Meier at the horizon without one row of the given time.
    private static double Product(SurvivalCounts counts, double horizon, double without, bool isEvent)
    {
        var product = 1.0;
        for (var k = 0; k < counts.Count && counts.Time[k] <= horizon; k++)
        {
            var n = counts.AtRisk[k] - (without >= counts.Time[k] ? 1 : 0);
            var d = counts.Events[k] - (isEvent && without == counts.Time[k] ? 1 : 0);
            if (d > 0)
                product *= (n - d) / n;
        }
        return product;
    }
}
