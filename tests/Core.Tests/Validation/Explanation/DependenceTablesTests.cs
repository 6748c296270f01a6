using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Statistics;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Validation.Explanation;

public sealed class DependenceTablesTests
{
    private static readonly ResamplingOptions Bootstrap = new(BootstrapResamples: 40, Repeats: 0, OuterResamples: 0);
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    /// <summary>Least squares: the curve is a line whose slope is the weight, and the band is that of the weight.</summary>
    [Fact]
    public void The_curve_of_a_linear_regression_is_its_weight_and_the_band_holds_it()
    {
        var study = AnyStudy.Make(EndpointKind.Continuous, 80, 2, 1, 1);
        var learner = LearningRegistry.Pipeline([], new("regression", default));
        var model = learner.Fit(new(study.Predictors, study.Endpoint, 1), cancel);
        var table = DependenceTables.Make(AnyStudy.Plan(study, Bootstrap), learner, study.Predictors, model, ["x1"], new(Resamples: 40), cancel);
        var column = Assert.Single(table.Columns);
        var curve = Assert.Single(column.Curves);
        Assert.Equal("y", curve.Outcome);
        Assert.Equal(40, table.Models);
        Assert.Equal("pointwise percentiles over the models of 40 bootstrap samples", table.BandMethod);
        var weight = model.Coefficients!.Single(c => c.Column == "x1").Value;
        for (var k = 1; k < column.Values.Count; k++)
            Assert.Equal(weight, (curve.Mean[k] - curve.Mean[0]) / (column.Values[k] - column.Values[0]), 9);
        Assert.All(Enumerable.Range(0, column.Values.Count), k => Assert.True(curve.Low![k] < curve.Mean[k] && curve.Mean[k] < curve.High![k]));
    }

    [Theory]
    [InlineData(EndpointKind.Multiclass, 3)]
    [InlineData(EndpointKind.Survival, 3)]
    public void Every_number_that_is_shown_has_a_curve(EndpointKind kind, int curves)
    {
        var study = AnyStudy.Make(kind, 60, 2, 1, 1);
        var learner = LearningRegistry.Pipeline([], new("regression", default));
        var model = learner.Fit(new(study.Predictors, study.Endpoint, 1), cancel);
        var table = DependenceTables.Make(AnyStudy.Plan(study, Bootstrap), learner, study.Predictors, model, ["x0"], new(Resamples: 0), cancel);
        Assert.Null(table.BandMethod);
        Assert.Equal(curves, table.Columns[0].Curves.Count);
        Assert.All(table.Columns[0].Curves, c => Assert.Null(c.Low));
        if (kind is EndpointKind.Multiclass)
            Assert.All(Enumerable.Range(0, table.Columns[0].Values.Count), k => Assert.Equal(1, table.Columns[0].Curves.Sum(c => c.Mean[k]), 9));
    }

    [Fact]
    public void Levels_of_a_category_have_their_names_and_models_that_share_cases_are_said_to()
    {
        var (predictors, endpoint) = Categorical();
        var learner = LearningRegistry.Pipeline([], new("regression", default));
        var model = learner.Fit(new(predictors, endpoint, 1), cancel);
        var plan = ResamplingPlan.Create(predictors.Rows, endpoint, new(BootstrapResamples: 0, Folds: 3, Repeats: 5, OuterResamples: 0), 1);
        var table = DependenceTables.Make(plan, learner, predictors, model, ["place"], new(), cancel);
        Assert.Equal(["left", "middle", "right"], table.Columns[0].Levels);
        Assert.Contains("share most of their cases", table.BandMethod, StringComparison.Ordinal);
        Assert.Equal(15, table.Models);
        // Only the level moves the mean: differences of the curve are differences of the weights.
        var weights = model.Coefficients!.ToDictionary(c => c.Column, c => c.Value);
        var curve = table.Columns[0].Curves[0].Mean;
        Assert.Equal(weights.Single(w => w.Key.Contains("middle", StringComparison.Ordinal)).Value, curve[1] - curve[0], 9);
    }

    /// <summary>A nominal column, an ordinal one and a number, with a number to predict.</summary>
    internal static (Predictors Predictors, Endpoint Endpoint) Categorical()
    {
        var random = new DeterministicRandom(4);
        const int Count = 60;
        double[] place = [.. Enumerable.Range(0, Count).Select(r => (double)(r % 3))], grade = [.. Enumerable.Range(0, Count).Select(r => (double)(r / 3 % 4))];
        double[] size = [.. Enumerable.Range(0, Count).Select(_ => 30 + (8 * random.NextGaussian()))];
        double[] y = [.. Enumerable.Range(0, Count).Select(r => (place[r] == 1 ? 2 : place[r] == 2 ? -1 : 0) + (0.7 * grade[r]) - (0.1 * size[r]) + (0.3 * random.NextGaussian()))];
        return (
            new Predictors([.. Enumerable.Range(0, Count).Select(r => new RowId("c", $"P{r}", $"C{r}"))], ["place", "grade", "size"], [.. place, .. grade, .. size])
            {
                Categories = new Dictionary<string, Categories> { ["place"] = new(false, ["left", "middle", "right"]), ["grade"] = new(true, ["I", "II", "III", "IV"]) },
            },
            new ContinuousEndpoint("y", y));
    }
}
