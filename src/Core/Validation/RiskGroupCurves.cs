using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>Survival of the cases that models which had not seen them take for low and for high risk.</summary>
internal static class RiskGroupCurves
{
    /// <summary>What is to be read beside the p-value.</summary>
    public const string Caution =
        "Each case's group is by models that had not seen it, at cut-offs fixed on their own training cases. These models share cases, so that the p-value of "
        + "the log-rank test, which takes groups as given beforehand, is nominal; only one by permutation is valid.";

    private const string LockedCaution =
        "The cut-off is that of the training cases of the locked model, which saw none of these: groups are given beforehand, as the log-rank test asks.";

    /// <summary>Of a locked model, at the cut-off that was fixed with it. Null for other endpoints, and where one group has nobody.</summary>
    public static RiskGroups? Locked(LockedScores scores, double cutOff, double level)
    {
        if (scores.Endpoint is not SurvivalEndpoint survival)
            return null;
        bool?[] high = [.. scores.Predictions.Scores().Select(risk => (bool?)(risk > cutOff))];
        if (!high.Contains(true) || !high.Contains(false))
            return null;
        var test = Test(survival, high);
        return new(
            "locked", "external", Curve(survival, high, false, level), Curve(survival, high, true, level), test.ChiSquare, test.PValue, null, LockedCaution)
        {
            Incidence = RiskGroupIncidences.Make(survival, high, level),
        };
    }

    /// <summary>
    /// By the leading scheme: a case is of high risk if its score is above the cut-off in more than half of the resamples in which it was unseen. Null
    /// for other endpoints, and where one group has nobody.
    /// </summary>
    public static RiskGroups? Make(ResampleScores scores, ResamplingPlan plan)
    {
        if (plan.Endpoint is not SurvivalEndpoint survival)
            return null;
        var scheme = scores.Schemes[0];
        var high = Groups(scores.Of(scheme.Own).Select(r => r.Result), plan);
        if (!high.Contains(true) || !high.Contains(false))
            return null;
        var test = Test(survival, high);
        return new(
            plan.Options.RiskGroups == RiskGroupRule.Median ? "median" : "maximally_selected", scheme.Name,
            Curve(survival, high, false, plan.Options.Level), Curve(survival, high, true, plan.Options.Level), test.ChiSquare, test.PValue,
            Permuted(scores, plan, (outcome, groups) => Test(outcome, groups).ChiSquare), Caution)
        {
            Incidence = RiskGroupIncidences.Make(survival, high, plan.Options.Level, statistic => Permuted(scores, plan, statistic)),
        };
    }

    /// <summary>Null for a case that was never unseen.</summary>
    private static bool?[] Groups(IEnumerable<ResampleResult> results, ResamplingPlan plan)
    {
        var (above, all) = (new int[plan.Rows.Count], new int[plan.Rows.Count]);
        foreach (var result in results)
        {
            if (result.CutOff is not { } cutOff || result.Rows.Length == 0)
                continue;
            var risks = HeldOutRows.Predictions(plan, result).Scores();
            for (var i = 0; i < result.Rows.Length; i++)
            {
                all[result.Rows[i]]++;
                above[result.Rows[i]] += risks[i] > cutOff ? 1 : 0;
            }
        }
        return [.. all.Select((count, row) => count == 0 ? (bool?)null : 2 * above[row] > count)];
    }

    private static LogRankResult Test(SurvivalEndpoint survival, bool?[] high)
    {
        int[] rows = [.. Enumerable.Range(0, high.Length).Where(r => high[r] is not null)];
        var known = (SurvivalEndpoint)survival.SelectRows(rows);
        return LogRank.Test(known.Times, known.Events, [.. rows.Select(r => high[r] is true ? 1 : 0)], 2);
    }

    private static RiskGroup Curve(SurvivalEndpoint survival, bool?[] high, bool which, double level)
    {
        var group = (SurvivalEndpoint)survival.SelectRows([.. Enumerable.Range(0, high.Length).Where(r => high[r] == which)]);
        var curve = KaplanMeier.Fit(group.Times, group.Events);
        return new(group.Count, group.EventCount,
        [
            .. curve.Times.Select((time, k) =>
            {
                var (low, upper) = curve.IntervalAt(time, level, SurvivalInterval.LogLog);
                return new SurvivalPoint(time, curve.Survival[k], double.IsFinite(low) ? low : null, double.IsFinite(upper) ? upper : null, (int)curve.AtRisk[k]);
            }),
        ]);
    }

    // The statistic of the outcomes as they are, made in the very way of the others, among those of outcomes dealt out anew: valid, whatever the models share.
    private static double? Permuted(ResampleScores scores, ResamplingPlan plan, Func<SurvivalEndpoint, bool?[], double> statistic)
    {
        if (plan.Options.Permutation is not { } options)
            return null;
        var statistics = scores.Of(ResampleKind.Permutation).GroupBy(r => r.Unit.Resample).OrderBy(g => g.Key).Select(g =>
        {
            var high = Groups(g.Select(r => r.Result), plan);
            if (high.Contains(true) && high.Contains(false))
                return statistic((SurvivalEndpoint)plan.EndpointOf(g.First().Unit), high);
            // Models without predictors put everybody into one group: no difference at all. Only a deal that gave no groups counts as extreme.
            return Array.Exists(high, h => h is not null) ? 0 : double.NaN;
        }).ToArray();
        if (!double.IsFinite(statistics[0]))
            return null;
        return PermutationTest.PValue(PermutationTest.Extreme(statistics[0], statistics.AsSpan(1)), options.Permutations);
    }
}
