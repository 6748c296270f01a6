using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;

namespace RadiogenomicsCloud.Core.Tests.Learning;

public class OutOfFoldTests
{
    /// <summary>Predicts 1 / (1 + the rows it saw + the greatest value of the first column among them), so that a test can tell what it saw.</summary>
    private sealed class Witness : IModelLearner
    {
        public string Name => "witness";

        public IFittedModel Fit(TrainingSet training, CancellationToken cancel)
        {
            var greatest = 0.0;
            foreach (var value in training.Predictors.Column(0))
                greatest = Math.Max(greatest, value);
            return new Fitted(1 / (1 + training.Predictors.RowCount + greatest), Subjects.Of(training.Predictors.Rows));
        }

        private sealed record Fitted(double Value, IReadOnlySet<(string Cohort, string Patient)> Seen) : IFittedModel
        {
            public string Kind => "witness";

            public EndpointKind EndpointKind => EndpointKind.Binary;

            public IReadOnlyList<string> Columns => ["x1"];

            public IReadOnlyList<string> Selected => Columns;

            public JsonElement ToJson() => throw new NotSupportedException();

            public Predictions Predict(Predictors predictors, IReadOnlyList<double> times) =>
                Predictions.Binary([.. predictors.Rows.Select(_ => Value)]);
        }
    }

    private static readonly RowId[] Rows = [.. new[] { 0, 0, 1, 2, 3, 4, 5, 5, 6, 7 }.Select((p, r) => TestTables.Row(p) with { Case = $"c{r}" })];

    private static TrainingSet Training()
    {
        var predictors = new Predictors(Rows, ["x1"], [.. Rows.Select((_, r) => 100.0 * r)]);
        return new(predictors, TestTables.Outcome([.. Rows.Select((_, r) => r % 3 == 0)]), 7);
    }

    [Fact]
    public void Every_row_is_predicted_by_the_fit_without_its_fold()
    {
        var training = Training();
        var folds = Folds.Stratified(Rows, training.Endpoint, 3, 5);
        var found = OutOfFold.Predict(new Witness(), training, folds, [], TestContext.Current.CancellationToken);
        for (var r = 0; r < Rows.Length; r++)
        {
            var seen = folds.TrainingRows(folds.FoldOfRow[r]);
            Assert.Equal(1 / (1 + seen.Length + (100.0 * seen.Max())), found.Scores()[r]);
        }
    }

    [Theory]
    [InlineData("elastic_net", EndpointKind.Binary)]
    [InlineData("lda", EndpointKind.Multiclass)]
    [InlineData("svm", EndpointKind.Continuous)]
    public void The_order_of_rows_does_not_matter(string name, EndpointKind kind)
    {
        var training = TestTables.Simulated(40, 6, 0, 3, kind);
        int[] order = [.. Enumerable.Range(0, 40).Reverse()];
        var learner = LearningRegistry.Model(new(name, default));
        var a = Predict(training);
        var b = Predict(training.SelectRows(order));
        for (var r = 0; r < order.Length; r++)
        {
            for (var k = 0; k < a.Width; k++)
                Assert.Equal(a.Row(order[r])[k], b.Row(r)[k], 1e-4);
        }

        Predictions Predict(TrainingSet t) => OutOfFold.Predict(
            learner, t, Folds.Stratified(t.Predictors.Rows, t.Endpoint, 4, 9), [], TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Folds_of_other_rows_are_refused()
    {
        var training = Training();
        var folds = Folds.Stratified(Rows, training.Endpoint, 3, 5);
        Assert.Throws<ArgumentException>(
            () => OutOfFold.Predict(new Witness(), training.SelectRows([0, 1, 2, 3]), folds, [], TestContext.Current.CancellationToken));
    }

    [Fact]
    public void It_stops_when_it_is_cancelled()
    {
        var training = Training();
        var folds = Folds.Stratified(Rows, training.Endpoint, 3, 5);
        Assert.ThrowsAny<OperationCanceledException>(() => OutOfFold.Predict(new Witness(), training, folds, [], new CancellationToken(canceled: true)));
    }
}
