using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Learning.Explanation;

public class ExplanationTests
{
    /// <summary>y = 3a − b², with nothing learned: what is known of it can be computed.</summary>
    private sealed class Known : IScoringModel
    {
        public EndpointKind EndpointKind => EndpointKind.Continuous;

        public IReadOnlyList<string> Columns => ["a", "b", "idle"];

        public bool HasSeen(RowId row) => false;

        public Predictions Predict(Predictors predictors, IReadOnlyList<double> times)
        {
            var at = predictors.IndexesOf(Columns);
            var (a, b) = (predictors.Column(at[0]).ToArray(), predictors.Column(at[1]).ToArray());
            return Predictions.Continuous([.. a.Zip(b, (x, y) => (3 * x) - (y * y))]);
        }
    }

    private static Predictors Rows(int count = 200)
    {
        var random = new DeterministicRandom(5);
        double[] values = [.. Enumerable.Range(0, 3 * count).Select(_ => random.NextGaussian())];
        return new([.. Enumerable.Range(0, count).Select(TestTables.Row)], ["idle", "a", "b"], values);
    }

    private static Func<Predictions, double> SquaredError(Predictors rows)
    {
        var truth = new Known().Predict(rows).Scores();
        return predictions => predictions.Scores().Zip(truth, (p, t) => (p - t) * (p - t)).Average();
    }

    private static double[] Growths(Predictors rows, string column, int repeats)
    {
        var (model, loss) = (new Known(), SquaredError(rows));
        var before = loss(model.Predict(rows));
        var at = rows.IndexesOf([column])[0];
        return [.. Enumerable.Range(0, repeats).Select(repeat => loss(model.Predict(PermutationImportance.Permuted(rows, at, 1, repeat))) - before)];
    }

    /// <summary>Of a model that is right the expected growth is 2·Var(3a) = 18 and 2·Var(b²), with the sample's variances.</summary>
    [Fact]
    public void Permutation_importance_of_an_additive_truth_is_twice_the_variance_of_its_term()
    {
        var rows = Rows();
        var a = 2 * 9 * Moments.PopulationVariance(rows.Column(1));
        var b = 2 * Moments.PopulationVariance([.. rows.Column(2).ToArray().Select(v => v * v)]);
        Assert.InRange(Growths(rows, "a", 200).Average() / a, 0.98, 1.02);
        Assert.InRange(Growths(rows, "b", 200).Average() / b, 0.98, 1.02);
        Assert.All(Growths(rows, "idle", 5), g => Assert.Equal(0, g));
    }

    [Fact]
    public void Permutation_importance_does_not_depend_on_the_order_of_rows_or_columns()
    {
        var rows = Rows();
        int[] order = [.. Enumerable.Range(0, rows.RowCount)];
        new DeterministicRandom(9).Shuffle<int>(order);
        var other = rows.SelectRows(order).SelectColumns([2, 0, 1]);
        foreach (var column in new[] { "a", "b", "idle" })
            Assert.All(Growths(rows, column, 3).Zip(Growths(other, column, 3)), pair => Assert.Equal(pair.First, pair.Second, 9));
    }

    [Fact]
    public void Partial_dependence_of_an_additive_truth_is_its_term()
    {
        var rows = Rows();
        double[] grid = [.. Enumerable.Range(0, 11).Select(k => (k - 5) / 2.0)];
        var curve = PartialDependence.At(new Known(), rows, "b", grid, [], TestContext.Current.CancellationToken);
        Assert.Equal(grid, curve.Values);
        var rest = 3 * rows.Column(1).ToArray().Average();
        for (var g = 0; g < 11; g++)
            Assert.Equal(rest - (curve.Values[g] * curve.Values[g]), Assert.Single(curve.Means[g]), 9);
    }

    [Theory]
    [InlineData(EndpointKind.Binary, 1)]
    [InlineData(EndpointKind.Multiclass, 3)]
    [InlineData(EndpointKind.Continuous, 1)]
    [InlineData(EndpointKind.Survival, 3)]
    public void Every_endpoint_is_explained_in_its_own_layout(EndpointKind kind, int width)
    {
        var training = TestTables.Simulated(60, 6, 0, kind: kind);
        var model = LearningRegistry.Model(new("boosted_trees", default)).Fit(training, TestContext.Current.CancellationToken);
        var curve = PartialDependence.At(model, training.Predictors, "x1", [-2, -1, 0, 1, 2], [20, 80], TestContext.Current.CancellationToken);
        Assert.All(curve.Means, m => Assert.Equal(width, m.Count));
        // The signal is 2·x1 − 2·x2: what is first in the layout rises with x1, but for the first of three classes, which falls.
        Assert.Equal(kind is not EndpointKind.Multiclass, curve.Means[4][0] > curve.Means[0][0]);
    }
}
