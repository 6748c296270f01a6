using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Statistics;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Validation.Explanation;

public sealed class UnseenImportanceTests
{
    private static readonly ResamplingOptions Small = new(BootstrapResamples: 30, Folds: 3, Repeats: 4, OuterResamples: 10, InnerResamples: 4, InnerRepeats: 2);
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    /// <summary>Says what it is told whatever the training rows are.</summary>
    private sealed class Fixed(EndpointKind kind, string[] reads, Func<Predictors, IReadOnlyList<double>, Predictions> predict) : IModelLearner
    {
        public string Name => "fixed";

        public IFittedModel Fit(TrainingSet training, CancellationToken cancel) =>
            new AnyModel(Subjects.Of(training.Predictors.Rows), kind, reads, reads, predict);
    }

    private static double[] Column(Predictors rows, string name) => rows.Column(rows.IndexesOf([name])[0]).ToArray();

    /// <summary>The event is x0 &gt; 0 and the model says so: an AUC of 1, and of one half on average once x0 is permuted; x1 is read and changes nothing.</summary>
    [Theory]
    [InlineData(30, 0)]
    [InlineData(0, 4)]
    public void Permuting_all_that_a_perfect_model_knows_costs_one_half_of_the_AUC(int bootstrap, int repeats)
    {
        var (predictors, _) = AnyStudy.Make(EndpointKind.Binary, 80, 3, 1, 0);
        var study = (predictors, (Endpoint)new BinaryEndpoint("y", "1", "0", [.. Column(predictors, "x0").Select(v => v > 0)]));
        var plan = AnyStudy.Plan(study, Small with { BootstrapResamples = bootstrap, Repeats = repeats });
        var learner = new Fixed(EndpointKind.Binary, ["x0", "x1"], (p, _) => Predictions.Binary([.. Column(p, "x0").Select(v => v > 0 ? 0.9 : 0.1)]));
        var (table, notes) = Explain(plan, learner, predictors, permutations: 10);
        Assert.Empty(notes);
        Assert.Equal(1, table.Before);
        Assert.Equal(["x0", "x1"], table.Columns.Select(c => c.Column));
        Assert.InRange(table.Columns[0].Growth, 0.47, 0.53);
        Assert.Equal(0, table.Columns[1].Growth);
        Assert.All(table.Columns, c => Assert.Equal(1, c.ReadIn));
        Assert.InRange(0.5, table.Columns[0].Interval!.Low, table.Columns[0].Interval!.High);
    }

    /// <summary>The model predicts y exactly: 1 − R² after a permutation is twice the variance of the term over that about the training mean.</summary>
    [Fact]
    public void Growth_of_the_unexplained_share_of_a_sum_is_twice_the_share_of_its_term()
    {
        var (predictors, _) = AnyStudy.Make(EndpointKind.Continuous, 300, 2, 3, 0);
        static double[] Sum(Predictors p) => [.. Column(p, "x0").Zip(Column(p, "x1"), (a, b) => (2 * a) + b)];
        var plan = AnyStudy.Plan((predictors, new ContinuousEndpoint("y", Sum(predictors))), Small with { Repeats = 0, OuterResamples = 0 });
        var (table, _) = Explain(plan, new Fixed(EndpointKind.Continuous, ["x0", "x1"], (p, _) => Predictions.Continuous(Sum(p))), predictors, permutations: 5);
        Assert.Equal(1, table.Before, 12);
        double Share(string column, double weight) =>
            2 * weight * weight * Moments.PopulationVariance(Column(predictors, column)) / Moments.PopulationVariance(Sum(predictors));
        Assert.InRange(table.Columns[0].Growth / Share("x0", 2), 0.95, 1.05);
        Assert.InRange(table.Columns[1].Growth / Share("x1", 1), 0.95, 1.05);
        Assert.All(table.Columns, c => Assert.Null(c.Interval));
        Assert.All(table.Columns, c => Assert.True(c.Spread!.Low < c.Growth && c.Growth < c.Spread.High));
    }

    [Theory]
    [InlineData(EndpointKind.Binary)]
    [InlineData(EndpointKind.Multiclass)]
    [InlineData(EndpointKind.Continuous)]
    [InlineData(EndpointKind.Survival)]
    public void What_bears_on_the_outcome_is_told_from_noise_under_every_endpoint(EndpointKind kind)
    {
        var study = AnyStudy.Make(kind, 90, 4, 5, 2);
        var (table, _) = Explain(AnyStudy.Plan(study, Small with { Repeats = 0 }), new ProjectionLearner(), study.Predictors, permutations: 2);
        Assert.Equal(["x0", "x1"], table.Columns.Take(2).Select(c => c.Column).Order(StringComparer.Ordinal));
        Assert.True(table.Columns[1].Growth > 3 * Math.Abs(table.Columns[2].Growth));
    }

    [Fact]
    public void No_model_is_asked_about_a_patient_whom_it_was_trained_on()
    {
        foreach (var options in new[] { Small with { Repeats = 0 }, Small with { BootstrapResamples = 0 }, Small with { BootstrapResamples = 0, Repeats = 0, LeaveOneSiteOut = true } })
        {
            var study = AnyStudy.Make(EndpointKind.Binary, 40, 2, 7, 1, rowsASubject: 2);
            var plan = AnyStudy.Plan(study, options);
            var spy = new AnySpy(new ProjectionLearner());
            Explain(plan, spy, study.Predictors, permutations: 2);
            Assert.NotEmpty(spy.Fits);
            foreach (var (trained, _, asked, _) in spy.Fits)
                Assert.Empty(trained.Select(r => r.Subject).Intersect(asked.Select(r => r.Subject)));
        }
    }

    [Fact]
    public void A_row_that_the_model_has_seen_throws()
    {
        var study = AnyStudy.Make(EndpointKind.Binary, 20, 2, 9, 1);
        int[] half = [.. Enumerable.Range(0, 10)], withSeen = [.. Enumerable.Range(9, 8)];
        var training = new TrainingSet(study.Predictors, study.Endpoint, 1).SelectRows(half);
        var model = new ProjectionLearner().Fit(training, cancel);
        Assert.Equal("learning.rows_seen", Assert.Throws<BadInputException>(() => new UnseenPart(
            model, study.Predictors.SelectRows(withSeen), study.Endpoint.SelectRows(withSeen), [.. withSeen.Select(_ => 1.0)], training.Endpoint, [], 1)).Code);
    }

    [Fact]
    public void It_depends_on_the_seed_and_on_nothing_else()
    {
        var study = AnyStudy.Make(EndpointKind.Survival, 40, 3, 11, 1);
        string Run(ulong seed) => System.Text.Encoding.UTF8.GetString(CanonicalJson.Serialize(
            Explain(AnyStudy.Plan(study, Small, seed), new ProjectionLearner(), study.Predictors, permutations: 2, parts: seed == 1 ? 8 : 1).Table));
        var plan = AnyStudy.Plan(study, Small);
        var inOne = System.Text.Encoding.UTF8.GetString(CanonicalJson.Serialize(Explain(plan, new ProjectionLearner(), study.Predictors, permutations: 2, parts: 1).Table));
        Assert.Equal(inOne, Run(1));
        Assert.NotEqual(inOne, Run(2));
    }

    [Fact]
    public void A_resample_whose_model_does_not_read_a_column_counts_as_nothing_and_a_failed_one_not_at_all()
    {
        var study = AnyStudy.Make(EndpointKind.Binary, 30, 2, 1, 1);
        var plan = AnyStudy.Plan(study, Small with { OuterResamples = 0 });
        var (table, notes) = ImportanceSummary.Make(
            plan,
            [
                new(-1, 1, 0.6, new Dictionary<string, double> { ["b"] = 0.01 }, 0),
                new(-1, 0, 0.8, new Dictionary<string, double> { ["a"] = 0.3, ["b"] = 0.05 }, 2),
                new(-1, 2, null, new Dictionary<string, double>(), 0),
            ],
            3);
        Assert.Equal([("a", 0.15, 0.5), ("b", 0.03, 1)], table!.Columns.Select(c => (c.Column, Math.Round(c.Growth, 12), c.ReadIn)));
        Assert.Equal((2, 1, 0.7, "auc", "out_of_bag"), (table.Resamples, table.Failed, Math.Round(table.Before, 12), table.Measure, table.Scheme));
        Assert.StartsWith("In 1 of 3 resamples", Assert.Single(notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_model_that_reads_very_many_columns_those_it_chose_are_permuted()
    {
        var study = AnyStudy.Make(EndpointKind.Binary, 30, UnseenImportance.MostColumns + 1, 1, 1);
        int[] trained = [.. Enumerable.Range(0, 15)], unseen = [.. Enumerable.Range(15, 15)];
        var training = study.Endpoint.SelectRows(trained);
        var model = new AnyModel(
            Subjects.Of(study.Predictors.SelectRows(trained).Rows), EndpointKind.Binary, study.Predictors.Columns, ["x3", "other"],
            (p, _) => Predictions.Binary(new double[p.RowCount]));
        var part = new UnseenPart(model, study.Predictors.SelectRows(unseen), study.Endpoint.SelectRows(unseen), [.. unseen.Select(_ => 1.0)], training, [], 1);
        Assert.Equal(["x3"], part.Permutable);
        Assert.Equal(UnseenImportance.MostColumns, part.NotPermuted);
    }

    private (ImportanceTable Table, IReadOnlyList<string> Notes) Explain(
        ResamplingPlan plan, IModelLearner learner, Predictors predictors, int permutations, int parts = 8)
    {
        var all = ExplainedResamples.Of(plan, 50);
        var results = Enumerable.Range(0, parts).SelectMany(part => ExplainedResamples.Part(all, part, parts))
            .Select(r => UnseenImportance.Of(plan, learner, predictors, r, permutations, cancel)).ToList();
        var (table, notes) = ImportanceSummary.Make(plan, results, permutations);
        return (table!, notes);
    }
}
