using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Statistics.Survival;

/// <summary>The R calls stand in <c>Data/measures/make.R</c> and, beside each value, in <c>expected.json</c>.</summary>
public sealed class RiskGroupAgreementTests
{
    [Fact]
    public void Cox_regression_on_one_covariate_is_coxph()
    {
        var lung = RData.Lung();
        Same("lung.cox.age.efron", new UnivariateCox(lung.Times, lung.Events).Fit(lung["age"]));
        Same("lung.cox.age.breslow", new UnivariateCox(lung.Times, lung.Events, TiedEvents.Breslow).Fit(lung["age"]));
        var d = RData.Veteran();
        double[] weights = [.. Enumerable.Range(0, 137).Select(i => new[] { 0.5, 1, 2 }[i % 3])];
        Same("veteran.cox.karno.weighted", new UnivariateCox(d.Times, d.Events, TiedEvents.Efron, weights).Fit(d["karno"]));
    }

    [Fact]
    public void Cox_regression_on_one_covariate_is_coxph_on_gliomas()
    {
        var d = RData.Lgg();
        Same("lgg.cox.age", new UnivariateCox(d.Times, d.Events).Fit(d["age"]));
    }

    [Fact]
    public void Cox_regression_without_a_maximum_is_undefined()
    {
        Assert.Equal(MaximumLikelihood.Undefined, new UnivariateCox([1, 2, 3, 4], [true, true, true, true]).Fit([4, 3, 2, 1]));
        Assert.Equal(MaximumLikelihood.Undefined, new UnivariateCox([1, 2, 3, 4], [true, true, true, true]).Fit([1, 1, 1, 1]));
        Assert.Equal(MaximumLikelihood.Undefined, new UnivariateCox([1, 2, 3, 4], [false, false, false, false]).Fit([1, 2, 1, 2]));
    }

    [Fact]
    public void Pseudo_values_are_the_jackknife_of_prodlim()
    {
        var d = RData.Lung();
        RData.Near(RData.Numbers("lung.jackknife.365"), PseudoValues.OfSurvival(d.Times, d.Events, 365), 1e-9);
    }

    [Fact]
    public void Without_censoring_pseudo_values_are_the_outcome() =>
        RData.Near([0, 0, 1, 1, 0], PseudoValues.OfSurvival([1, 2, 5, 7, 3], [true, true, true, true, true], 3));

    [Fact]
    public void Observed_risk_of_groups_is_Kaplan_Meier_within_them()
    {
        var d = RData.Lung();
        var survival = RData.Columns(RData.Expected("lung.predictions").GetProperty("survival"))[2];
        var groups = SurvivalCalibration.Groups(d.Times, d.Events, survival, 365, 4);
        var expected = RData.Expected("lung.groups.365").EnumerateArray().Select(RData.Numbers).ToArray();
        Assert.Equal(expected.Length, groups.Count);
        for (var g = 0; g < expected.Length; g++)
            RData.Near(expected[g], [groups[g].Count, groups[g].Predicted, groups[g].Observed, groups[g].Low, groups[g].High]);
    }

    [Fact]
    public void The_smoothed_curve_is_loess_of_the_pseudo_values()
    {
        var d = RData.Lung();
        var survival = RData.Columns(RData.Expected("lung.predictions").GetProperty("survival"))[2];
        RData.Near(RData.Numbers("lung.smooth.365"), SurvivalCalibration.Smooth(d.Times, d.Events, survival, 365), 1e-9);
    }

    [Fact]
    public void A_calibrated_prediction_is_seen_as_such()
    {
        // Exponential times whose rate is known, a quarter censored.
        var random = new DeterministicRandom(7);
        double[] times = new double[3000], survival = new double[3000], slopes = new double[3000];
        var events = new bool[3000];
        for (var i = 0; i < times.Length; i++)
        {
            slopes[i] = (2 * random.NextDouble()) - 1;
            var time = -Math.Log(1 - random.NextDouble()) / Math.Exp(slopes[i]);
            var censored = 4 * random.NextDouble();
            (times[i], events[i]) = (Math.Min(time, censored), time <= censored);
            survival[i] = Math.Exp(-Math.Exp(slopes[i]));
        }
        Assert.InRange(SurvivalCalibration.ObservedToExpected(times, events, survival, 1), 0.95, 1.05);
        var slope = new UnivariateCox(times, events).Fit(slopes);
        Assert.InRange(slope.Value, 1 - (3 * slope.StandardError), 1 + (3 * slope.StandardError));
        var smooth = SurvivalCalibration.Smooth(times.AsSpan(0, 500), events.AsSpan(0, 500), survival.AsSpan(0, 500), 1);
        Assert.InRange(smooth.Zip(survival, (o, s) => Math.Abs(o - (1 - s))).Average(), 0, 0.05);
    }

    [Fact]
    public void Maximally_selected_cut_offs_are_those_of_maxstat()
    {
        var lung = RData.Lung();
        Same("lung.maxstat.age", MaximallySelectedLogRank.Find(lung.Times, lung.Events, lung["age"]));
        var d = RData.Veteran();
        Same("veteran.maxstat.karno", MaximallySelectedLogRank.Find(d.Times, d.Events, d["karno"], 0.2, 0.8));
        Assert.False(MaximallySelectedLogRank.Find(d.Times, d.Events, d["karno"])!.HigherIsWorse);
        Assert.Null(MaximallySelectedLogRank.Find(d.Times, d.Events, new double[d.Times.Length]));
        Assert.Null(MaximallySelectedLogRank.Find([1, 2, 3, 4], [false, false, false, false], [1, 2, 3, 4]));
    }

    [Fact]
    public void Maximally_selected_cut_offs_are_those_of_maxstat_on_gliomas()
    {
        var d = RData.Lgg();
        var found = MaximallySelectedLogRank.Find(d.Times, d.Events, d["age"]);
        Same("lgg.maxstat.age", found);
        Assert.True(found!.HigherIsWorse);
    }

    [Fact]
    public void Cumulative_incidence_is_cuminc()
    {
        var d = RData.Pbc();
        Same("pbc.cuminc.transplant", CumulativeIncidence.Fit(d.Times, d.Causes, 1));
        Same("pbc.cuminc.death", CumulativeIncidence.Fit(d.Times, d.Causes, 2));
        Same("ties.cuminc", CumulativeIncidence.Fit([1, 2, 2, 3, 4, 5, 5, 6, 7, 8], [1, 2, 1, 0, 1, 2, 0, 1, 0, 1], 1));
    }

    [Fact]
    public void Without_competitors_cumulative_incidence_is_one_minus_Kaplan_Meier()
    {
        var d = RData.Lung();
        var incidence = CumulativeIncidence.Fit(d.Times, d.Causes, 1);
        var curve = KaplanMeier.Fit(d.Times, d.Events);
        RData.Near([.. d.Times.Select(t => 1 - curve.At(t))], [.. d.Times.Select(incidence.At)]);
    }

    [Fact]
    public void Grays_test_is_that_of_cuminc()
    {
        var d = RData.Pbc();
        int[] stage = [.. d.Groups("stage").Select(s => s - 1)];
        for (var cause = 1; cause <= 2; cause++)
        {
            Same("pbc.gray.stage", cause, GrayTest.Test(d.Times, d.Causes, cause, stage, 4));
            Same("pbc.gray.female", cause, GrayTest.Test(d.Times, d.Causes, cause, d.Groups("female"), 2));
            Same("ties.gray", cause, GrayTest.Test(
                [1, 2, 2, 3, 4, 5, 5, 6, 7, 8, 8, 3], [1, 2, 1, 0, 1, 2, 0, 1, 0, 1, 1, 2], cause, [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1], 2));
        }

        static void Same(string name, int cause, (double ChiSquare, int DegreesOfFreedom, double PValue) result)
        {
            var expected = RData.Numbers(RData.Expected(name)[cause - 1]);
            RData.Near([expected[0], expected[2]], [result.ChiSquare, result.DegreesOfFreedom]);
            RData.Near(expected[1], result.PValue, 1e-8);
        }
    }

    private static void Same(string name, MaximumLikelihood fit) => RData.Near(RData.Numbers(name), [fit.Value, fit.StandardError], 1e-8);

    private static void Same(string name, MaximallySelectedCutoff? found) =>
        RData.Near(RData.Numbers(name), [found!.Cutoff, found.Statistic, found.PLausen92, found.PLausen94], 1e-9);

    private static void Same(string name, CumulativeIncidence curve)
    {
        var at = RData.Numbers(name, "time");
        RData.Near(RData.Numbers(name, "est"), [.. at.Select(curve.At)]);
        RData.Near(RData.Numbers(name, "var"), [.. at.Select(curve.VarianceAt)], 1e-8);
    }
}
