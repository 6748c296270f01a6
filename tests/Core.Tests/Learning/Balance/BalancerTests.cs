using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Learning.Balance;

/// <summary>What every answer to imbalance keeps, and what each does. A new entry is tested by being registered.</summary>
public class BalancerTests
{
    public static TheoryData<string, EndpointKind> All
    {
        get
        {
            var data = new TheoryData<string, EndpointKind>();
            foreach (var entry in LearningRegistry.Entries.Where(e => e.Kind is RegistryKind.Balance))
            {
                foreach (var kind in entry.Endpoints)
                    data.Add(entry.Name, kind);
            }
            return data;
        }
    }

    private static TrainingSet Balance(string name, TrainingSet training, string options = "{}") =>
        LearningRegistry.Balancer(new(name, JsonDocument.Parse(options).RootElement))!.Balance(training, TestContext.Current.CancellationToken);

    /// <summary>A quarter of the rows are of the rarer class; patients 0 to 9 have two rows each.</summary>
    private static TrainingSet Training(EndpointKind kind, int rows = 48)
    {
        var random = new DeterministicRandom(3);
        double[][] columns = [.. Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, rows).Select(_ => random.NextGaussian()).ToArray())];
        var table = TestTables.Of(columns);
        RowId Id(int r) => r < 20 ? new("here", TestTables.Row(r / 2).Patient, TestTables.Row(r).Case) : TestTables.Row(r);
        var predictors = new Predictors([.. Enumerable.Range(0, rows).Select(Id)], table.Columns, table.All.ToArray())
        {
            Attributes = new Dictionary<string, IReadOnlyList<string?>> { ["site"] = [.. Enumerable.Range(0, rows).Select(r => r % 2 == 0 ? "A" : "B")] },
        };
        Endpoint endpoint = kind is EndpointKind.Binary
            ? TestTables.Outcome([.. Enumerable.Range(0, rows).Select(r => r / 2 % 4 == 0)])
            : new MulticlassEndpoint("y", ["a", "b", "c"], [.. Enumerable.Range(0, rows).Select(r => r / 2 % 6 == 0 ? 2 : r / 2 % 6 == 1 ? 1 : 0)]);
        return new(predictors, endpoint, 5);
    }

    private static int[] Classes(TrainingSet training) => training.Endpoint is BinaryEndpoint binary ? [.. binary.Values.Select(v => v ? 1 : 0)] : ((MulticlassEndpoint)training.Endpoint).Values;

    private static int[] Counts(TrainingSet training) => [.. Classes(training).GroupBy(k => k).OrderBy(g => g.Key).Select(g => g.Count())];

    /// <summary>Rows as texts, in an order of their own.</summary>
    private static string[] Rows(TrainingSet training) =>
    [
        .. Enumerable.Range(0, training.Predictors.RowCount).Select(r => string.Join(
            '|', [training.Predictors.Rows[r].ToString(), .. training.Predictors.SelectRows([r]).All.ToArray().Select(v => v.ToString("R", null)), $"{Classes(training)[r]}", $"{training.Weights?[r]:F9}"]))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(All))]
    public void Deterministic_whatever_the_order_of_rows_and_its_input_untouched(string name, EndpointKind kind)
    {
        var training = Training(kind);
        var (values, classes) = (training.Predictors.All.ToArray(), Classes(training).ToArray());
        var first = Balance(name, training);
        Assert.Equal(values, training.Predictors.All.ToArray());
        Assert.Equal(classes, Classes(training));
        Assert.Null(training.Weights);
        Assert.Equal(first.Predictors.All.ToArray(), Balance(name, training).Predictors.All.ToArray());
        var order = Enumerable.Range(0, training.Predictors.RowCount).ToArray();
        new DeterministicRandom(8).Shuffle<int>(order);
        Assert.Equal(Rows(first), Rows(Balance(name, training.SelectRows(order))));
        // At this ratio no class is repeated a whole number of times, which would need no draw.
        var options = name == "oversample" ? """{"ratio": 0.4}""" : "{}";
        if (name != "class_weights")
            Assert.NotEqual(Rows(Balance(name, training, options)), Rows(Balance(name, training with { Seed = 6 }, options)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Only_patients_of_training_with_columns_attributes_and_classes_of_their_own(string name, EndpointKind kind)
    {
        var training = Training(kind);
        var balanced = Balance(name, training);
        Assert.Subset(Subjects.Of(training.Predictors.Rows).ToHashSet(), Subjects.Of(balanced.Predictors.Rows).ToHashSet());
        Assert.Equal(training.Predictors.Columns, balanced.Predictors.Columns);
        Assert.Equal(balanced.Predictors.RowCount, balanced.Endpoint.Count);
        Assert.Equal(balanced.Predictors.RowCount, balanced.Predictors.Attributes["site"].Count);
        var classOf = training.Predictors.Rows.Zip(Classes(training)).ToDictionary(p => p.First, p => p.Second);
        Assert.All(balanced.Predictors.Rows.Zip(Classes(balanced)), p => Assert.Equal(classOf[p.First], p.Second));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void An_endpoint_without_classes_or_of_one_class_is_refused(string name, EndpointKind kind)
    {
        var training = Training(kind);
        var number = training with { Endpoint = new ContinuousEndpoint("y", new double[training.Predictors.RowCount]) };
        Assert.Equal("learning.endpoint", Assert.Throws<BadInputException>(() => Balance(name, number)).Code);
        var flat = training with { Endpoint = TestTables.Outcome(new bool[training.Predictors.RowCount]) };
        Assert.Equal("learning.one_class", Assert.Throws<BadInputException>(() => Balance(name, flat)).Code);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_fold_holds_a_row_and_all_that_was_made_of_it(string name, EndpointKind kind)
    {
        var balanced = Balance(name, Training(kind));
        var folds = Folds.Stratified(balanced.Predictors.Rows, TestTables.Outcome([.. Classes(balanced).Select(k => k == 1)]), 4, 1).FoldOfRow.ToArray();
        Assert.All(
            balanced.Predictors.Rows.Zip(folds).GroupBy(p => p.First.Subject), g => Assert.Single(g.Select(p => p.Second).Distinct()));
    }

    [Fact]
    public void Off_unless_asked_for_and_one_at_a_time()
    {
        var seen = new List<TrainingSet>();
        var training = Training(EndpointKind.Binary);
        var spy = new Spy(seen);
        new ModellingPipeline([], spy).Fit(training, TestContext.Current.CancellationToken);
        Assert.Same(training.Predictors, seen[0].Predictors);
        Assert.Null(seen[0].Weights);
        Assert.Throws<BadInputException>(() => LearningRegistry.Pipeline([new("smote", default), new("oversample", default)], new("elastic_net", default)));
    }

    [Fact]
    public void Class_weights_make_classes_weigh_the_same_with_mean_one()
    {
        var balanced = Balance("class_weights", Training(EndpointKind.Binary));
        Assert.Equal(1, balanced.Weights!.Average(), 12);
        Assert.Equal(24, balanced.Weights!.Zip(Classes(balanced)).Where(p => p.Second == 1).Sum(p => p.First), 10);
        var three = Balance("class_weights", Training(EndpointKind.Multiclass));
        Assert.All(Enumerable.Range(0, 3), k => Assert.Equal(16, three.Weights!.Zip(Classes(three)).Where(p => p.Second == k).Sum(p => p.First), 10));
    }

    [Fact]
    public void Oversampling_repeats_whole_patients_evenly()
    {
        var training = Training(EndpointKind.Binary);
        Assert.Equal([36, 12], Counts(training));
        var balanced = Balance("oversample", training);
        Assert.Equal([36, 36], Counts(balanced));
        // Every case of the smaller class three times, every other once.
        Assert.All(balanced.Predictors.Rows.Zip(Classes(balanced)).GroupBy(p => p.First), g => Assert.Equal(g.First().Second == 1 ? 3 : 1, g.Count()));
        Assert.Equal([36, 18], Counts(Balance("oversample", training, """{"ratio": 0.5}""")));
    }

    [Fact]
    public void Undersampling_leaves_out_whole_patients()
    {
        var training = Training(EndpointKind.Binary);
        var balanced = Balance("undersample", training);
        Assert.Equal([12, 12], Counts(balanced));
        var rowsOf = training.Predictors.Rows.GroupBy(r => r.Subject).ToDictionary(g => g.Key, g => g.Count());
        Assert.All(balanced.Predictors.Rows.GroupBy(r => r.Subject), g => Assert.Equal(rowsOf[g.Key], g.Count()));
        Assert.Equal([24, 12], Counts(Balance("undersample", training, """{"ratio": 0.5}""")));
    }

    [Fact]
    public void Smote_makes_rows_between_a_row_and_a_near_one_of_its_class_and_another_patient()
    {
        var training = Training(EndpointKind.Binary);
        var balanced = Balance("smote", training, """{"k": 3}""");
        Assert.Equal([36, 36], Counts(balanced));
        Assert.Equal(training.Predictors.Rows, balanced.Predictors.Rows.Take(48));
        var p = training.Predictors;
        for (var r = 48; r < balanced.Predictors.RowCount; r++)
        {
            var seed = Enumerable.Range(0, 48).Single(s => p.Rows[s] == balanced.Predictors.Rows[r]);
            double[] Values(Predictors of, int row) => of.SelectRows([row]).All.ToArray();
            double[] made = Values(balanced.Predictors, r), from = Values(p, seed);
            Assert.Contains(Enumerable.Range(0, 48), n =>
            {
                if (Classes(training)[n] != 1 || p.Rows[n].Subject == p.Rows[seed].Subject)
                    return false;
                var to = Values(p, n);
                var share = (made[0] - from[0]) / (to[0] - from[0]);
                return share is >= 0 and <= 1 && Enumerable.Range(0, 4).All(c => Math.Abs(from[c] + (share * (to[c] - from[c])) - made[c]) < 1e-9);
            });
        }
    }

    [Fact]
    public void Smote_needs_complete_values_and_repeats_a_class_of_one_patient()
    {
        var training = TestTables.Training(TestTables.Of([1, 2, 3, 4]), [true, false, false, false]);
        Assert.Equal([1.0, 2, 3, 4, 1, 1], Balance("smote", training).Predictors.All.ToArray());
        var holed = TestTables.Training(TestTables.Of([1, 2, double.NaN, 4]), [true, false, false, false]);
        Assert.Equal("x1", Assert.Throws<BadInputException>(() => Balance("smote", holed)).Where);
    }

    [Fact]
    public void Rows_that_are_held_out_of_a_pipeline_leave_no_trace_in_what_smote_makes()
    {
        // Fitted on 36 of 48 rows, the model is the same whatever the values of the others; and on noise it knows nothing of them.
        var pipeline = LearningRegistry.Pipeline([new("smote", default)], new("elastic_net", default));
        var random = new DeterministicRandom(12);
        var areas = new List<double>();
        for (var i = 0; i < 40; i++)
        {
            double[][] columns = [.. Enumerable.Range(0, 15).Select(_ => Enumerable.Range(0, 80).Select(_ => random.NextGaussian()).ToArray())];
            bool[] outcome = [.. Enumerable.Range(0, 80).Select(r => r % 4 == 0)];
            var all = TestTables.Training(TestTables.Of(columns), outcome, (ulong)i);
            int[] training = [.. Enumerable.Range(0, 80).Where(r => r / 4 % 2 == 0)], held = [.. Enumerable.Range(0, 80).Where(r => r / 4 % 2 == 1)];
            var fitted = pipeline.Fit(all.SelectRows(training), TestContext.Current.CancellationToken);
            areas.Add(Auc.Compute(UnseenPredictions.Make(fitted, all.Predictors.SelectRows(held)).Predictions.Scores(), [.. held.Select(r => outcome[r])]));
        }
        // The standard error of the mean is 0.018.
        Assert.InRange(areas.Average(), 0.44, 0.56);
    }

    private sealed class Spy(List<TrainingSet> seen) : IModelLearner
    {
        public string Name => "spy";

        public IFittedModel Fit(TrainingSet training, CancellationToken cancel)
        {
            seen.Add(training);
            return LearningRegistry.Model(new("elastic_net", default)).Fit(training, cancel);
        }
    }
}
