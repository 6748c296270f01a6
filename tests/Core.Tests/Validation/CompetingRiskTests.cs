using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Validation;

/// <summary>What competing events add to a survival study, and what they leave as it is. R's numbers of curve and test are with those.</summary>
public sealed class CompetingRiskTests
{
    private static readonly ResamplingOptions Options = new(BootstrapResamples: 0, Folds: 4, Repeats: 2, OuterResamples: 0) { Permutation = new(Permutations: 19, Fits: 4) };

    [Fact]
    public void Nothing_is_learned_from_competing_events()
    {
        var (predictors, plain, competing) = Study();
        var with = AnyStudy.Run(AnyStudy.Plan((predictors, competing), Options), predictors);
        var without = AnyStudy.Run(AnyStudy.Plan((predictors, plain), Options), predictors);
        foreach (var (a, b) in with.Zip(without))
        {
            Assert.Equal(b.Rows, a.Rows);
            Assert.Equal(b.Predicted, a.Predicted);
            Assert.Equal(b.CutOff, a.CutOff);
        }
    }

    [Fact]
    public void The_incidence_of_risk_groups_is_that_of_cases_by_models_that_had_not_seen_them()
    {
        var (predictors, _, competing) = Study();
        var plan = AnyStudy.Plan((predictors, competing), Options);
        var results = AnyStudy.Run(plan, predictors);
        var performance = PerformanceSummary.Summarise(SimulatedStudy.Describe(predictors), plan, results);
        var incidence = performance.RiskGroups!.Incidence!;
        var (above, seen) = (new int[competing.Count], new int[competing.Count]);
        foreach (var result in results.Where(r => plan.Unit(r.Unit).Kind == ResampleKind.CrossValidation))
        {
            var width = result.Predicted.Length / result.Rows.Length;
            for (var i = 0; i < result.Rows.Length; i++)
            {
                seen[result.Rows[i]]++;
                above[result.Rows[i]] += result.Predicted[i * width] > result.CutOff ? 1 : 0;
            }
        }
        int[] groups = [.. above.Zip(seen, (a, n) => 2 * a > n ? 1 : 0)];
        var gray = GrayTest.Test(competing.Times, competing.Causes(), 1, groups, 2);
        Assert.Equal(gray.ChiSquare, incidence.ChiSquare!.Value, 10);
        Assert.Equal(gray.PValue, incidence.PValue!.Value, 12);
        int[] high = [.. Enumerable.Range(0, groups.Length).Where(r => groups[r] == 1)];
        var ofHigh = (SurvivalEndpoint)competing.SelectRows(high);
        var curve = CumulativeIncidence.Fit(ofHigh.Times, ofHigh.Causes(), 1);
        Assert.Equal(ofHigh.Competing!.Count(c => c), incidence.High.Competing);
        foreach (var point in incidence.High.Curve)
        {
            Assert.Equal(curve.At(point.Time), point.Incidence, 12);
            // One less Kaplan–Meier overstates it, and the sum with the competing event's incidence stays below 1.
            Assert.True(point.Incidence <= 1 - KaplanMeier.Fit(ofHigh.Times, ofHigh.Events).At(point.Time) + 1e-12);
            Assert.True(point.Incidence + CumulativeIncidence.Fit(ofHigh.Times, ofHigh.Causes(), 2).At(point.Time) <= 1 + 1e-12);
        }
        // The signal is strong: none of 19 deals, which carry competing events along, comes near it.
        Assert.Equal(0.05, incidence.PermutationPValue!.Value, 12);
        Assert.Contains(performance.Warnings, w => w.Contains("cause-specific", StringComparison.Ordinal));
    }

    [Fact]
    public void Four_cases_by_hand()
    {
        // At 1 one of four has the event; at 2 one of three the competing one; at 3 one of two the event: ¼ + ½ · ½. Kaplan–Meier: 1 − ¾ · ½.
        var outcome = new SurvivalEndpoint("e", [1, 2, 3, 4], [true, false, true, false]) { Competing = [false, true, false, false] };
        Assert.Equal([1, 2, 1, 0], outcome.Causes());
        var incidence = RiskGroupIncidences.Make(
            (SurvivalEndpoint)outcome.SelectRows([0, 1, 2, 3, 0, 1, 2, 3]), [false, false, false, false, true, true, true, true], 0.95)!;
        Assert.Equal([(1, 0.25), (3, 0.5), (4, 0.5)], incidence.Low.Curve.Select(p => (p.Time, p.Incidence)));
        Assert.Equal(0.625, 1 - KaplanMeier.Fit(outcome.Times, outcome.Events).At(3), 12);
        Assert.Equal(0, incidence.ChiSquare!.Value, 12);
    }

    [Fact]
    public void Without_competing_events_there_is_nothing_beside_Kaplan_Meier()
    {
        var (predictors, plain, _) = Study();
        foreach (var outcome in new[] { plain, plain with { Competing = new bool[plain.Count] } })
        {
            var plan = AnyStudy.Plan((predictors, outcome), Options);
            var performance = PerformanceSummary.Summarise(SimulatedStudy.Describe(predictors), plan, AnyStudy.Run(plan, predictors));
            Assert.Null(performance.RiskGroups!.Incidence);
            Assert.All(performance.CalibrationAt!, c => Assert.Null(c.Incidence));
            Assert.DoesNotContain(performance.Warnings, w => w.Contains("competing", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Calibration_at_the_horizons_is_of_each_case_s_mean_unseen_prediction()
    {
        var (predictors, _, competing) = Study();
        var plan = AnyStudy.Plan((predictors, competing), Options with { Permutation = null });
        var results = AnyStudy.Run(plan, predictors);
        var performance = PerformanceSummary.Summarise(SimulatedStudy.Describe(predictors), plan, results);
        Assert.Equal(plan.Horizons, performance.CalibrationAt!.Select(c => c.Horizon));
        foreach (var calibration in performance.CalibrationAt!)
        {
            var place = plan.Times.ToList().IndexOf(calibration.Horizon);
            var survival = new double[competing.Count];
            foreach (var result in results.Where(r => plan.Unit(r.Unit).Kind == ResampleKind.CrossValidation))
            {
                var width = plan.Times.Count + 1;
                for (var i = 0; i < result.Rows.Length; i++)
                    survival[result.Rows[i]] += result.Predicted[(i * width) + 1 + place] / 2;
            }
            Assert.Equal(1 - survival.Average(), calibration.MeanPredicted, 12);
            Assert.Equal(1 - KaplanMeier.Fit(competing.Times, competing.Events).At(calibration.Horizon), calibration.Observed, 12);
            Assert.Equal(CumulativeIncidence.Fit(competing.Times, competing.Causes(), 1).At(calibration.Horizon), calibration.Incidence!.Value, 12);
            Assert.Equal(competing.Count, calibration.Groups.Sum(g => g.Count));
            Assert.Equal(survival.Average(), 1 - (calibration.Groups.Sum(g => g.Count * g.MeanPredicted) / competing.Count), 10);
            // Stacked repeats of equal size: the mean over cases is the mean over predictions.
            var ratio = performance.Estimates.Single(e => e.Measure == "observed_to_expected_at" && e.Horizon.Equals(calibration.Horizon));
            Assert.Equal(calibration.Observed / calibration.MeanPredicted, ratio.Value, 10);
        }
    }

    private static (Predictors Predictors, SurvivalEndpoint Plain, SurvivalEndpoint Competing) Study()
    {
        var (predictors, endpoint) = AnyStudy.Make(EndpointKind.Survival, 80, 2, 5, 1.5);
        var plain = (SurvivalEndpoint)endpoint;
        return (predictors, plain, plain with { Competing = [.. plain.Events.Select((e, r) => !e && r % 2 == 0)] });
    }
}
