using System.Text.Json;
using RadiogenomicsCloud.Core.Tests.Learning.Classifiers;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Learning.Recalibration;

public class RecalibratedModelTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static NamedOptions Named(string name, object? options = null) => new(name, JsonSerializer.SerializeToElement(options));

    private static ModellingPipeline Pipeline(string method, string model) =>
        LearningRegistry.Pipeline([Named("univariate"), Named("recalibrate", new { method, folds = 4 })], Named(model));

    [Theory]
    [InlineData("platt")]
    [InlineData("isotonic")]
    [InlineData("intercept")]
    public void Naive_Bayes_on_copies_of_a_column_is_too_sure_and_recalibrated_it_is_not(string method)
    {
        var (training, other) = (Copies(150, 1), Copies(3000, 2));
        var outcome = ((BinaryEndpoint)other.Endpoint).Values;
        var before = LearningRegistry.Pipeline([], Named("naive_bayes")).Fit(training, Cancel).Predict(other.Predictors).Scores();
        var after = LearningRegistry.Pipeline([Named("recalibrate", new { method })], Named("naive_bayes")).Fit(training, Cancel).Predict(other.Predictors).Scores();
        Assert.True(BrierScore.Compute(before, outcome) > 0.19);
        Assert.True(BrierScore.Compute(after, outcome) < BrierScore.Compute(before, outcome));
        if (method == "platt")
            Assert.InRange(LogisticRecalibration.Slope(after, outcome).Value, 0.75, 1.35);
        if (method != "isotonic")
            Assert.Equal(Auc.Compute(before, outcome), Auc.Compute(after, outcome), 1e-3);

        static TrainingSet Copies(int rows, ulong seed)
        {
            var some = TestTables.Simulated(rows, 4, 0, seed);
            var x = some.Predictors;
            string[] names = [.. Enumerable.Range(0, 8).Select(c => $"c{c}")];
            return some with { Predictors = x.With(names, [.. names.SelectMany((_, c) => x.Column(c < 6 ? 0 : 1).ToArray())]) };
        }
    }

    [Fact]
    public void The_calibrator_is_fitted_on_predictions_by_fits_of_the_whole_pipeline_that_did_not_see_the_rows()
    {
        var training = TestTables.Simulated(60, 40, 0);
        var plain = LearningRegistry.Pipeline([Named("univariate")], Named("naive_bayes"));
        var folds = Folds.Stratified(training.Predictors.Rows, training.Endpoint, 4, DeterministicRandom.Derive(training.Seed, "recalibrate", 0));
        var heldOut = OutOfFold.Predict(plain, training, folds, [], Cancel).Scores();
        var expected = Calibrator.Fit(CalibrationMethod.Platt, heldOut, ((BinaryEndpoint)training.Endpoint).Values, []);
        var fitted = new RecalibratedModel(plain, new(CalibrationMethod.Platt, 4)).Fit(training, Cancel);
        var before = plain.Fit(training, Cancel).Predict(training.Predictors).Scores();
        Assert.Equal(before.Select(expected.Apply), fitted.Predict(training.Predictors).Scores());
    }

    [Theory]
    [InlineData("platt", "elastic_net", EndpointKind.Binary)]
    [InlineData("isotonic", "svm", EndpointKind.Binary)]
    [InlineData("intercept", "knn", EndpointKind.Binary)]
    public void It_keeps_what_the_contract_asks_of_a_fitted_model(string method, string model, EndpointKind kind)
    {
        var training = TestTables.Simulated(60, 12, 0.05, 1, kind);
        var fitted = Pipeline(method, model).Fit(training, Cancel);
        var again = Pipeline(method, model).Fit(training.SelectRows([.. Enumerable.Range(0, 60).Reverse()]), Cancel);
        var json = JsonDocument.Parse(fitted.ToJson().GetRawText()).RootElement;
        var read = LearningRegistry.ReadModel(json);
        Assert.Equal("recalibrated", json.GetProperty("model").GetProperty("kind").GetString());
        Assert.Equal(json.GetRawText(), read.ToJson().GetRawText());
        Assert.Equal(fitted.Predict(training.Predictors).All.ToArray(), read.Predict(training.Predictors).All.ToArray());
        Assert.Equal((fitted.HoldsRows, fitted.Columns), (read.HoldsRows, read.Columns));
        Assert.Equal(model == "knn", fitted.HoldsRows);
        Assert.True(fitted.Seen.SetEquals(Subjects.Of(training.Predictors.Rows)));
        var (x, y) = (fitted.Predict(training.Predictors).Scores(), again.Predict(training.Predictors).Scores());
        for (var r = 0; r < x.Length; r++)
            Assert.Equal(x[r], y[r], 1e-4);
    }

    [Theory]
    [InlineData("platt")]
    [InlineData("isotonic")]
    public void Several_classes_stay_probabilities(string method)
    {
        var training = TestTables.Simulated(90, 12, 0, 1, EndpointKind.Multiclass);
        var fitted = LearningRegistry.Pipeline([Named("recalibrate", new { method })], Named("lda")).Fit(training, Cancel);
        var read = LearningRegistry.ReadModel(JsonDocument.Parse(fitted.ToJson().GetRawText()).RootElement);
        var found = fitted.Predict(training.Predictors);
        Assert.Equal(found.All.ToArray(), read.Predict(training.Predictors).All.ToArray());
        for (var r = 0; r < found.RowCount; r++)
        {
            Assert.Equal(1, found.Row(r).ToArray().Sum(), 1e-12);
            Assert.All(found.Row(r).ToArray(), p => Assert.InRange(p, 0, 1));
        }
    }

    [Fact]
    public void A_linear_model_stays_one()
    {
        var training = TestTables.Simulated(80, 10, 0);
        var fitted = LearningRegistry.Pipeline([Named("zscore"), Named("recalibrate")], Named("lda")).Fit(training, Cancel);
        var read = (FittedPipeline)LearningRegistry.ReadModel(JsonDocument.Parse(fitted.ToJson().GetRawText()).RootElement);
        Assert.Equal(fitted.Coefficients, read.Coefficients);
        var p = fitted.Predict(training.Predictors).Scores();
        var at = training.Predictors.IndexesOf([.. fitted.Coefficients!.Select(c => c.Column)]);
        for (var r = 0; r < p.Length; r++)
        {
            var sum = fitted.Intercept!.Value + fitted.Coefficients!.Select((c, k) => c.Value * training.Predictors.Column(at[k])[r]).Sum();
            Assert.Equal(p[r], LogisticRecalibration.Expit(sum), 1e-9);
        }
    }

    [Fact]
    public void With_one_patient_of_a_class_probabilities_stay_as_they_are()
    {
        var training = TestTables.Training(TestTables.Simulated(20, 5, 0).Predictors, [true, .. new bool[19]]);
        var plain = Iris.Fit("naive_bayes", training).Predict(training.Predictors).Scores();
        var after = new RecalibratedModel(Iris.Learner("naive_bayes"), new(CalibrationMethod.Intercept, 5)).Fit(training, Cancel).Predict(training.Predictors).Scores();
        for (var r = 0; r < plain.Length; r++)
            Assert.Equal(plain[r], after[r], 1e-9);
    }

    [Fact]
    public void An_endpoint_without_probabilities_is_refused()
    {
        var training = TestTables.Simulated(30, 5, 0, 1, EndpointKind.Continuous);
        var learner = new RecalibratedModel(Iris.Learner("svm"), new(CalibrationMethod.Platt, 5));
        Assert.Equal("learning.endpoint", Assert.Throws<BadInputException>(() => learner.Fit(training, Cancel)).Code);
    }

    [Fact]
    public void Two_recalibrations_are_refused() => Assert.Equal("learning.recalibrate", Assert.Throws<BadInputException>(
        () => LearningRegistry.Pipeline([Named("recalibrate"), Named("recalibrate")], Named("lda"))).Code);

    [Theory]
    [InlineData("\"slope\":", "\"slope\":-1,\"x\":")]
    [InlineData("\"kind\":\"logistic\"", "\"kind\":\"other\"")]
    [InlineData("\"calibrator\":[", "\"calibrator\":[],\"x\":[")]
    [InlineData("\"kind\":\"logistic\"", "\"kind\":\"isotonic\",\"knots\":[1,0],\"values\":[0,1]")]
    public void A_damaged_file_is_refused(string part, string damage)
    {
        var text = Pipeline("platt", "knn").Fit(TestTables.Simulated(60, 12, 0), Cancel).ToJson().GetRawText();
        Assert.Contains(part, text, StringComparison.Ordinal);
        var json = JsonDocument.Parse(text.Replace(part, damage, StringComparison.Ordinal)).RootElement;
        Assert.Equal("model.invalid", Assert.Throws<BadInputException>(() => LearningRegistry.ReadModel(json)).Code);
    }
}
