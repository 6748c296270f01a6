using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;

namespace RadiogenomicsCloud.Core.Tests.Learning.Classifiers;

public class NearestNeighboursTests
{
    private static readonly int[] Odd = [.. Enumerable.Range(0, 75).Select(r => 2 * r)];
    private static readonly int[] Even = [.. Enumerable.Range(0, 75).Select(r => (2 * r) + 1)];

    /// <summary><c>knn(z[odd, ], z[-odd, ], species[odd], k = k, prob = TRUE)</c>; winners of tied votes are drawn there, so that the share of the winner is compared.</summary>
    [Theory]
    [InlineData("five", 5, false)]
    [InlineData("one", 1, false)]
    [InlineData("twelve", 12, false)]
    [InlineData("scaled", 7, true)]
    public void Votes_equal_those_of_class_knn(string name, int k, bool scale)
    {
        var iris = Iris.Three();
        var expected = Iris.Read("iris.knn.csv");
        var found = Iris.Fit("knn", iris.SelectRows(Odd), new { k, scale }).Predict(iris.SelectRows(Even).Predictors);
        for (var r = 0; r < found.RowCount; r++)
        {
            Assert.Equal(expected[$"{name}.share"][r], found.Row(r)[(int)expected[$"{name}.winner"][r]], 1e-12);
            Assert.Equal(expected[$"{name}.share"][r], found.Row(r).ToArray().Max(), 1e-12);
        }
    }

    [Fact]
    public void Whatever_is_as_near_as_the_last_neighbour_votes_too()
    {
        var training = TestTables.Training(TestTables.Of([0, 1, -1, 5]), [true, false, false, false]);
        var fitted = Iris.Fit("knn", training, new { k = 2, scale = false });
        Assert.Equal(1.0 / 3, fitted.Predict(TestTables.Of([0])).Scores()[0], 1e-12);
    }

    [Fact]
    public void A_continuous_endpoint_is_the_weighted_mean_of_the_neighbours()
    {
        var predictors = TestTables.Of([0, 1, 10, 20]);
        var training = new TrainingSet(predictors, new ContinuousEndpoint("y", [1, 4, 100, 200]), 1) { Weights = [0.5, 1.5, 1, 1] };
        var fitted = Iris.Fit("knn", training, new { k = 2 });
        Assert.Equal(((0.5 * 1) + (1.5 * 4)) / 2, fitted.Predict(TestTables.Of([0.2])).Scores()[0], 1e-12);
    }

    [Fact]
    public void Fewer_rows_than_neighbours_all_vote()
    {
        var training = TestTables.Training(TestTables.Of([0, 1, 2]), [true, false, false]);
        Assert.Equal(1.0 / 3, Iris.Fit("knn", training).Predict(TestTables.Of([9])).Scores()[0], 1e-12);
    }

    [Fact]
    public void It_holds_rows() => Assert.True(Iris.Fit("knn", TestTables.Simulated(20, 4, 0)).HoldsRows);

    [Theory]
    [InlineData("\"rows\":30", "\"rows\":31")]
    [InlineData("\"outcome\":[", "\"outcome\":[0.5,")]
    [InlineData("\"weights\":[1", "\"weights\":[-1")]
    [InlineData("\"values\":[", "\"values\":[1,")]
    public void A_damaged_file_is_refused(string part, string damage)
    {
        var text = Iris.Fit("knn", TestTables.Simulated(30, 5, 0)).ToJson().GetRawText();
        Assert.Contains(part, text, StringComparison.Ordinal);
        var json = JsonDocument.Parse(text.Replace(part, damage, StringComparison.Ordinal)).RootElement;
        Assert.Equal("model.invalid", Assert.Throws<BadInputException>(() => LearningRegistry.ReadModel(json)).Code);
    }
}
