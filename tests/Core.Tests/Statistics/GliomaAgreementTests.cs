using RadiogenomicsCloud.Core.Tests.Learning;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Statistics;

/// <summary>Measures and tests on TCGA-LGG against R: <c>Data/r/make_gliomas.R</c>, whose calls stand beside the values in <c>gliomas.json</c>.</summary>
public sealed class GliomaAgreementTests
{
    private static readonly RAnswers R = new("gliomas.json");
    private static readonly double[] Times = [365, 730, 1095, 1500];

    private readonly Predictors x;
    private readonly bool[] mutated;

    public GliomaAgreementTests()
    {
        var training = PenalisedPathTests.Load("lgg.idh1");
        (x, mutated) = (training.Predictors, ((BinaryEndpoint)training.Endpoint).Values);
    }

    /// <summary>Age is lower where the gene is mutated: as the direction is fixed, the area is below one half and stays there.</summary>
    [Fact]
    public void DeLongs_interval_and_paired_test_are_those_of_pROC()
    {
        int[] own = [.. Enumerable.Range(0, mutated.Length)];
        AucComponents a = new(x.Column(0).ToArray(), mutated), b = new(x.Column(5).ToArray(), mutated);
        double variance = AucComponents.Covariance(a, a, own, own.Length), half = Normal.Quantile(0.975) * Math.Sqrt(variance);
        RData.Near(R.Numbers("roc.age"), [a.Auc, a.Auc - half, a.Auc + half, variance]);
        Assert.InRange(a.Auc, 0, 0.5);
        var z = (a.Auc - b.Auc) / Math.Sqrt(variance + AucComponents.Covariance(b, b, own, own.Length) - (2 * AucComponents.Covariance(a, b, own, own.Length)));
        RData.Near(R.Numbers("roc.test"), [a.Auc, b.Auc, z, Normal.TwoSidedP(z)], 1e-9);
    }

    [Fact]
    public void Calibration_is_that_of_val_prob()
    {
        double[] risk = [.. x.Column(0).ToArray().Select(age => LogisticRecalibration.Expit((45 - age) / 10))];
        var errors = SmoothCalibration.Errors(risk, mutated);
        var expected = R.Numbers("val.prob");
        RData.Near([.. expected[..3], expected[5]], [errors.Mean, errors.Ninetieth, errors.Maximum, BrierScore.Compute(risk, mutated)], 1e-9);
        // lrm.fit stops at a change of the deviance of 0.025 by default.
        RData.Near(expected[7], LogisticRecalibration.Slope(risk, mutated).Value, 1e-3);
    }

    [Fact]
    public void Tests_of_columns_and_adjusted_p_values_are_those_of_stats()
    {
        Adjusted("wilcox", [.. Columns(x).Select(v => MannWhitney.Test([.. v.Where((_, r) => mutated[r])], [.. v.Where((_, r) => !mutated[r])]).PValue)]);
        Adjusted("t", [.. Columns(x).Select(v => WelchT.Test([.. v.Where((_, r) => mutated[r])], [.. v.Where((_, r) => !mutated[r])]).PValue)]);
        RData.Near(R.Numbers("spearman"), [.. Columns(x).Skip(1).Select(v => CorrelationTest.Spearman(v, x.Column(0)).PValue)], 1e-9);
        var typed = PenalisedPathTests.Load("lgg.subtype");
        var classes = ((MulticlassEndpoint)typed.Endpoint).Values;
        RData.Near(R.Numbers("kruskal"), [.. Columns(typed.Predictors).Select(v => KruskalWallis.Test(v, classes, 3).PValue)], 1e-9);
        RData.Near(R.Numbers("anova"), [.. Columns(typed.Predictors).Select(v => OneWayAnova.Test(v, classes, 3).PValue)], 1e-9);
        var survived = PenalisedPathTests.Load("lgg.os");
        var endpoint = (SurvivalEndpoint)survived.Endpoint;
        var cox = new UnivariateCox(endpoint.Times, endpoint.Events);
        RData.Near(R.Numbers("cox.score"), [.. Columns(survived.Predictors).Select(v => cox.Score(v).PValue)], 1e-9);

        static void Adjusted(string name, double[] p)
        {
            RData.Near(R.Numbers(name, "p"), p, 1e-9);
            RData.Near(R.Numbers(name, "BH"), Multiplicity.BenjaminiHochberg(p), 1e-9);
            RData.Near(R.Numbers(name, "BY"), Multiplicity.BenjaminiYekutieli(p), 1e-9);
            RData.Near(R.Numbers(name, "holm"), Multiplicity.Holm(p), 1e-9);
        }
    }

    [Fact]
    public void The_integrated_Brier_score_is_crps_of_pec()
    {
        var survived = PenalisedPathTests.Load("lgg.os");
        var endpoint = (SurvivalEndpoint)survived.Endpoint;
        var censoring = CensoringDistribution.Fit(endpoint.Times, endpoint.Events);
        double[] ages = survived.Predictors.Column(0).ToArray();
        double[] brier = [0, .. Times.Select(t => SurvivalBrier.At(
            endpoint.Times, endpoint.Events, [.. ages.Select(a => Math.Exp(-t / 3000 * Math.Exp((a - 45) / 25)))], t, censoring))];
        RData.Near(R.Numbers("pec", "brier"), brier);
        RData.Near(R.Numbers("pec", "ibs")[0], SurvivalBrier.Integrate([0, .. Times], brier, 0, 1500));
    }

    [Fact]
    public void Cumulative_incidence_and_Grays_test_are_those_of_cmprsk()
    {
        var rows = RFrame.Lgg().Complete("pfs_event", "pfs_days", "death", "os_days", "age_years").Where("pfs_days", Positive).Where("os_days", Positive);
        double[] times = rows.Numbers("pfs_days"), last = rows.Numbers("os_days"), dead = rows.Numbers("death"), age = rows.Numbers("age_years");
        int[] causes = [.. rows.Numbers("pfs_event").Select((e, r) => e == 0 ? 0 : dead[r] == 1 && times[r] == last[r] ? 2 : 1)];
        var incidence = CumulativeIncidence.Fit(times, causes, 1);
        var at = R.Numbers("cuminc", "time");
        RData.Near(R.Numbers("cuminc", "est"), [.. at.Select(incidence.At)]);
        RData.Near(R.Numbers("cuminc", "var"), [.. at.Select(incidence.VarianceAt)], 1e-8);
        RData.Near(R.Numbers("cuminc", "rival"), [.. at.Select(CumulativeIncidence.Fit(times, causes, 2).At)]);
        var (chiSquare, degrees, p) = GrayTest.Test(times, causes, 1, [.. age.Select(a => a > 40 ? 1 : 0)], 2);
        RData.Near(R.Numbers("gray"), [chiSquare, p, degrees], 1e-8);

        static bool Positive(string? days) => days is not ("0" or "0.0");
    }

    private static IEnumerable<double[]> Columns(Predictors predictors) => Enumerable.Range(0, predictors.ColumnCount).Select(c => predictors.Column(c).ToArray());
}
