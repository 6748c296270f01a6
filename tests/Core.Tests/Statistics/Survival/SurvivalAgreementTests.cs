using RadiogenomicsCloud.Statistics;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Statistics.Survival;

/// <summary>The R calls stand in <c>Data/measures/make.R</c> and, beside each value, in <c>expected.json</c>.</summary>
public sealed class SurvivalAgreementTests
{
    private static readonly double[] LungTimes = [100, 200, 365, 500, 700];
    private static readonly double[] LggTimes = [365, 730, 1095, 1500];

    [Theory]
    [InlineData("log", SurvivalInterval.Log)]
    [InlineData("log-log", SurvivalInterval.LogLog)]
    [InlineData("plain", SurvivalInterval.Plain)]
    public void Kaplan_Meier_is_survfit(string name, SurvivalInterval kind)
    {
        var d = RData.Lung();
        var curve = KaplanMeier.Fit(d.Times, d.Events);
        name = "lung.km." + name;
        RData.Near(RData.Numbers(name, "time"), curve.Times);
        RData.Near(RData.Numbers(name, "n.risk"), curve.AtRisk);
        RData.Near(RData.Numbers(name, "n.event"), curve.Events);
        RData.Near(RData.Numbers(name, "surv"), curve.Survival);
        RData.Near(RData.Numbers(name, "std.err"), [.. curve.Times.Select(curve.StandardErrorAt)]);
        RData.Near(RData.Numbers(name, "lower"), [.. curve.Times.Select(t => curve.IntervalAt(t, 0.95, kind).Low)]);
        RData.Near(RData.Numbers(name, "upper"), [.. curve.Times.Select(t => curve.IntervalAt(t, 0.95, kind).High)]);
    }

    [Fact]
    public void Kaplan_Meier_is_survfit_on_gliomas()
    {
        var d = RData.Lgg();
        var curve = KaplanMeier.Fit(d.Times, d.Events);
        var at = RData.Numbers("lgg.km.log-log", "time");
        RData.Near(RData.Numbers("lgg.km.log-log", "surv"), [.. at.Select(curve.At)]);
        RData.Near(RData.Numbers("lgg.km.log-log", "std.err"), [.. at.Select(curve.StandardErrorAt)]);
        RData.Near(RData.Numbers("lgg.km.log-log", "lower"), [.. at.Select(t => curve.IntervalAt(t, 0.95, SurvivalInterval.LogLog).Low)]);
        RData.Near(RData.Numbers("lgg.km.log-log", "upper"), [.. at.Select(t => curve.IntervalAt(t, 0.95, SurvivalInterval.LogLog).High)]);
        var (low, high) = curve.QuantileInterval(0.5, 0.95, SurvivalInterval.LogLog);
        RData.Near(RData.Numbers("lgg.median.log-log"), [curve.Median, low, high]);
    }

    [Fact]
    public void Quantiles_are_those_of_survfit()
    {
        var d = RData.Lung();
        var curve = KaplanMeier.Fit(d.Times, d.Events);
        double[] p = [0.25, 0.5, 0.75];
        RData.Near(RData.Numbers("lung.quantiles", "quantile"), [.. p.Select(curve.Quantile)]);
        RData.Near(RData.Numbers("lung.quantiles", "lower"), [.. p.Select(q => curve.QuantileInterval(q, 0.95).Low)]);
        RData.Near(RData.Numbers("lung.quantiles", "upper"), [.. p.Select(q => curve.QuantileInterval(q, 0.95).High)]);
        RData.Near(RData.Numbers("flat.median")[0], KaplanMeier.Fit([1, 2, 4, 7], [true, true, true, false]).Median);
        RData.Near(RData.Numbers("flat.end.median")[0], KaplanMeier.Fit([1, 2, 4, 7], [true, true, false, false]).Median);
    }

    [Fact]
    public void The_distribution_of_censoring_is_that_of_prodlim()
    {
        var d = RData.Lung();
        var at = RData.Numbers("lung.censoring", "time");
        var expected = RData.Numbers("lung.censoring", "surv");
        var g = CensoringDistribution.Fit(d.Times, d.Events);
        RData.Near(expected, [.. at.Select(g.At)]);
        RData.Near([1, .. expected[..^1]], [.. at.Select(g.Before)]);
    }

    [Fact]
    public void Log_rank_is_survdiff()
    {
        var lung = RData.Lung();
        Same("lung.logrank.sex", LogRank.Test(lung.Times, lung.Events, lung.Groups("sex"), 2));
        var veteran = RData.Veteran();
        Same("veteran.logrank.cell", LogRank.Test(veteran.Times, veteran.Events, veteran.Groups("cell"), 4));
        // pchisq(25.4037003457854, 3, lower.tail = FALSE)
        RData.Near(1.27124593900609e-05, LogRank.Test(veteran.Times, veteran.Events, veteran.Groups("cell"), 4).PValue, 1e-9);

        static void Same(string name, LogRankResult result)
        {
            RData.Near(RData.Numbers(name, "chisq")[0], result.ChiSquare);
            RData.Near(RData.Numbers(name, "obs"), result.Observed);
            RData.Near(RData.Numbers(name, "exp"), result.Expected);
            Assert.Equal((int)RData.Numbers(name, "df")[0], result.DegreesOfFreedom);
        }
    }

    [Fact]
    public void Log_rank_is_survdiff_on_gliomas()
    {
        var d = RData.Lgg();
        var result = LogRank.Test(d.Times, d.Events, [.. d["age"].Select(a => a > 40 ? 1 : 0)], 2);
        RData.Near(RData.Numbers("lgg.logrank.age40", "chisq")[0], result.ChiSquare);
        RData.Near(RData.Numbers("lgg.logrank.age40", "exp"), result.Expected);
    }

    [Fact]
    public void Concordance_is_that_of_survival()
    {
        var lung = RData.Lung();
        var g = CensoringDistribution.Fit(lung.Times, lung.Events);
        Same("lung.harrell.age", SurvivalConcordance.Harrell(lung.Times, lung.Events, lung["age"]));
        Same("lung.uno.age", SurvivalConcordance.Uno(lung.Times, lung.Events, lung["age"], g, double.PositiveInfinity));
        Same("lung.uno.age.tau", SurvivalConcordance.Uno(lung.Times, lung.Events, lung["age"], g, 500));
        var d = RData.Veteran();
        double[] scores = [.. d["karno"].Select(k => -k)];
        double[] weights = [.. Enumerable.Range(0, 137).Select(i => new[] { 0.5, 1, 2 }[i % 3])];
        Same("veteran.harrell.karno", SurvivalConcordance.Harrell(d.Times, d.Events, scores));
        Same("veteran.harrell.weighted", SurvivalConcordance.Harrell(d.Times, d.Events, scores, weights));
        Same("veteran.uno.karno.tau", SurvivalConcordance.Uno(d.Times, d.Events, scores, CensoringDistribution.Fit(d.Times, d.Events), 200));
    }

    [Fact]
    public void Concordance_is_that_of_survival_on_gliomas()
    {
        var d = RData.Lgg();
        Same("lgg.harrell.age", SurvivalConcordance.Harrell(d.Times, d.Events, d["age"]));
        Same("lgg.uno.age.tau", SurvivalConcordance.Uno(d.Times, d.Events, d["age"], CensoringDistribution.Fit(d.Times, d.Events), 1500));
    }

    [Fact]
    public void Auc_Brier_and_prediction_accuracy_are_those_of_riskRegression()
    {
        var d = RData.Lung();
        Same("lung.score", d, LungTimes, RData.Columns(RData.Expected("lung.predictions").GetProperty("survival")));
    }

    [Fact]
    public void Auc_Brier_and_prediction_accuracy_are_those_of_riskRegression_on_gliomas()
    {
        var d = RData.Lgg();
        Same("lgg.score", d, LggTimes, [.. LggTimes.Select(t => d["age"].Select(a => Math.Exp(-t / 3000 * Math.Exp((a - 45) / 25))).ToArray())]);
    }

    [Fact]
    public void The_integrated_Brier_score_is_crps_of_pec()
    {
        var brier = RData.Numbers("lung.pec", "brier");
        RData.Near(RData.Numbers("lung.score", "brier"), brier[1..]);
        var at = RData.Numbers("lung.pec", "time");
        RData.Near(RData.Numbers("lung.pec", "ibs")[0], SurvivalBrier.Integrate(at, brier, 0, 700));
        RData.Near(RData.Numbers("lung.pec", "ibs.500.from.100")[0], SurvivalBrier.Integrate(at, brier, 100, 500));
    }

    [Fact]
    public void Trapezoids_are_the_mean_of_the_steps_from_either_side()
    {
        double[] at = [1, 2, 4, 8], brier = [0.1, 0.3, 0.2, 0.4];
        var right = SurvivalBrier.Integrate(at, [.. brier[1..], 0], 1, 8);
        RData.Near((SurvivalBrier.Integrate(at, brier, 1, 8) + right) / 2, SurvivalBrier.IntegrateTrapezoids(at, brier));
        // ∫ of a straight line is its value in the middle.
        RData.Near(4.5, SurvivalBrier.IntegrateTrapezoids(at, at));
        Assert.Equal(double.NaN, SurvivalBrier.IntegrateTrapezoids([1], [0.1]));
    }

    private static void Same(string name, Survivors d, double[] at, double[][] survival)
    {
        var g = CensoringDistribution.Fit(d.Times, d.Events);
        var curve = KaplanMeier.Fit(d.Times, d.Events);
        for (var k = 0; k < at.Length; k++)
        {
            double[] risk = [.. survival[k].Select(s => 1 - s)];
            RData.Near(RData.Numbers(name, "auc")[k], TimeDependentAuc.At(d.Times, d.Events, risk, at[k], g));
            var brier = SurvivalBrier.At(d.Times, d.Events, survival[k], at[k], g);
            RData.Near(RData.Numbers(name, "brier")[k], brier);
            var none = SurvivalBrier.OfConstant(d.Times, d.Events, curve.At(at[k]), at[k], g);
            RData.Near(RData.Numbers(name, "null")[k], none);
            RData.Near(RData.Numbers(name, "ipa")[k], SurvivalBrier.PredictionAccuracy(brier, none), 1e-9);
        }
    }

    private static void Same(string name, ConcordanceCounts counts) =>
        RData.Near(RData.Numbers(name), [counts.Index, counts.Concordant, counts.Discordant, counts.TiedScores]);

    // R, lung as in Data/measures (complete cases, status 0 and 1): S <- 0.9 - 0.7 * (lung$age - 39) / 43; h <- 365; j <- prodlim::jackknife(prodlim(Hist(time, status) ~ 1, data = lung), times = h)
    // l <- lowess(1 - S, 1 - j, iter = 0); e <- abs(approx(l, xout = 1 - S, ties = mean)$y - (1 - S)); mean(e); median(e); quantile(e, 0.9)
    // (1 - summary(survfit(Surv(time, status) ~ 1, lung), times = h)$surv) / mean(1 - S)
    // coxph(Surv(pmin(time, h), status & time <= h) ~ log(-log(S)), lung, ties = "breslow", control = coxph.control(eps = 1e-14))
    [Fact]
    public void Calibration_at_a_horizon_is_that_of_pseudo_values_lowess_and_coxph()
    {
        var d = RData.Lung();
        double[] survival = [.. d["age"].Select(age => 0.9 - (0.7 * (age - 39) / 43))];
        var errors = SurvivalCalibration.Errors(d.Times, d.Events, survival, 365);
        RData.Near([0.1105751713829, 0.0592203388873, 0.2827090807536], [errors.Mean, errors.Median, errors.Ninetieth]);
        RData.Near(1.21833229319, SurvivalCalibration.ObservedToExpected(d.Times, d.Events, survival, 365));
        RData.Near(0.319500981231, SurvivalCalibrationEntries.Slope(new("death", d.Times, d.Events), survival, 365, []), 1e-9);
    }
}
