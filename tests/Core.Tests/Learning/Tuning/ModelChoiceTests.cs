using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;

namespace RadiogenomicsCloud.Core.Tests.Learning.Tuning;

/// <summary>The best of several pipelines and predictor sets, chosen inside the training rows.</summary>
public class ModelChoiceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly NamedOptions Net = new("elastic_net", Spy.Json("""{"nlambda": 20}"""));

    private static Alternative Of(string name, params string[]? columns) => new(name, columns, LearningRegistry.Pipeline([new("zscore", default)], Net));

    /// <summary>The signal is in x1 and x2.</summary>
    private static readonly TrainingSet Training = TestTables.Simulated(80, 10, 0);

    private static ModelChoice Choice(params Alternative[] alternatives) => new(alternatives, new(Folds: 4, Repeats: 2));

    [Fact]
    public void The_set_with_the_signal_is_chosen_and_fitted_to_all_rows()
    {
        var fitted = Choice(Of("noise", "x5", "x6"), Of("signal", "x1", "x2"), Of("half", "x1", "x7")).Fit(Training, Cancel);
        Assert.Equal("signal", fitted.Choice!.Chosen);
        Assert.Equal(["noise", "signal", "half"], fitted.Choice.Alternatives.Select(a => a.Name));
        Assert.Equal(["x1", "x2"], fitted.Columns);
        Assert.True(fitted.Seen.SetEquals(Subjects.Of(Training.Predictors.Rows)));
        // To the bit what the alternative alone would be.
        var alone = Of("signal").Pipeline.Fit(Training with { Predictors = Training.Predictors.SelectColumns([0, 1]) }, Cancel);
        Assert.Equal(alone.PredictProbability(Training.Predictors), fitted.PredictProbability(Training.Predictors));
        Assert.NotNull(fitted.Coefficients);
    }

    [Fact]
    public void Models_of_different_kinds_and_tuned_ones_are_compared()
    {
        var tuned = LearningRegistry.Pipeline([], new("elastic_net", Spy.Json("""{"nlambda": 20, "lambda": "tune"}""")), new("grid", Spy.Json("""{"folds": 3}""")));
        var fitted = Choice(Of("noise", "x5"), new("tuned", null, tuned)).Fit(Training, Cancel);
        Assert.Equal("tuned", fitted.Choice!.Chosen);
        Assert.NotNull(fitted.Tuning);
    }

    [Fact]
    public void The_same_patients_are_held_out_for_all_and_none_is_on_both_sides()
    {
        var (one, other) = (new Spy(), new Spy());
        Choice(
            new("one", ["x1"], new ModellingPipeline([], one.Model("{}"))), new("other", null, new ModellingPipeline([], other.Model("{}")))).Fit(Training, Cancel);
        Assert.Equal(one.Fits.Take(8).Select(f => string.Join(' ', f.Predictors.Rows)), other.Fits.Take(8).Select(f => string.Join(' ', f.Predictors.Rows)));
        Assert.All(one.Fits.Take(8), f => Assert.Equal(60, Subjects.Of(f.Predictors.Rows).Count));
    }

    [Fact]
    public void The_record_is_read_back_and_damage_is_refused()
    {
        var json = JsonDocument.Parse(Choice(Of("noise", "x5", "x6"), Of("signal", "x1", "x2")).Fit(Training, Cancel).ToJson().GetRawText()).RootElement;
        var read = LearningRegistry.ReadPipeline(json);
        Assert.Equal("signal", read.Choice!.Chosen);
        Assert.Equal(json.GetRawText(), read.ToJson().GetRawText());
        foreach (var (good, bad) in ((string, string)[])[("\"chosen\":\"signal\"", "\"chosen\":1"), ("\"alternatives\":[", "\"alternative\":["), ("\"repeats\":2", "\"repeats\":-2")])
        {
            Assert.Contains(good, json.GetRawText(), StringComparison.Ordinal);
            var damaged = JsonDocument.Parse(json.GetRawText().Replace(good, bad, StringComparison.Ordinal)).RootElement;
            Assert.Equal("model.invalid", Assert.Throws<BadInputException>(() => LearningRegistry.ReadPipeline(damaged)).Code);
        }
    }

    [Fact]
    public void An_alternative_that_cannot_be_fitted_is_not_chosen_and_where_none_can_the_reason_is_given()
    {
        var refuses = new Alternative("refuses", null, new ModellingPipeline([], new Spy().Model("""{"strict": true}""")));
        var fitted = Choice(refuses, Of("noise", "x5")).Fit(Training, Cancel);
        Assert.Equal("noise", fitted.Choice!.Chosen);
        Assert.Null(fitted.Choice.Alternatives[0].Loss);
        Assert.Equal("spy.strict", Assert.Throws<BadInputException>(() => Choice(refuses).Fit(Training, Cancel)).Code);
        Assert.Equal("learning.column_missing", Assert.Throws<BadInputException>(() => Choice(Of("gone", "x99")).Fit(Training, Cancel)).Code);
        Assert.Throws<ArgumentException>(() => Choice(Of("twice"), Of("twice")));
    }

    [Fact]
    public void It_stops_when_it_is_cancelled() =>
        Assert.ThrowsAny<OperationCanceledException>(() => Choice(Of("all")).Fit(Training, new CancellationToken(canceled: true)));
}
