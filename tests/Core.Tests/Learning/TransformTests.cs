using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;

namespace RadiogenomicsCloud.Core.Tests.Learning;

public class TransformTests
{
    private const double NA = double.NaN;

    private static IFittedTransform Fit(string name, Predictors predictors, bool[]? outcome = null, string options = "{}") =>
        LearningRegistry.Transform(new(name, JsonDocument.Parse(options).RootElement)).Fit(
            TestTables.Training(predictors, outcome ?? [.. Enumerable.Range(0, predictors.RowCount).Select(r => r % 2 == 0)]),
            TestContext.Current.CancellationToken);

    [Fact]
    public void Missing_values_become_the_median_of_the_training_rows()
    {
        var fitted = (FittedMedianImputation)Fit("median_imputation", TestTables.Of([1, NA, 10, 4], [1, 2, 3, NA], [NA, NA, NA, NA]));
        Assert.Equal(["x1", "x2"], fitted.Columns);
        Assert.Equal([4, 2], fitted.Medians);
        Assert.Equal(["x3"], fitted.Dropped);
        Assert.Equal([4, 7, 100, 2], fitted.Apply(TestTables.Of([NA, 7], [100, NA])).All.ToArray());
    }

    [Fact]
    public void Z_scores_use_the_training_mean_and_sample_deviation_and_leave_missing_missing()
    {
        var fitted = Fit("zscore", TestTables.Of([1, 2, 3, NA], [5, 5, 5, 5], [NA, 8, NA, NA]));
        Assert.Equal([2, NA, 0, 1, 0, NA], fitted.Apply(TestTables.Of([4, NA], [5, 6], [8, NA])).All.ToArray());
    }

    [Theory]
    [InlineData("median_imputation")]
    [InlineData("zscore")]
    [InlineData("univariate")]
    [InlineData("correlation")]
    [InlineData("top_variance")]
    public void Infinite_values_are_refused_by_column(string name)
    {
        var error = Assert.Throws<BadInputException>(() => Fit(name, TestTables.Of([1, 2, 3, 4], [1, double.PositiveInfinity, 2, 3])));
        Assert.Equal("x2", error.Where);
    }

    [Fact]
    public void Near_zero_variance_takes_constant_rare_and_empty_columns()
    {
        double[] Mostly(int others) => [.. Enumerable.Range(0, 100).Select(i => i < others ? 1.0 : 0)];
        double[] empty = [.. Enumerable.Repeat(NA, 100)];
        double[] tail = [.. Enumerable.Range(0, 100).Select(i => i < 96 ? 0.0 : 1)];
        double[] varied = [.. Enumerable.Range(0, 100).Select(i => i < 80 ? 0.0 : i)];
        var predictors = TestTables.Of(Mostly(0), Mostly(4), Mostly(6), empty, tail, varied);
        // 96:4 is more than 19 times; 94:6 is not; varied has 80:1 but 21 % distinct values.
        Assert.Equal(["x3", "x6"], Fit("near_zero_variance", predictors).Columns);
        Assert.Equal(["x2", "x3", "x5", "x6"], Fit("near_zero_variance", predictors, options: """{"frequency_ratio": 30}""").Columns);
    }

    [Fact]
    public void Top_variance_keeps_so_many_columns_of_greatest_variance_of_the_present_values_and_of_equals_the_first()
    {
        // Variances 1, 100, 1, 2 (of two values), none (one value), 0.
        var predictors = TestTables.Of([1, 2, 3], [0, 10, 20], [3, 4, 5], [NA, 7, 9], [NA, NA, 1e9], [5, 5, 5]);
        IReadOnlyList<string> Kept(int count) => Fit("top_variance", predictors, options: FormattableString.Invariant($$"""{"count": {{count}}}""")).Columns;
        Assert.Equal(["x2"], Kept(1));
        Assert.Equal(["x2", "x4"], Kept(2));
        Assert.Equal(["x1", "x2", "x4"], Kept(3));
        Assert.Equal(["x1", "x2", "x3", "x4"], Kept(4));
        Assert.Equal(["x1", "x2", "x3", "x4", "x6"], Kept(1000));
    }

    [Fact]
    public void Top_variance_looks_at_the_columns_of_its_prefix_alone()
    {
        string[] names = ["expr_A", "age", "expr_B", "Expr_C", "expr_D"];
        var predictors = new Predictors(
            [.. Enumerable.Range(0, 2).Select(TestTables.Row)], names, [1, 2, double.PositiveInfinity, 0, 1, 9, 1, 1, 4, 1]);
        Assert.Equal(["age", "expr_B", "Expr_C"], Fit("top_variance", predictors, options: """{"count": 1, "prefix": "expr_"}""").Columns);
        Assert.Equal(names, Fit("top_variance", predictors, options: """{"count": 1, "prefix": "cn_"}""").Columns);
    }

    [Fact]
    public void A_variance_beyond_all_numbers_is_refused_by_column() => Assert.Equal(
        "x1", Assert.Throws<BadInputException>(() => Fit("top_variance", TestTables.Of([-1e200, 1e200]))).Where);

    // R: p <- c(wilcox.test(1:6, 7:12)$p.value, wilcox.test(c(1,3,5,7,9,11), c(2,4,6,8,10,12))$p.value, wilcox.test(c(1,2,3,4,6,8), c(5,7,9,10,11,12))$p.value)
    //    p.adjust(p, "BH")  gives 0.006493506 0.699134199 0.022727273
    [Theory]
    [InlineData(0.006, new string[0])]
    [InlineData(0.0065, new[] { "x1" })]
    [InlineData(0.0227, new[] { "x1" })]
    [InlineData(0.0228, new[] { "x1", "x3" })]
    [InlineData(1, new[] { "x1", "x2", "x3" })]
    public void The_univariate_filter_keeps_what_passes_the_rate(double rate, string[] expected)
    {
        var predictors = TestTables.Of(
            [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [1, 3, 5, 7, 9, 11, 2, 4, 6, 8, 10, 12], [1, 2, 3, 4, 6, 8, 5, 7, 9, 10, 11, 12]);
        bool[] outcome = [true, true, true, true, true, true, false, false, false, false, false, false];
        Assert.Equal(expected, Fit("univariate", predictors, outcome, FormattableString.Invariant($$"""{"fdr": {{rate}}}""")).Columns);
    }

    [Fact]
    public void The_univariate_filter_keeps_at_least_what_is_asked_and_never_what_cannot_be_tested()
    {
        var predictors = TestTables.Of([NA, NA, 1, 1, 2, 3], [1, 2, 1, 2, 1, 2], [1, 2, 3, 1, 2, 4]);
        bool[] outcome = [true, true, false, false, false, false];
        Assert.Empty(Fit("univariate", predictors, outcome, """{"fdr": 0.01}""").Columns);
        Assert.Equal(["x3"], Fit("univariate", predictors, outcome, """{"fdr": 0.01, "keep_at_least": 1}""").Columns);
        Assert.Equal(["x2", "x3"], Fit("univariate", predictors, outcome, """{"fdr": 0.01, "keep_at_least": 3}""").Columns);
    }

    [Fact]
    public void Welchs_test_sees_differences_that_ranks_cannot_show()
    {
        // R: t.test(c(1,1.1,0.9,1.05), c(2,2.1,1.9,2.05))$p.value is 3.09e-06; wilcox.test of the same is 0.0286, the least that eight values can give
        var predictors = TestTables.Of([1, 1.1, 0.9, 1.05, 2, 2.1, 1.9, 2.05]);
        bool[] outcome = [true, true, true, true, false, false, false, false];
        Assert.Empty(Fit("univariate", predictors, outcome, """{"fdr": 0.001}""").Columns);
        Assert.Equal(["x1"], Fit("univariate", predictors, outcome, """{"fdr": 0.001, "test": "welch_t"}""").Columns);
    }

    [Fact]
    public void Of_correlated_columns_the_one_of_stronger_association_stays()
    {
        bool[] outcome = [false, false, false, false, true, true, true, true];
        var predictors = TestTables.Of([2, 1, 3, 5, 4, 6, 8, 7], [1, 2, 3, 4, 5, 6, 7, 8], [1, 8, 2, 7, 3, 6, 4, 5]);
        Assert.Equal(["x2", "x3"], Fit("correlation", predictors, outcome).Columns);
        Assert.Equal(["x1", "x3"], Fit("correlation", predictors, outcome, """{"keep": "first"}""").Columns);
        Assert.Equal(["x1", "x2", "x3"], Fit("correlation", predictors, outcome, """{"max": 0.95}""").Columns);
    }

    [Fact]
    public void A_monotone_map_is_seen_by_spearman_and_less_by_pearson()
    {
        double[] x = [1, 2, 3, 4, 5, 6, 7, 8];
        var predictors = TestTables.Of(x, [.. x.Select(v => -Math.Exp(3 * v))]);
        Assert.Single(Fit("correlation", predictors).Columns);
        Assert.Equal(2, Fit("correlation", predictors, options: """{"method": "pearson"}""").Columns.Count);
        Assert.Single(Fit("correlation", TestTables.Of(x, [.. x.Select(v => 3 - v)]), options: """{"method": "pearson"}""").Columns);
    }

    [Fact]
    public void Correlations_of_columns_with_holes_are_over_shared_rows()
    {
        double[] x = [1, 2, 3, 4, 5, 6, 7, 8];
        var twin = TestTables.Of(x, [1, NA, 3, 4, 5, 6, NA, 80]);
        Assert.Single(Fit("correlation", twin).Columns);
        var barelyShared = TestTables.Of([1, 2, NA, NA, NA, 6, 7, 8], [1, 2, 3, 4, 5, NA, NA, NA]);
        Assert.Equal(2, Fit("correlation", barelyShared).Columns.Count);
    }
}
