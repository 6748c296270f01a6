using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;

namespace RadiogenomicsCloud.Core.Tests.Learning.Trees;

public class ForestSelectorTests
{
    private static IReadOnlyList<string> Kept(string name, TrainingSet training, string options = "{}") =>
        LearningRegistry.Transform(new(name, JsonDocument.Parse(options).RootElement)).Fit(training, TestContext.Current.CancellationToken).Columns;

    /// <summary>
    /// x1, its near copy x3, and x2 carry the signal; x4 is constant, the eight others are noise. Of noise a column stays that goes with the outcome in
    /// these very rows better than the greatest of the (at the end five) permuted copies does at the median, which happens to a share 1 − 2^(−1/5) = 0.13:
    /// over five tables to at most 10 of 40 columns in 99 of 100.
    /// </summary>
    [Theory]
    [InlineData(EndpointKind.Binary)]
    [InlineData(EndpointKind.Multiclass)]
    [InlineData(EndpointKind.Continuous)]
    [InlineData(EndpointKind.Survival)]
    public void Boruta_keeps_all_that_is_relevant_copies_too_and_hardly_anything_else(EndpointKind kind)
    {
        var noise = 0;
        for (var seed = 1UL; seed <= 5; seed++)
        {
            var kept = Kept("boruta", TestTables.Simulated(200, 12, 0.02, seed, kind), """{"ntree": 100}""");
            Assert.Equal(["x1", "x2", "x3"], kept.Take(3));
            Assert.DoesNotContain("x4", kept);
            noise += kept.Count - 3;
        }
        Assert.InRange(noise, 0, 10);
    }

    [Fact]
    public void Boruta_keeps_nothing_of_noise()
    {
        var kept = 0;
        for (var seed = 1UL; seed <= 10; seed++)
        {
            var table = TestTables.Simulated(60, 12, 0, seed);
            kept += Kept("boruta", table with { Predictors = table.Predictors.SelectColumns([4, 5, 6, 7, 8, 9, 10, 11]) }, """{"ntree": 50}""").Count;
        }
        Assert.InRange(kept, 0, 4);
    }

    [Theory]
    [InlineData(EndpointKind.Binary)]
    [InlineData(EndpointKind.Multiclass)]
    [InlineData(EndpointKind.Continuous)]
    [InlineData(EndpointKind.Survival)]
    public void Importance_puts_the_signal_first(EndpointKind kind)
    {
        var training = TestTables.Simulated(200, 12, 0.02, 3, kind);
        Assert.Equal(["x1", "x2", "x3"], Kept("forest_importance", training, """{"count": 3}"""));
        Assert.Superset(new HashSet<string> { "x1", "x2", "x3" }, Kept("forest_importance", training).ToHashSet());
    }
}
