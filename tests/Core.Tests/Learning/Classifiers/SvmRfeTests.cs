using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;

namespace RadiogenomicsCloud.Core.Tests.Learning.Classifiers;

public class SvmRfeTests
{
    private static IReadOnlyList<string> Kept(TrainingSet training, object? options = null) => LearningRegistry
        .Transform(new("svm_rfe", options is null ? default : JsonSerializer.SerializeToElement(options)))
        .Fit(training, TestContext.Current.CancellationToken).Columns;

    [Theory]
    [InlineData(EndpointKind.Binary)]
    [InlineData(EndpointKind.Multiclass)]
    public void The_columns_of_the_signal_are_the_last_to_go(EndpointKind kind)
    {
        // The third column is a copy of the first with a little noise.
        var kept = Kept(TestTables.Simulated(120, 60, 0.02, 3, kind), new { keep = 2 });
        Assert.Contains("x2", kept);
        Assert.True(kept.Contains("x1") || kept.Contains("x3"));
    }

    [Theory]
    [InlineData(7, 0.5)]
    [InlineData(1, 0.1)]
    [InlineData(30, 0.9)]
    public void The_number_that_is_asked_for_is_kept(int keep, double step) => Assert.Equal(keep, Kept(TestTables.Simulated(50, 40, 0), new { keep, step }).Count);

    [Fact]
    public void Fewer_columns_than_are_asked_for_are_all_kept_but_those_without_differences() =>
        Assert.Equal(["x1", "x2", "x3", "x5"], Kept(TestTables.Simulated(50, 5, 0), new { keep = 20 }));

    /// <summary>One column dropped a round: the least weight of the machine on all of the columns, which e1071 gives too, goes first.</summary>
    [Fact]
    public void The_column_of_the_least_weight_goes_first()
    {
        var training = Iris.TwoClasses();
        var fitted = (FittedLinearSvm)Iris.Fit("svm", training, new { tolerance = 1e-10 });
        var least = fitted.Coefficients.MinBy(c => Math.Abs(c.Standardised))!.Column;
        Assert.Equal(training.Predictors.Columns.Except([least]), Kept(training, new { keep = 3, step = 0.01 }));
    }

    [Fact]
    public void Inner_folds_choose_few_columns_where_few_carry_the_signal()
    {
        var kept = Kept(TestTables.Simulated(200, 64, 0, 5));
        Assert.InRange(kept.Count, 1, 16);
        Assert.Contains("x2", kept);
    }

    [Fact]
    public void One_patient_of_a_class_leaves_nothing_to_choose_by_and_all_stay() => Assert.Equal(
        4, Kept(TestTables.Training(TestTables.Simulated(20, 5, 0).Predictors, [true, .. new bool[19]])).Count);

    [Fact]
    public void An_endpoint_that_is_no_class_is_refused() => Assert.Equal(
        "learning.endpoint", Assert.Throws<BadInputException>(() => Kept(TestTables.Simulated(20, 5, 0, 1, EndpointKind.Survival))).Code);
}
