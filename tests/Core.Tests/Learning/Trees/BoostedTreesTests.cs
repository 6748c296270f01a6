using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;

namespace RadiogenomicsCloud.Core.Tests.Learning.Trees;

public class BoostedTreesTests
{
    private const string AsXGBoost = """{"rounds": 30, "learning_rate": 0.3, "max_depth": 3, "min_child_weight": 1, "gamma": 0.1, "lambda": 1}""";

    private static FittedBoostedTrees Fit(TrainingSet training, string options) =>
        (FittedBoostedTrees)LearningRegistry.Model(new("boosted_trees", JsonDocument.Parse(options).RootElement)).Fit(training, TestContext.Current.CancellationToken);

    /// <summary>
    /// XGBoost 1.7.4 with <c>tree_method='exact', eta=0.3, max_depth=3, min_child_weight=1, gamma=0.1, lambda=1</c>, 30 rounds, from the same
    /// start; see <c>Data/trees/make_xgboost.py</c>. It computes in single precision.
    /// </summary>
    [Theory]
    [InlineData(EndpointKind.Binary, "p")]
    [InlineData(EndpointKind.Multiclass, "p0", "p1", "p2")]
    [InlineData(EndpointKind.Continuous, "expected")]
    [InlineData(EndpointKind.Survival, "log_hazard")]
    public void Predictions_are_those_of_XGBoost(EndpointKind kind, params string[] expected)
    {
        var training = TreeData.Boosting(kind);
        var found = Fit(training, AsXGBoost).Predict(training.Predictors);
        for (var k = 0; k < expected.Length; k++)
        {
            foreach (var (e, f) in TreeData.Column("xgboost", expected[k]).Zip(found.Column(k)))
                Assert.InRange(Math.Abs(e - f), 0, 1e-5);
        }
    }

    [Fact]
    public void Survival_is_that_of_the_Breslow_baseline()
    {
        var training = TreeData.Boosting(EndpointKind.Survival);
        var endpoint = (SurvivalEndpoint)training.Endpoint;
        var found = Fit(training, AsXGBoost).Predict(training.Predictors, [500]);
        double[] relative = [.. found.Column(0).Select(Math.Exp)];
        var baseline = 0.0;
        for (var i = 0; i < relative.Length; i++)
        {
            if (endpoint.Events[i] && endpoint.Times[i] <= 500)
                baseline += 1 / relative.Where((_, j) => endpoint.Times[j] >= endpoint.Times[i]).Sum();
        }
        for (var r = 0; r < relative.Length; r++)
            Assert.Equal(Math.Exp(-baseline * relative[r]), found.Column(1)[r], 12);
    }

    [Fact]
    public void A_weight_of_two_is_a_row_twice()
    {
        var training = TestTables.Simulated(60, 6, 0);
        int[] twice = [.. Enumerable.Range(0, 60).SelectMany(r => r < 20 ? new[] { r, r } : [r])];
        double[] weights = [.. Enumerable.Range(0, 60).Select(r => (r < 20 ? 2 : 1) * 60.0 / 80)];
        // The penalty and the least curvature are not relative to the weights, whose mean is 1.
        var weighted = Fit(training with { Weights = weights }, """{"lambda": 0.75, "min_child_weight": 0.75}""");
        var repeated = Fit(training.SelectRows(twice), """{"lambda": 1, "min_child_weight": 1}""");
        var (a, b) = (weighted.Predict(training.Predictors).Scores(), repeated.Predict(training.Predictors).Scores());
        for (var r = 0; r < a.Length; r++)
            Assert.Equal(a[r], b[r], 9);
    }

    [Theory]
    [InlineData(EndpointKind.Binary)]
    [InlineData(EndpointKind.Multiclass)]
    [InlineData(EndpointKind.Continuous)]
    [InlineData(EndpointKind.Survival)]
    public void Inner_folds_stop_early_where_more_rounds_only_fit_noise(EndpointKind kind)
    {
        var table = TestTables.Simulated(80, 12, 0, 3, kind);
        var noise = table with { Predictors = table.Predictors.SelectColumns([4, 5, 6, 7, 8, 9, 10, 11]) };
        var rounds = Fit(noise, """{"rounds": 200, "early_stopping_folds": 5}""").Rounds;
        Assert.InRange(rounds, 1, 40);
        Assert.InRange(Fit(table, """{"rounds": 200, "early_stopping_folds": 5}""").Rounds, rounds + 1, 200);
    }

    [Theory]
    [InlineData("""{"subsample": 0.5}""")]
    [InlineData("""{"colsample": 0.3}""")]
    public void Sampling_is_by_the_seed(string options)
    {
        var training = TestTables.Simulated(60, 12, 0);
        var a = Fit(training, options).ToJson().GetRawText();
        Assert.Equal(a, Fit(training, options).ToJson().GetRawText());
        Assert.NotEqual(a, Fit(training with { Seed = 2 }, options).ToJson().GetRawText());
    }
}
