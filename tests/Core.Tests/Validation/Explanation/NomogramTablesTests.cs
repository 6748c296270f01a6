using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Statistics;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Validation.Explanation;

public sealed class NomogramTablesTests
{
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    /// <summary>Points read off the axes and added up give the prediction of the model itself.</summary>
    [Theory]
    [InlineData(EndpointKind.Binary, "regression")]
    [InlineData(EndpointKind.Binary, "ridge")]
    [InlineData(EndpointKind.Continuous, "regression")]
    [InlineData(EndpointKind.Survival, "regression")]
    [InlineData(EndpointKind.Survival, "ridge")]
    public void The_points_of_a_case_add_up_to_its_prediction(EndpointKind kind, string name)
    {
        var study = AnyStudy.Make(kind, 80, 3, 2, 1);
        var plan = AnyStudy.Plan(study, new(BootstrapResamples: 10, Repeats: 0, OuterResamples: 0));
        var model = Locked(study, name, [new("zscore", default)]);
        var table = NomogramTables.Make(model, study.Predictors, plan).Table!;
        Assert.Equal(3, table.Axes.Count);
        Assert.InRange(table.LargestDifference, 0, 1e-9);
        Assert.Equal(100, table.Axes.Max(a => a.Marks.Max(m => m.Points)), 6);
        var predicted = model.Predict(study.Predictors, plan.Horizons);
        for (var r = 0; r < 80; r++)
        {
            var total = table.Axes.Sum(a => Points(a, study.Predictors.Column(study.Predictors.IndexesOf([a.Column])[0])[r]));
            var linear = table.LinearPredictorAtZero + (total / table.PointsPerUnit);
            var row = predicted.Row(r);
            Assert.Equal(row[0], kind is EndpointKind.Binary ? LogisticRecalibration.Expit(linear) : linear, 9);
        }
        // What is marked on an axis of outcomes is what the table of totals says there.
        foreach (var mark in table.Outcomes[0].Marks)
        {
            var linear = table.LinearPredictorAtZero + (mark.Points / table.PointsPerUnit);
            Assert.Equal(mark.Value, kind switch
            {
                EndpointKind.Binary => LogisticRecalibration.Expit(linear),
                EndpointKind.Continuous => linear,
                _ => model.Baseline!.Survival(plan.Horizons[0], linear),
            }, 9);
        }
        Assert.NotEmpty(table.Outcomes[0].Marks);
        Assert.Equal(table.Outcomes.Count, table.Totals[0].Values.Count);
    }

    [Fact]
    public void Categories_are_axes_of_levels_and_indicators()
    {
        var study = DependenceTablesTests.Categorical();
        var plan = ResamplingPlan.Create(study.Predictors.Rows, study.Endpoint, new(BootstrapResamples: 10, Repeats: 0, OuterResamples: 0), 1);
        var table = NomogramTables.Make(Locked(study, "regression", []), study.Predictors, plan).Table!;
        var axes = table.Axes.ToDictionary(a => a.Column);
        Assert.Equal(["I", "II", "III", "IV"], axes["grade"].Marks.Select(m => m.Label));
        Assert.Equal(2, axes.Values.Count(a => a.Marks.Select(m => m.Label).SequenceEqual(["no", "yes"])));
        Assert.All(axes["size"].Marks, m => Assert.Equal(0, m.Value % 1, 9));
    }

    [Fact]
    public void There_is_none_of_what_is_no_weighted_sum_of_the_table_or_of_too_many_weights()
    {
        var study = AnyStudy.Make(EndpointKind.Binary, 80, 14, 2, 1);
        var plan = AnyStudy.Plan(study, new(BootstrapResamples: 10, Repeats: 0, OuterResamples: 0));
        Assert.Contains("14 weights", NomogramTables.Make(Locked(study, "ridge", []), study.Predictors, plan).Note, StringComparison.Ordinal);
        var few = (study.Predictors.SelectColumns([0, 1]), study.Endpoint);
        Assert.Contains("transformed", NomogramTables.Make(Locked(few, "ridge", [new("rank_normal", default)]), few.Item1, plan).Note, StringComparison.Ordinal);
        Assert.Equal((null, null), NomogramTables.Make(Locked(few, "random_forest", []), few.Item1, plan));
    }

    private static double Points(NomogramScale axis, double value)
    {
        var (a, b) = (axis.Marks[0], axis.Marks[^1]);
        return a.Points + ((b.Points - a.Points) * (value - a.Value) / (b.Value - a.Value));
    }

    private LockedModel Locked((Predictors Predictors, Endpoint Endpoint) study, string model, IReadOnlyList<NamedOptions> select) => LockedModel.Create(
        LearningRegistry.Pipeline(select, new(model, default)).Fit(new(study.Predictors, study.Endpoint, 1), cancel), study.Endpoint, null);
}
