using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;

namespace RadiogenomicsCloud.Core.Tests.Learning.Transforms;

public class EncodeTests
{
    private const double NA = double.NaN;

    /// <summary>Labels to codes of the levels given; null is missing.</summary>
    private static Predictors Table(string[] levels, bool ordered, string?[] labels, double[]? number = null)
    {
        double[] codes = [.. labels.Select(l => l is null ? NA : Array.IndexOf(levels, l))];
        var rows = Enumerable.Range(0, labels.Length).Select(TestTables.Row).ToArray();
        return new(rows, ["side", "age"], [.. codes, .. number ?? [.. rows.Select((_, r) => (double)r)]])
        {
            Categories = new Dictionary<string, Categories> { ["side"] = new(ordered, levels) },
            Attributes = new Dictionary<string, IReadOnlyList<string?>> { ["site"] = [.. rows.Select(_ => "A")] },
        };
    }

    private static TrainingSet Training(Predictors predictors) => TestTables.Training(predictors, [.. Enumerable.Range(0, predictors.RowCount).Select(r => r % 2 == 0)]);

    private static IFittedTransform Fit(Predictors predictors, string options = "{}") =>
        LearningRegistry.Transform(new("encode", JsonDocument.Parse(options).RootElement)).Fit(Training(predictors), TestContext.Current.CancellationToken);

    private static readonly string?[] Sides = ["left", "right", "left", "both", "left", "right", null, "none"];

    [Fact]
    public void Nominal_columns_become_indicators_against_the_commonest_training_level()
    {
        var table = Table(["none", "left", "right", "both"], ordered: false, Sides);
        var fitted = Fit(table, """{"min_count": 1}""");
        Assert.Equal(["side=both", "side=none", "side=right", "age"], fitted.Columns);
        Assert.Equal(["side", "age"], fitted.Inputs);
        var result = fitted.Apply(table);
        Assert.Equal([0, 0, 0, 1, 0, 0, NA, 0], result.Column(0).ToArray());
        Assert.Equal([0, 0, 0, 0, 0, 0, NA, 1], result.Column(1).ToArray());
        Assert.Equal([0, 1, 0, 0, 0, 1, NA, 0], result.Column(2).ToArray());
        Assert.Equal(table.Column(1).ToArray(), result.Column(3).ToArray());
        Assert.Empty(result.Categories);
        Assert.Equal("A", result.Attributes["site"][0]);
    }

    [Fact]
    public void Ordinal_columns_become_scores_under_their_name()
    {
        var table = Table(["I", "II", "III"], ordered: true, ["II", "I", null, "II", "II", "I", "II", "I"]);
        var result = Fit(table).Apply(table);
        Assert.Equal(["side", "age"], result.Columns);
        Assert.Equal([1, 0, NA, 1, 1, 0, 1, 0], result.Column(0).ToArray());
        Assert.Empty(result.Categories);
        // A level that is in the order is scored though no training row was of it.
        Assert.Equal([2], Fit(table).Apply(Table(["III", "II"], ordered: true, ["III"])).Column(0).ToArray());
        Assert.Equal(["side=I", "age"], Fit(table, """{"ordinal": "indicators", "min_count": 1}""").Columns);
    }

    [Fact]
    public void Levels_are_matched_by_label_and_not_by_code()
    {
        var fitted = Fit(Table(["none", "left", "right", "both"], ordered: false, Sides), """{"min_count": 1}""");
        var other = Table(["right", "left"], ordered: false, ["right", "left", null]);
        Assert.Equal([1, 0, NA], fitted.Apply(other).Column(2).ToArray());
    }

    [Fact]
    public void A_level_that_no_training_row_had_is_missing_or_refused()
    {
        var table = Table(["left", "right", "both"], ordered: false, ["left", "left", "right", "right", "left"]);
        var other = Table(["both", "right"], ordered: false, ["both", "right"]);
        Assert.Equal([NA, 1], Fit(table, """{"min_count": 1}""").Apply(other).Column(0).ToArray());
        var refusing = Fit(table, """{"min_count": 1, "unseen": "refuse"}""");
        Assert.Equal("side", Assert.Throws<BadInputException>(() => refusing.Apply(other)).Where);
    }

    [Fact]
    public void Rare_levels_share_an_indicator_or_count_with_the_reference()
    {
        string?[] labels = ["a", "a", "a", "a", "b", "b", "b", "c", "d", "d"];
        var table = Table(["a", "b", "c", "d"], ordered: false, labels);
        var pooled = Fit(table, """{"min_count": 3}""");
        Assert.Equal(["side=b", "side=(rare)", "age"], pooled.Columns);
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 1, 1, 1], pooled.Apply(table).Column(1).ToArray());
        Assert.Equal(["side=b", "age"], Fit(table, """{"min_count": 3, "rare": "reference"}""").Columns);
        // Rare even together.
        Assert.Equal(["age"], Fit(table, """{"min_count": 7}""").Columns);
    }

    [Fact]
    public void A_column_of_another_type_than_in_training_and_a_changed_code_are_refused()
    {
        var table = Table(["a", "b"], ordered: false, ["a", "b", "a", "b"]);
        var fitted = Fit(table, """{"min_count": 1}""");
        var number = new Predictors(table.Rows, table.Columns, table.All.ToArray());
        Assert.Equal("learning.category", Assert.Throws<BadInputException>(() => fitted.Apply(number)).Code);
        Assert.Equal("learning.category", Assert.Throws<BadInputException>(() => Fit(number).Apply(table)).Code);
        var changed = table.With(table.Columns, [0.5, 1, 0, 1, .. table.Column(1)]);
        Assert.Equal("side", Assert.Throws<BadInputException>(() => Fit(changed)).Where);
    }

    [Fact]
    public void What_is_restricted_and_read_back_gives_the_same()
    {
        var table = Table(["none", "left", "right", "both"], ordered: false, Sides);
        var fitted = Fit(table, """{"min_count": 1}""");
        var less = ((IPrunable)fitted).RestrictTo(["side=right"]);
        Assert.Equal(["side"], less.Inputs);
        var read = LearningRegistry.ReadTransform(JsonDocument.Parse(less.ToJson().GetRawText()).RootElement);
        // A label that training knew is 0 in what is left of it.
        Assert.Equal([0, 1, 0, 0, 0, 1, NA, 0], read.Apply(table).Column(0).ToArray());
    }

    [Fact]
    public void A_pipeline_encodes_first_by_itself_and_only_where_there_is_need()
    {
        string?[] labels = [.. Enumerable.Range(0, 60).Select(r => r == 7 ? null : r % 2 == 0 ? "left" : r % 3 == 0 ? "right" : "both")];
        var table = Table(["left", "right", "both"], ordered: false, labels, [.. labels.Select(_ => 5.0)]);
        var cancel = TestContext.Current.CancellationToken;
        var pipeline = LearningRegistry.Pipeline([new("zscore", default)], new("elastic_net", default));
        var fitted = pipeline.Fit(Training(table), cancel);
        Assert.Equal(["encode", "median_imputation", "zscore"], fitted.Steps.Select(s => s.Kind));
        Assert.Equal(["side"], fitted.Columns);
        Assert.NotNull(fitted.Coefficients);
        Assert.Contains(fitted.Coefficients, c => c.Column == "side=both");
        var encoded = Fit(table).Apply(table);
        var plain = pipeline.Fit(Training(encoded), cancel);
        Assert.Equal(["median_imputation", "zscore"], plain.Steps.Select(s => s.Kind));
        Assert.Equal(plain.PredictProbability(encoded), fitted.PredictProbability(table));
        var read = LearningRegistry.ReadModel(JsonDocument.Parse(fitted.ToJson().GetRawText()).RootElement);
        Assert.Equal(fitted.PredictProbability(table), read.PredictProbability(table));
        Assert.Equal(
            ["encode", "median_imputation"], LearningRegistry.Pipeline([new("encode", default)], new("elastic_net", default)).StepNames);
    }
}
