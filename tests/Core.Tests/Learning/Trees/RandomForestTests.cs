using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;

namespace RadiogenomicsCloud.Core.Tests.Learning.Trees;

public class RandomForestTests
{
    private static FittedTrees Fit(TrainingSet training, string options = "{}") =>
        (FittedTrees)LearningRegistry.Model(new("random_forest", JsonDocument.Parse(options).RootElement)).Fit(training, TestContext.Current.CancellationToken);

    /// <summary>All columns at each node, no bootstrap: a regression tree, whose leaves of single cases repeat the outcome.</summary>
    [Fact]
    public void One_tree_of_all_rows_and_columns_learns_the_training_rows_by_heart()
    {
        var training = TestTables.Simulated(60, 12, 0, kind: EndpointKind.Continuous);
        var model = Fit(training, """{"ntree": 1, "mtry": 12, "min_node_size": 1, "replace": false}""");
        var y = ((ContinuousEndpoint)training.Endpoint).Values;
        var found = model.Predict(training.Predictors).Scores();
        for (var r = 0; r < y.Length; r++)
            Assert.Equal(y[r], found[r], 12);
    }

    /// <summary>The log-rank statistic of every cut, by its definition over two-by-two tables.</summary>
    [Fact]
    public void Survival_is_split_where_the_log_rank_statistic_is_greatest()
    {
        var training = TestTables.Simulated(40, 5, 0, 7, EndpointKind.Survival);
        var endpoint = (SurvivalEndpoint)training.Endpoint;
        var model = Fit(training, """{"ntree": 1, "mtry": 5, "max_depth": 1, "min_node_size": 2, "replace": false}""");
        var best = (Statistic: 0.0, Column: "", Threshold: 0.0);
        for (var c = 0; c < 5; c++)
        {
            var x = training.Predictors.Column(c).ToArray();
            double[] sorted = [.. x.Distinct().Order()];
            for (var i = 1; i < sorted.Length; i++)
            {
                var cut = (sorted[i - 1] + sorted[i]) / 2;
                var statistic = LogRank(endpoint, [.. x.Select(v => v <= cut)]);
                if (statistic > best.Statistic)
                    best = (statistic, training.Predictors.Columns[c], cut);
            }
        }
        Assert.Equal((best.Column, Math.Round(best.Threshold, 9)), model.Splits(0).Select(s => (s.Column, Math.Round(s.Threshold, 9))).Single());
    }

    [Fact]
    public void Rows_of_a_patient_are_in_the_bag_together()
    {
        var training = TestTables.Simulated(60, 12, 0);
        var pairs = training with
        {
            Predictors = new(
                [.. Enumerable.Range(0, 60).Select(r => TestTables.Row(r / 2) with { Case = TestTables.Row(r).Case })],
                training.Predictors.Columns,
                training.Predictors.All.ToArray()),
        };
        var options = new ForestOptions(50, 0, 0, int.MaxValue, 1, Replace: true);
        var forest = Forest.Grow(TreeTable.Of(pairs, "random_forest"), options, 1, TestContext.Current.CancellationToken);
        for (var t = 0; t < 50; t++)
            Assert.All(Enumerable.Range(0, 30), s => Assert.Equal(forest.InBag(t, 2 * s), forest.InBag(t, (2 * s) + 1)));
        var share = Enumerable.Range(0, 50 * 60).Count(i => forest.InBag(i / 60, i % 60)) / 3000.0;
        Assert.InRange(share, 0.6, 0.66);
    }

    /// <summary>Not of survival: the variance of the log-rank statistic depends on how many are at risk, not on shares.</summary>
    [Theory]
    [InlineData(EndpointKind.Binary)]
    [InlineData(EndpointKind.Multiclass)]
    [InlineData(EndpointKind.Continuous)]
    public void A_weight_of_two_is_a_row_twice_in_splits_and_leaves(EndpointKind kind)
    {
        var training = TestTables.Simulated(60, 6, 0, kind: kind);
        int[] twice = [.. Enumerable.Range(0, 60).SelectMany(r => r < 20 ? new[] { r, r } : [r])];
        double[] weights = [.. Enumerable.Range(0, 60).Select(r => (r < 20 ? 2 : 1) * 60.0 / 80)];
        var options = """{"ntree": 1, "mtry": 6, "max_depth": 2, "replace": false}""";
        var (a, b) = (Fit(training with { Weights = weights }, options), Fit(training.SelectRows(twice), options));
        Assert.Equal(b.Splits(0), a.Splits(0));
        var (x, y) = (a.Predict(training.Predictors).All.ToArray(), b.Predict(training.Predictors).All.ToArray());
        Assert.All(x.Zip(y), pair => Assert.Equal(pair.First, pair.Second, 9));
    }

    private static double LogRank(SurvivalEndpoint endpoint, bool[] left)
    {
        double difference = 0, variance = 0;
        foreach (var time in endpoint.Times.Where((_, r) => endpoint.Events[r]).Distinct())
        {
            double n = 0, n1 = 0, d = 0, d1 = 0;
            for (var r = 0; r < left.Length; r++)
            {
                if (endpoint.Times[r] < time)
                    continue;
                var dies = endpoint.Times[r] == time && endpoint.Events[r] ? 1 : 0;
                (n, d) = (n + 1, d + dies);
                if (left[r])
                    (n1, d1) = (n1 + 1, d1 + dies);
            }
            difference += d1 - (d * n1 / n);
            variance += n > 1 ? d * (n1 / n) * (1 - (n1 / n)) * (n - d) / (n - 1) : 0;
        }
        return variance > 1e-9 ? difference * difference / variance : 0;
    }
}
