using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Learning;

public class ElasticNetTests
{
    private static FittedElasticNet Fit(TrainingSet training, string options = "{}") =>
        (FittedElasticNet)LearningRegistry.Model(new("elastic_net", JsonDocument.Parse(options).RootElement))
            .Fit(training, TestContext.Current.CancellationToken);

    [Fact]
    public void Finds_the_signal_and_its_direction()
    {
        var fitted = Fit(TestTables.Simulated(120, 20, missing: 0));
        Assert.True(fitted.Coefficients.Single(c => c.Column == "x2").Value < -0.5);
        Assert.True(fitted.Coefficients.Where(c => c.Column is "x1" or "x3").Sum(c => c.Value) > 0.5);
        Assert.DoesNotContain("x4", fitted.Columns);
        Assert.True(fitted.Converged);
    }

    [Fact]
    public void Coefficients_are_those_of_the_path_at_the_chosen_lambda()
    {
        var training = TestTables.Simulated(60, 10, missing: 0);
        var fitted = Fit(training, """{"alpha": 1, "thresh": 1e-14}""");
        var path = LogisticPath.Fit(
            training.Predictors.All, ((BinaryEndpoint)training.Endpoint).Values, [], new(1, Threshold: 1e-14), TestContext.Current.CancellationToken);
        var point = path.Points.Single(p => p.Lambda == fitted.Lambda);
        Assert.Equal(point.Coefficients, fitted.Coefficients.Select(c => c.Value));
        Assert.Equal(point.Intercept, fitted.Intercept);
    }

    [Fact]
    public void One_standard_error_gives_a_simpler_model()
    {
        var training = TestTables.Simulated(80, 20, missing: 0);
        var best = Fit(training);
        var simple = Fit(training, """{"lambda": "1se"}""");
        Assert.True(simple.Lambda > best.Lambda);
        Assert.True(simple.Columns.Count < best.Columns.Count);
    }

    [Fact]
    public void Of_several_alphas_one_is_chosen_and_reported()
    {
        var training = TestTables.Simulated(80, 20, missing: 0);
        var chosen = Fit(training, """{"alpha": [0, 1]}""").Alpha;
        Assert.Equal(1, chosen);  // two strong signals among noise: ridge spreads its weight over all columns
        Assert.Equal(Fit(training, """{"alpha": 1}""").Intercept, Fit(training, """{"alpha": [0, 1]}""").Intercept);
    }

    [Fact]
    public void Copies_of_a_patient_do_not_leak_between_inner_folds()
    {
        // Pure noise, every row three times: with leaking folds the least penalty wins, with whole patients a strong one.
        var noise = TestTables.Simulated(40, 60, missing: 0, seed: 5);
        var random = new DeterministicRandom(9);
        var outcome = Enumerable.Range(0, 40).Select(_ => random.NextDouble() < 0.5).ToArray();
        var copies = new TrainingSet(noise.Predictors, TestTables.Outcome(outcome), 3).SelectRows([.. Enumerable.Range(0, 120).Select(i => i % 40)]);
        var renamed = new Predictors([.. Enumerable.Range(0, 120).Select(TestTables.Row)], copies.Predictors.Columns, copies.Predictors.All.ToArray());

        var whole = Fit(copies);
        var leaking = Fit(copies with { Predictors = renamed });
        Assert.True(whole.Lambda > 10 * leaking.Lambda, $"{whole.Lambda} against {leaking.Lambda}");
    }

    [Fact]
    public void With_one_patient_in_a_class_only_the_prevalence_is_known()
    {
        var fitted = Fit(TestTables.Training(TestTables.Of([1, 2, 3, 4]), [true, false, false, false]));
        Assert.Empty(fitted.Columns);
        Assert.Equal(0.25, fitted.PredictProbability(TestTables.Of([9]))[0], 12);
    }

    [Fact]
    public void Without_columns_only_the_prevalence_is_known()
    {
        var rows = Enumerable.Range(0, 4).Select(TestTables.Row).ToArray();
        var fitted = Fit(TestTables.Training(new Predictors(rows, [], []), [true, true, true, false]));
        Assert.Equal([0.75, 0.75, 0.75, 0.75], fitted.PredictProbability(new Predictors(rows, [], [])).Select(p => Math.Round(p, 12)));
    }

    [Fact]
    public void Separable_classes_give_finite_weights()
    {
        var x = Enumerable.Range(0, 20).Select(i => (double)i).ToArray();
        var fitted = Fit(TestTables.Training(TestTables.Of(x), [.. x.Select(v => v >= 10)]), """{"alpha": 1}""");
        Assert.True(double.IsFinite(fitted.Intercept) && fitted.Coefficients[0].Value > 0);
        Assert.All(fitted.PredictProbability(TestTables.Of(x)), p => Assert.InRange(p, 0, 1));
    }

    [Fact]
    public void A_missing_value_is_refused_by_name()
    {
        var training = TestTables.Simulated(20, 5, missing: 0);
        var fitted = Fit(TestTables.Simulated(120, 5, missing: 0));
        var error = Assert.Throws<BadInputException>(() => fitted.PredictProbability(TestTables.Of([1], [double.NaN], [1], [1], [1])));
        Assert.Equal("x2", error.Where);
        Assert.Contains("p000", error.Message, StringComparison.Ordinal);
        Assert.Equal("learning.not_finite", Assert.Throws<BadInputException>(() => Fit(TestTables.Simulated(20, 5, missing: 0.3))).Code);
        Assert.Equal(20, training.Predictors.RowCount);
    }

    [Fact]
    public void Standardised_weights_do_not_depend_on_the_unit()
    {
        var training = TestTables.Simulated(60, 6, missing: 0);
        var scaled = new Predictors(training.Predictors.Rows, training.Predictors.Columns, [.. training.Predictors.All.ToArray().Select(v => 1000 * v)]);
        var a = Fit(training, """{"thresh": 1e-14}""").Coefficients;
        var b = Fit(training with { Predictors = scaled }, """{"thresh": 1e-14}""").Coefficients;
        Assert.Equal(a.Select(c => c.Column), b.Select(c => c.Column));
        for (var k = 0; k < a.Count; k++)
        {
            Assert.Equal(a[k].Standardised, b[k].Standardised, 1e-7);
            Assert.Equal(a[k].Value, 1000 * b[k].Value, 1e-7);
        }
    }
}
