using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Learning.Tuning;

/// <summary>A model whose options are searched inside the training rows.</summary>
public class TunedModelTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Tuners => TunerContractTests.Names;

    /// <summary>Two lesions of each patient, of which the first ten were drawn twice; the first column tells the endpoint.</summary>
    private static TrainingSet Planted(EndpointKind kind = EndpointKind.Binary, ulong seed = 1)
    {
        var random = new DeterministicRandom(seed);
        double[] x = [.. Enumerable.Range(0, 80).Select(_ => random.NextGaussian())];
        double[] other = [.. x.Select(_ => random.NextGaussian())];
        RowId[] rows = [.. Enumerable.Range(0, 80).Select(r => new RowId("here", FormattableString.Invariant($"p{r / 2:00}"), FormattableString.Invariant($"c{r:00}")))];
        Endpoint endpoint = kind switch
        {
            EndpointKind.Binary => TestTables.Outcome([.. x.Select(v => v > 0.3)]),
            EndpointKind.Multiclass => new MulticlassEndpoint("y", ["a", "b", "c"], [.. x.Select((v, r) => v > 0 ? 2 : r % 2)]),
            EndpointKind.Continuous => new ContinuousEndpoint("y", x),
            _ => new SurvivalEndpoint("y", [.. x.Select(v => Math.Exp(-v))], [.. x.Select((_, r) => r % 4 > 0)]),
        };
        return new TrainingSet(new(rows, ["x", "other"], [.. x, .. other]), endpoint, seed).SelectRows([.. Enumerable.Range(0, 80), .. Enumerable.Range(0, 10)]);
    }

    [Theory]
    [MemberData(nameof(Tuners))]
    public void Every_tuner_finds_options_near_the_planted_best(string tuner)
    {
        var fitted = (Spy.Fitted)new Spy()
            .Model("""{"cost": "tune", "depth": {"from": 1, "to": 5}, "kernel": ["linear", "rbf"]}""", tuner, """{"budget": 60, "folds": 3}""")
            .Fit(Planted(EndpointKind.Continuous), Cancel);
        Assert.InRange(fitted.Cost, 2, 50);
        Assert.InRange(fitted.Depth, 2, 4);
        Assert.Equal("rbf", fitted.Kernel);
    }

    [Theory]
    [InlineData(EndpointKind.Binary, "deviance")]
    [InlineData(EndpointKind.Binary, "auc")]
    [InlineData(EndpointKind.Binary, "brier")]
    [InlineData(EndpointKind.Multiclass, "deviance")]
    [InlineData(EndpointKind.Multiclass, "auc")]
    [InlineData(EndpointKind.Multiclass, "brier")]
    [InlineData(EndpointKind.Continuous, "mse")]
    [InlineData(EndpointKind.Survival, "concordance")]
    [InlineData(EndpointKind.Survival, "auto")]
    public void Every_measure_of_every_endpoint_finds_the_planted_best(EndpointKind kind, string measure)
    {
        var fitted = (Spy.Fitted)new Spy()
            .Model("""{"cost": [0.001, 10, 1000], "depth": [3, 7], "kernel": "rbf"}""", "grid", $$"""{"measure": "{{measure}}", "repeats": 2}""")
            .Fit(Planted(kind), Cancel);
        Assert.Equal((10.0, 3), (fitted.Cost, fitted.Depth));
    }

    [Theory]
    [InlineData(EndpointKind.Binary, "mse")]
    [InlineData(EndpointKind.Continuous, "auc")]
    [InlineData(EndpointKind.Survival, "deviance")]
    public void A_measure_that_does_not_suit_the_endpoint_is_refused(EndpointKind kind, string measure) => Assert.Equal(
        "tuning.measure",
        Assert.Throws<BadInputException>(() => new Spy().Model("""{"cost": "tune"}""", "random", $$"""{"measure": "{{measure}}"}""").Fit(Planted(kind), Cancel)).Code);

    [Theory]
    [InlineData(EndpointKind.Binary)]
    [InlineData(EndpointKind.Multiclass)]
    [InlineData(EndpointKind.Continuous)]
    [InlineData(EndpointKind.Survival)]
    public void No_patient_is_on_both_sides_of_an_inner_fold_and_each_repeat_holds_every_row_out_once(EndpointKind kind)
    {
        var spy = new Spy();
        var training = Planted(kind);
        spy.Model("""{"cost": [1, 10, 100]}""", "grid", """{"folds": 4, "repeats": 2}""").Fit(training, Cancel);
        Assert.Equal((3 * 4 * 2) + 1, spy.Fits.Count);
        var heldOut = new Dictionary<RowId, int>();
        foreach (var fit in spy.Fits.Take(8))
        {
            var inside = Subjects.Of(fit.Predictors.Rows);
            Assert.True(inside.Count < 40);
            var copies = fit.Predictors.Rows.GroupBy(r => r).ToDictionary(g => g.Key, g => g.Count());
            foreach (var row in training.Predictors.Rows.GroupBy(r => r))
            {
                // All copies of all rows of a patient, or none.
                Assert.Equal(inside.Contains(row.Key.Subject) ? row.Count() : 0, copies.GetValueOrDefault(row.Key));
                heldOut[row.Key] = heldOut.GetValueOrDefault(row.Key) + (inside.Contains(row.Key.Subject) ? 0 : 1);
            }
        }
        Assert.All(heldOut.Values, times => Assert.Equal(2, times));
        // The same folds and seeds for every candidate; the last fit has all rows.
        for (var f = 0; f < 24; f++)
        {
            Assert.Equal(spy.Fits[f % 8].Predictors.Rows, spy.Fits[f].Predictors.Rows);
            Assert.Equal(spy.Fits[f % 8].Seed, spy.Fits[f].Seed);
        }
        Assert.Equal(training.Predictors.Rows, spy.Fits[^1].Predictors.Rows);
    }

    [Fact]
    public void The_order_of_rows_changes_nothing()
    {
        var training = Planted();
        var order = Enumerable.Range(0, training.Predictors.RowCount).ToArray();
        new DeterministicRandom(3).Shuffle<int>(order);
        string Record(TrainingSet rows) => JsonSerializer.Serialize(new ModellingPipeline([], new Spy().Model("""{"cost": "tune"}""", "gaussian_process")).Fit(rows, Cancel).Tuning);
        Assert.Equal(Record(training), Record(training.SelectRows(order)));
    }

    [Fact]
    public void Steps_and_the_answer_to_imbalance_are_fitted_on_the_inner_training_part_and_held_out_rows_are_not_balanced()
    {
        var spy = new Spy();
        var step = new SpyStep();
        var pipeline = new ModellingPipeline([step], spy.Model("""{"cost": [1, 10]}""", "grid", """{"folds": 4}"""), new Twice());
        var training = Planted();
        var fitted = pipeline.Fit(training, Cancel);
        // Once on all rows, once on each of four parts, however many points are judged.
        Assert.Equal(1 + 4, step.Fits.Count);
        Assert.Equal((2 * 4) + 1, spy.Fits.Count);
        for (var f = 0; f < 4; f++)
        {
            Assert.Equal(2 * step.Fits[1 + f].Predictors.RowCount, spy.Fits[f].Predictors.RowCount);
            Assert.Equal(Subjects.Of(step.Fits[1 + f].Predictors.Rows), Subjects.Of(spy.Fits[f].Predictors.Rows));
        }
        // Apply sees what is held out once, as it is: 90 rows in all, beside the training parts.
        Assert.Equal(90, step.Applied.Where(rows => rows < 50).Sum());
        Assert.Equal(4, fitted.Tuning!.Folds);
    }

    [Fact]
    public void The_record_of_the_search_goes_with_the_pipeline_and_is_read_back()
    {
        var steps = new NamedOptions[] { new("zscore", default) };
        var options = Spy.Json("""{"measure": ["auc", "deviance"], "alpha": [0.2, 1], "nlambda": 20}""");
        var fitted = LearningRegistry.Pipeline(steps, new("elastic_net", options), new("grid", Spy.Json("""{"folds": 3}"""))).Fit(TestTables.Simulated(60, 8, 0), Cancel);
        Assert.Equal(["auc", "deviance"], fitted.Tuning!.Evaluations.Select(e => e.Options.GetProperty("measure").GetString()!).Order());
        Assert.Equal(fitted.Tuning.Evaluations.Min(e => e.Loss), fitted.Tuning.Loss);
        var json = JsonDocument.Parse(fitted.ToJson().GetRawText()).RootElement;
        Assert.Equal("elastic_net", json.GetProperty("model").GetProperty("kind").GetString());
        var read = LearningRegistry.ReadPipeline(json);
        Assert.Equal(json.GetRawText(), read.ToJson().GetRawText());
        foreach (var damage in (string[])["\"folds\":-1", "\"folds\":0.5", "\"folds\":\"3\"", "\"evaluations\":3", "\"options\":[]", "\"loss\":\"x\""])
        {
            var name = damage[..damage.IndexOf(':', StringComparison.Ordinal)];
            var tuning = System.Text.RegularExpressions.Regex.Replace(json.GetProperty("tuning").GetRawText(), name + ":(\\[.*\\]|\\{[^}]*\\}|[^,}]*)", damage);
            var damaged = json.GetRawText().Replace(json.GetProperty("tuning").GetRawText(), tuning, StringComparison.Ordinal);
            Assert.Equal("model.invalid", Assert.Throws<BadInputException>(() => LearningRegistry.ReadPipeline(JsonDocument.Parse(damaged).RootElement)).Code);
        }
    }

    [Fact]
    public void A_point_that_cannot_be_fitted_is_a_failure_and_where_all_fail_the_reason_is_given()
    {
        var fitted = new ModellingPipeline([], new Spy().Model("""{"strict": "tune", "cost": [1, 10]}""", "grid")).Fit(Planted(), Cancel);
        Assert.Equal(2, fitted.Tuning!.Evaluations.Count(e => e.Loss is null));
        Assert.False(fitted.Tuning.Options.GetProperty("strict").GetBoolean());
        var error = Assert.Throws<BadInputException>(() => new Spy().Model("""{"strict": true, "cost": [1, 10]}""").Fit(Planted(), Cancel));
        Assert.Equal("spy.strict", error.Code);
    }

    [Fact]
    public void Where_a_class_has_one_patient_the_defaults_are_taken()
    {
        var training = Planted();
        var one = training with { Endpoint = TestTables.Outcome([.. training.Predictors.Rows.Select(r => r.Patient == "p01")]) };
        var spy = new Spy();
        var fitted = new ModellingPipeline([], spy.Model("""{"cost": "tune", "depth": {"from": 2, "to": 8}}""")).Fit(one, Cancel);
        Assert.Equal("""{"cost":1,"depth":5}""", fitted.Tuning!.Options.GetRawText());
        Assert.Empty(fitted.Tuning.Evaluations);
        Assert.Single(spy.Fits);
    }

    [Fact]
    public void Case_weights_count_in_the_inner_score_and_reach_the_fits()
    {
        // The light patients say that the first column is signal; the heavy ones say that noise is as good.
        var training = Planted(EndpointKind.Continuous);
        bool[] heavy = [.. training.Predictors.Rows.Select(r => string.CompareOrdinal(r.Patient, "p20") < 0)];
        double[] noise = [.. training.Predictors.Column(0).ToArray().Select(x => new DeterministicRandom(BitConverter.DoubleToUInt64Bits(x)).NextGaussian())];
        var numbers = (ContinuousEndpoint)training.Endpoint;
        var divided = training with { Endpoint = numbers with { Values = [.. numbers.Values.Select((v, r) => heavy[r] ? noise[r] : v)] } };
        var share = heavy.Count(h => h) / (double)heavy.Length;
        double[] Weights(double heavier) => [.. heavy.Select(h => h ? heavier / share : (1 - heavier) / (1 - share))];
        double Cost(double heavier)
        {
            var spy = new Spy();
            var fitted = (Spy.Fitted)spy.Model("""{"cost": [10, 1e4], "depth": 3, "kernel": "rbf"}""", "grid").Fit(divided with { Weights = Weights(heavier) }, Cancel);
            Assert.All(spy.Fits, f => Assert.Equal(1, f.Weights!.Average(), 9));
            return fitted.Cost;
        }
        Assert.Equal(10, Cost(heavier: 0.05));
        Assert.Equal(1e4, Cost(heavier: 0.95));
    }

    [Fact]
    public void It_stops_when_it_is_cancelled()
    {
        Assert.ThrowsAny<OperationCanceledException>(() => new Spy().Model("""{"cost": "tune"}""").Fit(Planted(), new CancellationToken(canceled: true)));
        using var source = new CancellationTokenSource();
        var spy = new Spy { OnFit = _ => source.Cancel() };
        Assert.ThrowsAny<OperationCanceledException>(() => spy.Model("""{"cost": "tune"}""").Fit(Planted(), source.Token));
        Assert.Single(spy.Fits);
    }

    /// <summary>Every row twice.</summary>
    private sealed class Twice : IRowBalancer
    {
        public string Name => "twice";

        public TrainingSet Balance(TrainingSet training, CancellationToken cancel) =>
            training.SelectRows([.. Enumerable.Range(0, training.Predictors.RowCount), .. Enumerable.Range(0, training.Predictors.RowCount)]);
    }

    /// <summary>Changes nothing and notes what it is given.</summary>
    private sealed class SpyStep : ITransformLearner
    {
        public List<TrainingSet> Fits { get; } = [];

        public List<int> Applied { get; } = [];

        public string Name => "spy";

        public IFittedTransform Fit(TrainingSet training, CancellationToken cancel)
        {
            Fits.Add(training);
            return new Fitted(this, training.Predictors);
        }

        private sealed class Fitted(SpyStep spy, Predictors predictors) : IFittedTransform
        {
            public IReadOnlySet<(string Cohort, string Patient)> Seen { get; } = Subjects.Of(predictors.Rows);

            public string Kind => "spy";

            public IReadOnlyList<string> Columns => predictors.Columns;

            public JsonElement ToJson() => Spy.Json("{}");

            public Predictors Apply(Predictors given)
            {
                spy.Applied.Add(given.RowCount);
                return given;
            }
        }
    }
}
