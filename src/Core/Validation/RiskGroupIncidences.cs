using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>The cumulative incidence of the event by risk group where other events compete.</summary>
internal static class RiskGroupIncidences
{
    /// <param name="high">Of each row whether its risk is high; null where it is in no group.</param>
    /// <param name="permutation">Of a statistic of groups its p-value by permutation; null where none was asked for.</param>
    /// <returns>Null where nobody in a group had a competing event.</returns>
    public static RiskGroupIncidence? Make(
        SurvivalEndpoint survival, bool?[] high, double level, Func<Func<SurvivalEndpoint, bool?[], double>, double?>? permutation = null)
    {
        var (low, upper) = (Curve(survival, high, false, level), Curve(survival, high, true, level));
        if (low.Competing + upper.Competing == 0)
            return null;
        var (statistic, _, p) = Test(survival, high);
        var exists = double.IsFinite(statistic);
        return new(
            low, upper, exists ? statistic : null, exists ? p : null, exists ? permutation?.Invoke((outcome, groups) => Test(outcome, groups).ChiSquare) : null);
    }

    private static (double ChiSquare, int DegreesOfFreedom, double PValue) Test(SurvivalEndpoint survival, bool?[] high)
    {
        int[] rows = [.. Enumerable.Range(0, high.Length).Where(r => high[r] is not null)];
        var known = (SurvivalEndpoint)survival.SelectRows(rows);
        return GrayTest.Test(known.Times, known.Causes(), 1, [.. rows.Select(r => high[r] is true ? 1 : 0)], 2);
    }

    private static GroupIncidence Curve(SurvivalEndpoint survival, bool?[] high, bool which, double level)
    {
        var group = (SurvivalEndpoint)survival.SelectRows([.. Enumerable.Range(0, high.Length).Where(r => high[r] == which)]);
        var curve = CumulativeIncidence.Fit(group.Times, group.Causes(), 1);
        var points = new List<IncidencePoint>();
        for (var k = 0; k < curve.Times.Count; k++)
        {
            // The times of competing events, at which it does not rise, are left out.
            if (curve.Incidence[k] == (k == 0 ? 0 : curve.Incidence[k - 1]))
                continue;
            var (low, upper) = curve.IntervalAt(curve.Times[k], level);
            points.Add(new(curve.Times[k], curve.Incidence[k], double.IsFinite(low) ? low : null, double.IsFinite(upper) ? upper : null));
        }
        // Constant up to the last follow-up.
        if (group.Count > 0 && group.Times.Max() is var end && (points.Count == 0 || points[^1].Time < end))
            points.Add(points.Count == 0 ? new(end, 0, null, null) : points[^1] with { Time = end });
        return new(group.CompetingCount, points);
    }
}
