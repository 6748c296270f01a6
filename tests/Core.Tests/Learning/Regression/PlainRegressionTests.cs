using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;

namespace RadiogenomicsCloud.Core.Tests.Learning;

/// <summary>
/// Against R 4.2.2 (survival 3.5-3, nnet 7.3-18, rms 6.5-0): <c>Rscript tests/Core.Tests/Data/r/make_regression.R REFERENCE tests/Core.Tests/Data/r</c>,
/// which holds every call.
/// </summary>
public class PlainRegressionTests
{
    private static readonly string[] Lgg = ["age_years", "vasari_f1", "vasari_f2", "vasari_f3", "vasari_f4", "vasari_f5", "vasari_f9", "vasari_f14"];

    private static readonly JsonElement R =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "r", "regression.json"))).RootElement;

    private static IFittedModel Fit(TrainingSet training, string options = "{}") =>
        LearningRegistry.Model(new("regression", JsonDocument.Parse(options).RootElement)).Fit(training, TestContext.Current.CancellationToken);

    private static FittedRegression One(TrainingSet training, string options = "{}") => (FittedRegression)Fit(training, options);

    private static TrainingSet Cars(Endpoint endpoint, params string[] columns) => new(RFrame.OfR("mtcars").Predictors(columns), endpoint, 1);

    private static BinaryEndpoint Vs() => new("vs", "1", "0", [.. RFrame.OfR("mtcars").Numbers("vs").Select(v => v == 1)]);

    private static TrainingSet Lung(params string[] columns)
    {
        var lung = RFrame.OfR("lung");
        return new(lung.Predictors(columns), new SurvivalEndpoint("death", lung.Numbers("time"), [.. lung.Numbers("status").Select(s => s == 2)]), 1);
    }

    private static double[] Numbers(JsonElement json) => [.. json.EnumerateArray().Select(v => v.GetDouble())];

    private static void MustEqual(string name, Inference found)
    {
        var expected = R.GetProperty(name);
        Close(Numbers(expected.GetProperty("estimates")), found.Estimates);
        Close(Numbers(expected.GetProperty("covariance")), found.Covariance);
        if (expected.TryGetProperty("loglik", out var likelihood))
            Assert.Equal(likelihood.GetDouble(), found.LogLikelihood, 1e-8);
        if (expected.TryGetProperty("aic", out var aic))
            Assert.Equal(aic.GetDouble(), found.Aic, 1e-8);
        if (expected.TryGetProperty("bic", out var bic))
            Assert.Equal(bic.GetDouble(), found.Bic, 1e-8);
    }

    private static void Close(double[] expected, double[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (var k = 0; k < expected.Length; k++)
            Assert.Equal(expected[k], found[k], 1e-6 * Math.Max(1, Math.Abs(expected[k])));
    }

    [Fact]
    public void Logistic_regression_equals_glm_and_lrm()
    {
        var fit = One(Cars(Vs(), "mpg", "am")).Inference;
        MustEqual("glm", fit);
        MustEqual("lrm", fit);
    }

    [Fact]
    public void Linear_regression_equals_lm_and_drops_what_depends_on_other_columns()
    {
        var cars = RFrame.OfR("mtcars");
        var table = cars.Predictors("wt", "hp", "qsec");
        double[] half = [.. cars.Numbers("wt").Zip(cars.Numbers("hp"), (w, h) => (w / 2) + h)];
        var columns = table.With(["wt", "hp", "half", "qsec"], [.. cars.Numbers("wt"), .. cars.Numbers("hp"), .. half, .. cars.Numbers("qsec")]);
        var fit = One(new(columns, new ContinuousEndpoint("mpg", cars.Numbers("mpg")), 1));
        MustEqual("lm", fit.Inference);
        Assert.Equal(["half"], fit.Inference.Aliased);
        Assert.Equal(["wt", "hp", "qsec"], fit.Columns);
    }

    [Fact]
    public void Weighted_linear_regression_equals_lm()
    {
        double[] weights = [.. Enumerable.Range(0, 32).Select(r => new[] { 1.0, 2, 3, 2 }[r % 4] / 2)];
        MustEqual("lm_weighted", One(Cars(new ContinuousEndpoint("mpg", RFrame.OfR("mtcars").Numbers("mpg")), "wt", "hp") with { Weights = weights }).Inference);
    }

    [Fact]
    public void Multinomial_regression_equals_multinom()
    {
        int[] gears = [.. RFrame.OfR("mtcars").Numbers("gear").Select(g => (int)g - 3)];
        MustEqual("multinom", ((FittedMultinomial)Fit(Cars(new MulticlassEndpoint("gear", ["3", "4", "5"], gears), "mpg"))).Inference!);
    }

    [Theory]
    [InlineData("efron")]
    [InlineData("breslow")]
    public void Cox_regression_equals_coxph_and_survfit(string ties)
    {
        var options = "{\"ties\": \"" + ties + "\"}";
        var training = Lung("age", "sex", "ph.ecog", "wt.loss");
        var fit = One(training, options);
        MustEqual(ties, fit.Inference);
        var expected = R.GetProperty(ties);
        Assert.Equal(expected.GetProperty("null").GetDouble(), fit.Inference.NullLogLikelihood, 1e-8);
        var of = training.Predictors.SelectRows([0]).With(training.Predictors.Columns, [60, 2, 1, 5]);
        var row = fit.Predict(of, [100, 300, 700]).Row(0);
        Assert.Equal(expected.GetProperty("lp").GetDouble(), row[0], 1e-6);
        Close(Numbers(expected.GetProperty("survival")), row[1..].ToArray());
        Close(Numbers(expected.GetProperty("baseline")), [.. new[] { 100.0, 300, 700 }.Select(t => fit.Baseline!.Survival(t, 0))]);

        double[] weights = [.. Enumerable.Range(0, training.Predictors.RowCount).Select(r => 1.0 + (r % 3))];
        var mean = weights.Average();
        var weighted = One(Lung("age", "sex", "ph.ecog") with { Weights = [.. weights.Select(w => w / mean)] }, options);
        MustEqual(ties + "_weighted", weighted.Inference);
    }

    [Fact]
    public void Cox_regression_equals_cph() => MustEqual("cph", One(Lung("age", "sex", "ph.ecog", "wt.loss")).Inference);

    [Fact]
    public void Regressions_of_gliomas_equal_glm_and_coxph()
    {
        var binary = RFrame.Lgg().Complete([.. Lgg, "idh1_mutated"]);
        MustEqual("lgg_glm", One(new(binary.Predictors(Lgg), new BinaryEndpoint("idh1", "1", "0", [.. binary.Numbers("idh1_mutated").Select(v => v == 1)]), 1)).Inference);
        MustEqual("lgg_cox", One(PenalisedPathTests.Load("lgg.os")).Inference);
    }

    [Fact]
    public void Added_predictors_are_tested_as_anova_does()
    {
        var logistic = LikelihoodRatioTest.Of(One(Cars(Vs(), "mpg")).Inference, One(Cars(Vs(), "mpg", "am")).Inference);
        Close(Numbers(R.GetProperty("glm_lrt")), [logistic.Statistic, logistic.DegreesOfFreedom, logistic.PValue]);
        var cox = LikelihoodRatioTest.Of(One(Lung("age", "sex")).Inference, One(Lung("age", "sex", "ph.ecog", "wt.loss")).Inference);
        Close(Numbers(R.GetProperty("efron").GetProperty("lrt")), [cox.Statistic, cox.DegreesOfFreedom, cox.PValue]);
    }

    [Fact]
    public void Points_of_a_nomogram_are_those_of_rms()
    {
        var fit = One(Lung("age", "sex", "ph.ecog", "wt.loss"));
        var nomogram = Nomogram.Of(fit, new Dictionary<string, (double, double)> { ["age"] = (39, 82), ["sex"] = (1, 2), ["ph.ecog"] = (0, 3), ["wt.loss"] = (-24, 68) });
        double[][] values = [[39, 60, 82], [1, 2], [0, 1, 2, 3], [-24, 0, 68]];
        for (var a = 0; a < 4; a++)
            Close(Numbers(R.GetProperty("nomogram").GetProperty(nomogram.Axes[a].Column)), [.. values[a].Select(nomogram.Axes[a].Points)]);
        var of = Lung("age", "sex", "ph.ecog", "wt.loss").Predictors.SelectRows([0]).With(fit.Columns, [60, 2, 1, 5]);
        var total = nomogram.Axes.Zip([60.0, 2, 1, 5], (axis, value) => axis.Points(value)).Sum();
        Assert.Equal(fit.Predict(of, [300]).Row(0)[1], nomogram.Survival(total, fit.Baseline!, 300), 1e-12);
    }

    [Fact]
    public void Separated_classes_are_refused()
    {
        double[] x = [.. Enumerable.Range(0, 20).Select(i => (double)i)];
        Assert.Equal("learning.separation", Assert.Throws<BadInputException>(() => Fit(TestTables.Training(TestTables.Of(x), [.. x.Select(v => v >= 10)]))).Code);
    }

    [Fact]
    public void As_many_columns_as_rows_are_refused() =>
        Assert.Equal("learning.too_many_columns", Assert.Throws<BadInputException>(() => Fit(TestTables.Simulated(20, 30, 0))).Code);

    [Theory]
    [InlineData(TieMethod.Efron)]
    [InlineData(TieMethod.Breslow)]
    public void A_penalised_Cox_regression_meets_the_conditions_of_its_optimum(TieMethod ties)
    {
        // No program penalises Efron's likelihood: the derivative is taken by differences, and must balance the penalty.
        var training = PenalisedPathTests.Load("lung");
        var survival = (SurvivalEndpoint)training.Endpoint;
        var design = StandardisedDesign.Create(training.Predictors.All, training.Predictors.RowCount, []);
        var fit = PenalisedPath.Fit(design, survival, ties, null, new(0.5, Threshold: 1e-16, MaximumPasses: 1_000_000), TestContext.Current.CancellationToken);
        var likelihood = new PartialLikelihood(survival.Times, survival.Events, design.Weights, ties);
        foreach (var point in fit.Points.Where((_, k) => k % 10 == 5))
        {
            var beta = new double[design.ColumnCount];
            for (var k = 0; k < point.Scores[0].Indexes.Length; k++)
                beta[point.Scores[0].Indexes[k]] = point.Scores[0].Coefficients[k] * design.Scale[point.Scores[0].Indexes[k]];
            for (var c = 0; c < beta.Length; c++)
            {
                var slope = (Value(c, 1e-5) - Value(c, -1e-5)) / 2e-5;
                var rest = slope - (point.Lambda * 0.5 * beta[c]);
                if (beta[c] == 0)
                    Assert.InRange(Math.Abs(rest), 0, (point.Lambda * 0.5) + 1e-8);
                else
                    Assert.Equal(point.Lambda * 0.5 * Math.Sign(beta[c]), rest, 1e-7);
            }

            double Value(int column, double step)
            {
                var linear = new double[design.Stride];
                for (var c = 0; c < beta.Length; c++)
                {
                    for (var r = 0; r < design.RowCount; r++)
                        linear[r] += (beta[c] + (c == column ? step : 0)) * design.Column(c)[r];
                }
                likelihood.MoveTo(linear);
                return likelihood.LogLikelihood();
            }
        }
    }
}
