using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>Calibration of predicted survival at each horizon, of predictions of unseen cases.</summary>
internal static class HorizonCalibrations
{
    private const int CasesOfAGroup = 20;
    private const int MostGroups = 5;
    private const int FewestForCurve = 5;

    /// <summary>Of the mean unseen prediction of each case; null for endpoints other than survival.</summary>
    public static IReadOnlyList<HorizonCalibration>? Make(ResampleScores scores, ResamplingPlan plan)
    {
        if (plan.Endpoint is not SurvivalEndpoint survival)
            return null;
        var means = scores.CaseMeans();
        int[] held = [.. Enumerable.Range(0, means.Length).Where(r => means[r] is not null)];
        return Of((SurvivalEndpoint)survival.SelectRows(held), plan.Horizons, plan.Options.Level, horizon => At(horizon, plan.Times, i => means[held[i]]!));
    }

    /// <summary>Of a locked model's predictions; null for endpoints other than survival.</summary>
    public static IReadOnlyList<HorizonCalibration>? Locked(LockedScores scores, IReadOnlyList<double> horizons, double level) =>
        scores.Endpoint is not SurvivalEndpoint survival ? null : Of(survival, horizons, level, horizon => At(horizon, scores.Predictions.Times, i => scores.Predictions.Row(i)));

    private delegate ReadOnlySpan<double> RowOf(int row);

    /// <summary>Predicted survival to a time of each row; a row holds the risk and then survival at each time.</summary>
    private static Func<int, double> At(double horizon, IReadOnlyList<double> times, RowOf row)
    {
        var place = Enumerable.Range(0, times.Count).First(t => times[t].Equals(horizon));
        return i => row(i)[1 + place];
    }

    private static List<HorizonCalibration> Of(SurvivalEndpoint outcome, IReadOnlyList<double> horizons, double level, Func<double, Func<int, double>> predicted)
    {
        var result = new List<HorizonCalibration>();
        foreach (var horizon in horizons)
        {
            var of = predicted(horizon);
            double[] survival = [.. Enumerable.Range(0, outcome.Count).Select(of)];
            if (survival.Length == 0 || Array.Exists(survival, s => !double.IsFinite(s)))
                continue;
            result.Add(new(
                horizon, 1 - Moments.Mean(survival), 1 - KaplanMeier.Fit(outcome.Times, outcome.Events).At(horizon),
                outcome.CompetingCount == 0 ? null : CumulativeIncidence.Fit(outcome.Times, outcome.Causes(), 1).At(horizon),
                Smooth(outcome, survival, horizon), Groups(outcome, survival, horizon, level)));
        }
        return result;
    }

    private static CurvePoint[] Smooth(SurvivalEndpoint outcome, double[] survival, double horizon)
    {
        double[] risks = [.. survival.Select(s => 1 - s).Distinct().Order()];
        if (risks.Length < FewestForCurve)
            return [];
        double[] grid = [.. Enumerable.Range(0, CalibrationFigures.GridIntervals + 1).Select(i => risks[0] + ((risks[^1] - risks[0]) * i / CalibrationFigures.GridIntervals))];
        var smooth = SurvivalCalibration.Smooth(outcome.Times, outcome.Events, survival, horizon, grid, CalibrationFigures.Span);
        return [.. grid.Select((x, i) => new CurvePoint(x, smooth[i]))];
    }

    // Survival of a group that is not followed up to the horizon is not known: Kaplan–Meier would be carried forward.
    private static List<CalibrationGroup> Groups(SurvivalEndpoint outcome, double[] survival, double horizon, double level)
    {
        var groups = SurvivalCalibration.Groups(
            outcome.Times, outcome.Events, survival, horizon, Math.Clamp(outcome.Count / CasesOfAGroup, 2, MostGroups), level);
        return [.. groups.Where(g => double.IsFinite(g.Observed)).Select(g => new CalibrationGroup(
            (int)g.Count, g.Predicted, g.Observed,
            // Nobody or everybody had the event: there is no limit on this scale, and the interval says nothing.
            double.IsFinite(g.Low) && double.IsFinite(g.High) ? new(g.Low, g.High, level, GroupMethod) : new(0, 1, level, GroupMethod)))];
    }

    private const string GroupMethod = "Kaplan–Meier, log-log scale";
}
