using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Learning;

/// <summary>What every transform, selector and model of the registry keeps. A new entry is tested by being registered.</summary>
public class LearnerContractTests
{
    public static TheoryData<string, EndpointKind> Transforms => Of(RegistryKind.Transform, RegistryKind.Selector);

    public static TheoryData<string, EndpointKind> Models
    {
        get
        {
            var models = Of(RegistryKind.Model);
            foreach (var name in Composed)
                models.Add(name, EndpointKind.Binary);
            return models;
        }
    }

    public static TheoryData<string, EndpointKind> All => [.. Transforms, .. Models];

    private static readonly NamedOptions[] Steps = [Named("near_zero_variance"), Named("zscore"), Named("univariate"), Named("correlation")];

    /// <summary>Made of learners of the registry.</summary>
    private static readonly string[] Composed = ["pipeline", "tuned", "choice"];

    private static TheoryData<string, EndpointKind> Of(params RegistryKind[] kinds)
    {
        var data = new TheoryData<string, EndpointKind>();
        foreach (var entry in LearningRegistry.Entries.Where(e => kinds.Contains(e.Kind)))
        {
            foreach (var endpoint in entry.Endpoints)
                data.Add(entry.Name, endpoint);
        }
        return data;
    }

    private static NamedOptions Named(string name) => new(name, default);

    private static bool IsTransform(string name) => LearningRegistry.Entries.Any(e => e.Name == name && (e.Kind is RegistryKind.Transform or RegistryKind.Selector));

    private static IFitted Fit(string name, TrainingSet training)
    {
        var cancel = TestContext.Current.CancellationToken;
        return IsTransform(name) ? LearningRegistry.Transform(Named(name)).Fit(training, cancel) : Learner(name).Fit(training, cancel);
    }

    private static IModelLearner Learner(string name) => name switch
    {
        "pipeline" => LearningRegistry.Pipeline(Steps, Named("elastic_net")),
        "tuned" => LearningRegistry.Pipeline(Steps, Tuned),
        "choice" => new ModelChoice(
            [new("all", null, LearningRegistry.Pipeline(Steps, Named("elastic_net"))), new("few", ["x1", "x5"], LearningRegistry.Pipeline([], Named("elastic_net")))],
            new(Folds: 3)),
        _ => LearningRegistry.Model(Named(name)),
    };

    private static NamedOptions Tuned => new("elastic_net", JsonDocument.Parse("""{"nlambda": 20, "lambda": "tune", "measure": ["deviance", "auc"]}""").RootElement)
    {
        Tune = new("grid", JsonDocument.Parse("""{"folds": 3}""").RootElement),
    };

    /// <summary>
    /// Models alone take complete tables; everything else is shown one with holes. A regression without penalty has no solution where columns
    /// separate the classes, and is shown the outcomes of another table.
    /// </summary>
    private static TrainingSet TrainingFor(string name, EndpointKind kind, ulong seed = 1)
    {
        var training = TestTables.Simulated(60, 12, IsTransform(name) || Composed.Contains(name) ? 0.05 : 0, seed, kind);
        return name == "regression" && kind is (EndpointKind.Binary or EndpointKind.Multiclass) ? training with { Endpoint = TestTables.Simulated(60, 4, 0, seed + 7, kind).Endpoint } : training;
    }

    private static readonly double[] Times = [20, 80];

    private static double[] Output(IFitted fitted, Predictors predictors) => fitted is IFittedTransform transform
        ? transform.Apply(predictors).All.ToArray()
        : ((IFittedModel)fitted).Predict(predictors, Times).All.ToArray();

    /// <summary>The output of one row.</summary>
    private static double[] Output(IFitted fitted, Predictors predictors, int row) => fitted is IFittedTransform transform
        ? [.. Enumerable.Range(0, transform.Columns.Count).Select(c => transform.Apply(predictors).Column(c)[row])]
        : ((IFittedModel)fitted).Predict(predictors, Times).Row(row).ToArray();

    private static IReadOnlyList<string> Inputs(IFitted fitted) =>
        fitted is IFittedTransform transform ? transform.Inputs : ((IFittedModel)fitted).Columns;

    [Theory]
    [MemberData(nameof(All))]
    public void Fitting_twice_gives_the_same(string name, EndpointKind kind)
    {
        var training = TrainingFor(name, kind);
        var (a, b) = (Fit(name, training), Fit(name, training));
        Assert.Equal(a.ToJson().GetRawText(), b.ToJson().GetRawText());
        Assert.Equal(Output(a, training.Predictors), Output(b, training.Predictors));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Neither_fit_nor_use_touches_the_input(string name, EndpointKind kind)
    {
        var training = TrainingFor(name, kind);
        var values = training.Predictors.All.ToArray();
        var outcome = JsonSerializer.Serialize(training.Endpoint, training.Endpoint.GetType());
        Output(Fit(name, training), training.Predictors);
        Assert.Equal(values, training.Predictors.All.ToArray());
        Assert.Equal(outcome, JsonSerializer.Serialize(training.Endpoint, training.Endpoint.GetType()));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Many_at_a_time_give_what_one_gives(string name, EndpointKind kind)
    {
        var expected = Fit(name, TrainingFor(name, kind)).ToJson().GetRawText();
        var found = Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(4).Select(_ => Fit(name, TrainingFor(name, kind)).ToJson().GetRawText()).ToArray();
        Assert.All(found, json => Assert.Equal(expected, json));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_order_of_rows_does_not_matter(string name, EndpointKind kind)
    {
        var training = TrainingFor(name, kind);
        var order = Enumerable.Range(0, training.Predictors.RowCount).ToArray();
        new DeterministicRandom(4).Shuffle<int>(order);
        var (a, b) = (Fit(name, training), Fit(name, training.SelectRows(order)));
        Assert.Equal(Inputs(a), Inputs(b));
        var (x, y) = (Output(a, training.Predictors), Output(b, training.Predictors));
        // Sums in another order differ by rounding, iterations stop within their threshold; the choice of columns does not change.
        for (var i = 0; i < x.Length; i++)
            Assert.True(x[i].Equals(y[i]) || Math.Abs(x[i] - y[i]) < 1e-4, $"{x[i]} and {y[i]}");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Knows_the_subjects_it_saw_and_no_others(string name, EndpointKind kind)
    {
        var training = TrainingFor(name, kind).SelectRows([.. Enumerable.Range(10, 50), 11, 12]);
        var fitted = Fit(name, training);
        Assert.True(fitted.Seen.SetEquals(Enumerable.Range(10, 50).Select(r => TestTables.Row(r).Subject)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Survives_serialisation_to_the_bit(string name, EndpointKind kind)
    {
        var training = TrainingFor(name, kind);
        var fitted = Fit(name, training);
        var json = JsonDocument.Parse(fitted.ToJson().GetRawText()).RootElement;
        Assert.Equal(fitted.Kind, json.GetProperty("kind").GetString());
        IFitted read = IsTransform(name) ? LearningRegistry.ReadTransform(json) : LearningRegistry.ReadModel(json);
        var others = TrainingFor(name, kind, seed: 2).Predictors;
        Assert.Equal(Output(fitted, others), Output(read, others));
        Assert.Equal(Inputs(fitted), Inputs(read));
        Assert.Equal(json.GetRawText(), read.ToJson().GetRawText());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Holds_no_row_and_no_id(string name, EndpointKind kind)
    {
        var text = Fit(name, TrainingFor(name, kind)).ToJson().GetRawText();
        Assert.DoesNotContain("p0", text, StringComparison.Ordinal);
        Assert.DoesNotContain("here", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_column_that_is_absent_is_named(string name, EndpointKind kind)
    {
        var training = TrainingFor(name, kind);
        var fitted = Fit(name, training);
        var gone = Inputs(fitted)[0];
        var rest = Enumerable.Range(0, training.Predictors.ColumnCount).Where(c => training.Predictors.Columns[c] != gone).ToArray();
        var error = Assert.Throws<BadInputException>(() => Output(fitted, training.Predictors.SelectColumns(rest)));
        Assert.Equal("learning.column_missing", error.Code);
        Assert.Equal(gone, error.Where);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Order_and_surplus_of_columns_do_not_matter(string name, EndpointKind kind)
    {
        var training = TrainingFor(name, kind);
        var fitted = Fit(name, training);
        int[] reversed = [.. Enumerable.Range(0, training.Predictors.ColumnCount).Reverse()];
        Assert.Equal(Output(fitted, training.Predictors), Output(fitted, training.Predictors.SelectColumns(reversed)));
        var needed = training.Predictors.SelectColumns(training.Predictors.IndexesOf(Inputs(fitted)));
        Assert.Equal(Output(fitted, training.Predictors), Output(fitted, needed));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_row_is_treated_alike_alone_and_among_others(string name, EndpointKind kind)
    {
        var training = TrainingFor(name, kind);
        var fitted = Fit(name, training);
        Assert.Equal(Output(fitted, training.Predictors, 7), Output(fitted, training.Predictors.SelectRows([7]), 0));
    }

    [Theory]
    [MemberData(nameof(Transforms))]
    public void A_transform_takes_columns_without_any_value(string name, EndpointKind kind)
    {
        var empty = Enumerable.Repeat(double.NaN, 6).ToArray();
        var some = TestTables.Simulated(6, 4, 0, 1, kind);
        var training = some with { Predictors = some.Predictors.With(["x1", "x2"], [.. empty, 1, 2, 3, 4, 5, 6]) };
        var fitted = (IFittedTransform)Fit(name, training);
        Assert.Equal(fitted.Columns, fitted.Apply(training.Predictors).Columns);
    }

    [Theory]
    [MemberData(nameof(Transforms))]
    public void A_transform_takes_a_table_without_columns(string name, EndpointKind kind)
    {
        var some = TestTables.Simulated(6, 4, 0, 1, kind);
        var none = some.Predictors.With([], []);
        Assert.Empty(((IFittedTransform)Fit(name, some with { Predictors = none })).Apply(none).Columns);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_model_selects_among_the_columns_it_reads_and_keeps_the_layout_of_its_endpoint(string name, EndpointKind kind)
    {
        var training = TrainingFor(name, kind);
        var fitted = (IFittedModel)Fit(name, training);
        Assert.NotEmpty(fitted.Selected);
        Assert.Subset(fitted.Columns.ToHashSet(), fitted.Selected.ToHashSet());
        Assert.Equal(kind, fitted.EndpointKind);
        MustBeSound(fitted, training.Predictors);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_missing_value_is_scored_or_refused_by_column_and_never_gives_nonsense(string name, EndpointKind kind)
    {
        var training = TrainingFor(name, kind);
        var fitted = (IFittedModel)Fit(name, training);
        var column = training.Predictors.IndexesOf([fitted.Columns[0]])[0];
        var values = training.Predictors.All.ToArray();
        values[(column * training.Predictors.RowCount) + 3] = double.NaN;
        if (Record.Exception(() => MustBeSound(fitted, training.Predictors.With(training.Predictors.Columns, values))) is { } error)
            Assert.Equal(fitted.Columns[0], Assert.IsType<BadInputException>(error).Where);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_model_refuses_an_endpoint_without_differences(string name, EndpointKind kind)
    {
        var training = TrainingFor(name, kind);
        var rows = training.Predictors.RowCount;
        (Endpoint flat, var code) = kind switch
        {
            EndpointKind.Binary => ((Endpoint)TestTables.Outcome(new bool[rows]), "learning.one_class"),
            EndpointKind.Multiclass => (new MulticlassEndpoint("y", ["a", "b", "c"], new int[rows]), "learning.one_class"),
            EndpointKind.Continuous => (new ContinuousEndpoint("y", new double[rows]), "learning.one_value"),
            _ => (new SurvivalEndpoint("y", ((SurvivalEndpoint)training.Endpoint).Times, new bool[rows]), "learning.no_event"),
        };
        Assert.Equal(code, Assert.Throws<BadInputException>(() => Fit(name, training with { Endpoint = flat })).Code);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_model_refuses_an_endpoint_of_another_kind(string name, EndpointKind kind)
    {
        if (Composed.Contains(name))
            return;
        var supported = LearningRegistry.Entries.Single(e => e.Name == name).Endpoints;
        Assert.Contains(kind, supported);
        foreach (var other in Enum.GetValues<EndpointKind>().Except(supported))
            Assert.Equal("learning.endpoint", Assert.Throws<BadInputException>(() => Fit(name, TrainingFor(name, other))).Code);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_model_honours_case_weights_or_refuses_them(string name, EndpointKind kind)
    {
        var training = TrainingFor(name, kind);
        double[] weights = [.. Enumerable.Range(0, training.Predictors.RowCount).Select(r => r % 2 == 0 ? 1.9 : 0.1)];
        try
        {
            Assert.NotEqual(Output(Fit(name, training), training.Predictors), Output(Fit(name, training with { Weights = weights }), training.Predictors));
        }
        catch (BadInputException e)
        {
            Assert.Equal("learning.weights", e.Code);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_model_stops_when_it_is_cancelled(string name, EndpointKind kind) =>
        Assert.ThrowsAny<OperationCanceledException>(() => Learner(name).Fit(TrainingFor(name, kind), new CancellationToken(canceled: true)));

    private static void MustBeSound(IFittedModel fitted, Predictors predictors)
    {
        var predictions = fitted.Predict(predictors, Times);
        Assert.Equal((fitted.EndpointKind, predictors.RowCount), (predictions.Kind, predictions.RowCount));
        for (var r = 0; r < predictions.RowCount; r++)
        {
            var row = predictions.Row(r).ToArray();
            Assert.All(row, v => Assert.True(double.IsFinite(v)));
            switch (fitted.EndpointKind)
            {
                case EndpointKind.Binary:
                    Assert.InRange(Assert.Single(row), 0, 1);
                    break;
                case EndpointKind.Multiclass:
                    Assert.All(row, p => Assert.InRange(p, 0, 1));
                    Assert.Equal(1, row.Sum(), 9);
                    break;
                case EndpointKind.Continuous:
                    Assert.Single(row);
                    break;
                default:
                    Assert.Equal(1 + Times.Length, row.Length);
                    Assert.InRange(row[1], 0, 1);
                    Assert.InRange(row[2], 0, row[1]);
                    break;
            }
        }
    }
}
