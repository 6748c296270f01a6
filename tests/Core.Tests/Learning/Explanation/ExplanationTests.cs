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

    /// <summary>Of a model that is right the expected growth is 2·Var(3a) = 18 and 2·Var(b²), with the sample's variances.</summary>
    [Fact]
    public void Permutation_importance_of_an_additive_truth_is_twice_the_variance_of_its_term()
    {
        var rows = Rows();
        var found = PermutationImportance.Of(new Known(), rows, SquaredError(rows), 200, 1, [], TestContext.Current.CancellationToken);
        Assert.Equal(["a", "b", "idle"], found.Select(f => f.Column));
        var a = 2 * 9 * Moments.PopulationVariance(rows.Column(1));
        var b = 2 * Moments.PopulationVariance([.. rows.Column(2).ToArray().Select(v => v * v)]);
        Assert.InRange(found[0].Mean / a, 0.98, 1.02);
        Assert.InRange(found[1].Mean / b, 0.98, 1.02);
        Assert.All(found[2].Growths, g => Assert.Equal(0, g));
        Assert.Equal(200, found[0].Growths.Count);
    }

    [Fact]
    public void Permutation_importance_does_not_depend_on_the_order_of_rows_or_columns()
    {
        var rows = Rows();
        int[] order = [.. Enumerable.Range(0, rows.RowCount)];
        new DeterministicRandom(9).Shuffle<int>(order);
        var other = rows.SelectRows(order).SelectColumns([2, 0, 1]);
        var (x, y) = (Of(rows), Of(other));
        Assert.Equal(x.Select(f => f.Column), y.Select(f => f.Column));
        Assert.All(x.Zip(y), pair => Assert.Equal(pair.First.Mean, pair.Second.Mean, 9));

        static IReadOnlyList<ColumnImportance> Of(Predictors table) =>
            PermutationImportance.Of(new Known(), table, SquaredError(table), 3, 1, [], TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Partial_dependence_of_an_additive_truth_is_its_term()
    {
        var rows = Rows();
        var curve = PartialDependence.Of(new Known(), rows, "b", 11, [], TestContext.Current.CancellationToken);
        Assert.Equal(11, curve.Values.Count);
        Assert.Equal(Quantiles.Quantile(rows.Column(2), 0.3), curve.Values[3], 12);
        var rest = 3 * rows.Column(1).ToArray().Average();
        for (var g = 0; g < 11; g++)
            Assert.Equal(rest - (curve.Values[g] * curve.Values[g]), Assert.Single(curve.Means[g]), 9);
    }

    [Fact]
    public void Few_values_and_categories_are_taken_as_they_are_and_missing_ones_left_out()
    {
        var rows = new Predictors([.. Enumerable.Range(0, 6).Select(TestTables.Row)], ["idle", "a", "b"], [0, 1, 2, 2, 1, double.NaN, 1, 2, 3, 4, 5, 6, 1, 1, 1, 1, 1, 1])
        {
            Categories = new Dictionary<string, Categories> { ["idle"] = new(false, ["x", "y", "z"]) },
        };
        Assert.Equal([0, 1, 2], PartialDependence.Of(new Known(), rows, "idle", 2, [], TestContext.Current.CancellationToken).Values);
        Assert.Equal([1], PartialDependence.Of(new Known(), rows, "b", 5, [], TestContext.Current.CancellationToken).Values);
        Assert.Equal("learning.column_missing", Assert.Throws<BadInputException>(
            () => PartialDependence.Of(new Known(), rows, "c", 5, [], TestContext.Current.CancellationToken)).Code);
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
        var curve = PartialDependence.Of(model, training.Predictors, "x1", 5, [20, 80], TestContext.Current.CancellationToken);
        Assert.All(curve.Means, m => Assert.Equal(width, m.Count));
        // The signal is 2·x1 − 2·x2: what is first in the layout rises with x1, but for the first of three classes, which falls.
        Assert.Equal(kind is not EndpointKind.Multiclass, curve.Means[4][0] > curve.Means[0][0]);
    }
}
