using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Learning;

/// <summary>What every transform, selector and model of the registry keeps. A new entry is tested by being registered.</summary>
public class LearnerContractTests
{
    public static TheoryData<string> Transforms => [.. LearningRegistry.Entries.Where(e => e.Kind is not RegistryKind.Model).Select(e => e.Name)];

    public static TheoryData<string> Models => [.. LearningRegistry.Entries.Where(e => e.Kind is RegistryKind.Model).Select(e => e.Name), "pipeline"];

    public static TheoryData<string> All => [.. LearningRegistry.Entries.Select(e => e.Name), "pipeline"];

    private static readonly NamedOptions[] Steps = [Named("near_zero_variance"), Named("zscore"), Named("univariate"), Named("correlation")];

    private static NamedOptions Named(string name) => new(name, default);

    private static bool IsTransform(string name) => LearningRegistry.Entries.Any(e => e.Name == name && e.Kind is not RegistryKind.Model);

    private static IFitted Fit(string name, TrainingSet training)
    {
        var cancel = TestContext.Current.CancellationToken;
        if (IsTransform(name))
            return LearningRegistry.Transform(Named(name)).Fit(training, cancel);
        return name == "pipeline"
            ? LearningRegistry.Pipeline(Steps, Named("elastic_net")).Fit(training, cancel)
            : LearningRegistry.Model(Named(name)).Fit(training, cancel);
    }

    /// <summary>Models alone take complete tables; everything else is shown one with holes.</summary>
    private static TrainingSet TrainingFor(string name, ulong seed = 1) =>
        TestTables.Simulated(60, 12, IsTransform(name) || name == "pipeline" ? 0.05 : 0, seed);

    private static double[] Output(IFitted fitted, Predictors predictors) => fitted is IFittedTransform transform
        ? transform.Apply(predictors).All.ToArray()
        : ((IFittedModel)fitted).PredictProbability(predictors);

    private static IReadOnlyList<string> Columns(IFitted fitted) =>
        fitted is IFittedTransform transform ? transform.Columns : ((IFittedModel)fitted).Columns;

    [Theory]
    [MemberData(nameof(All))]
    public void Fitting_twice_gives_the_same(string name)
    {
        var training = TrainingFor(name);
        var (a, b) = (Fit(name, training), Fit(name, training));
        Assert.Equal(a.ToJson().GetRawText(), b.ToJson().GetRawText());
        Assert.Equal(Output(a, training.Predictors), Output(b, training.Predictors));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Neither_fit_nor_use_touches_the_input(string name)
    {
        var training = TrainingFor(name);
        var values = training.Predictors.All.ToArray();
        var outcome = ((BinaryEndpoint)training.Endpoint).Values.ToArray();
        Output(Fit(name, training), training.Predictors);
        Assert.Equal(values, training.Predictors.All.ToArray());
        Assert.Equal(outcome, ((BinaryEndpoint)training.Endpoint).Values);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Many_at_a_time_give_what_one_gives(string name)
    {
        var expected = Fit(name, TrainingFor(name)).ToJson().GetRawText();
        var found = Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(4).Select(_ => Fit(name, TrainingFor(name)).ToJson().GetRawText()).ToArray();
        Assert.All(found, json => Assert.Equal(expected, json));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_order_of_rows_does_not_matter(string name)
    {
        var training = TrainingFor(name);
        var order = Enumerable.Range(0, training.Predictors.RowCount).ToArray();
        new DeterministicRandom(4).Shuffle<int>(order);
        var (a, b) = (Fit(name, training), Fit(name, training.SelectRows(order)));
        Assert.Equal(Columns(a), Columns(b));
        var (x, y) = (Output(a, training.Predictors), Output(b, training.Predictors));
        // Sums in another order differ by rounding, iterations stop within their threshold; the choice of columns does not change.
        for (var i = 0; i < x.Length; i++)
            Assert.True(x[i].Equals(y[i]) || Math.Abs(x[i] - y[i]) < 1e-4, $"{x[i]} and {y[i]}");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Knows_the_subjects_it_saw_and_no_others(string name)
    {
        var training = TrainingFor(name).SelectRows([.. Enumerable.Range(10, 50), 11, 12]);
        var fitted = Fit(name, training);
        Assert.True(fitted.Seen.SetEquals(Enumerable.Range(10, 50).Select(r => TestTables.Row(r).Subject)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Survives_serialisation_to_the_bit(string name)
    {
        var training = TrainingFor(name);
        var fitted = Fit(name, training);
        var json = JsonDocument.Parse(fitted.ToJson().GetRawText()).RootElement;
        Assert.Equal(fitted.Kind, json.GetProperty("kind").GetString());
        IFitted read = IsTransform(name) ? LearningRegistry.ReadTransform(json) : LearningRegistry.ReadModel(json);
        var others = TrainingFor(name, seed: 2).Predictors;
        Assert.Equal(Output(fitted, others), Output(read, others));
        Assert.Equal(Columns(fitted), Columns(read));
        Assert.Equal(json.GetRawText(), read.ToJson().GetRawText());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Holds_no_row_and_no_id(string name)
    {
        var text = Fit(name, TrainingFor(name)).ToJson().GetRawText();
        Assert.DoesNotContain("p0", text, StringComparison.Ordinal);
        Assert.DoesNotContain("here", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_column_that_is_absent_is_named(string name)
    {
        var training = TrainingFor(name);
        var fitted = Fit(name, training);
        var gone = Columns(fitted)[0];
        var rest = Enumerable.Range(0, training.Predictors.ColumnCount).Where(c => training.Predictors.Columns[c] != gone).ToArray();
        var error = Assert.Throws<BadInputException>(() => Output(fitted, training.Predictors.SelectColumns(rest)));
        Assert.Equal("learning.column_missing", error.Code);
        Assert.Equal(gone, error.Where);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Order_and_surplus_of_columns_do_not_matter(string name)
    {
        var training = TrainingFor(name);
        var fitted = Fit(name, training);
        int[] reversed = [.. Enumerable.Range(0, training.Predictors.ColumnCount).Reverse()];
        Assert.Equal(Output(fitted, training.Predictors), Output(fitted, training.Predictors.SelectColumns(reversed)));
        var needed = training.Predictors.SelectColumns(training.Predictors.IndexesOf(Columns(fitted)));
        Assert.Equal(Output(fitted, training.Predictors), Output(fitted, needed));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_row_is_treated_alike_alone_and_among_others(string name)
    {
        var training = TrainingFor(name);
        var fitted = Fit(name, training);
        var all = Output(fitted, training.Predictors);
        var one = Output(fitted, training.Predictors.SelectRows([7]));
        for (var c = 0; c < one.Length; c++)
            Assert.Equal(all[(c * training.Predictors.RowCount) + 7], one[c]);
    }

    [Theory]
    [MemberData(nameof(Transforms))]
    public void A_transform_takes_columns_without_any_value(string name)
    {
        var empty = Enumerable.Repeat(double.NaN, 6).ToArray();
        var training = TestTables.Training(TestTables.Of(empty, [1, 2, 3, 4, 5, 6]), [true, false, true, false, true, false]);
        var fitted = (IFittedTransform)Fit(name, training);
        Assert.Equal(fitted.Columns, fitted.Apply(training.Predictors).Columns);
    }

    [Theory]
    [MemberData(nameof(Transforms))]
    public void A_transform_takes_a_table_without_columns(string name)
    {
        var none = new Predictors([TestTables.Row(0), TestTables.Row(1)], [], []);
        Assert.Empty(((IFittedTransform)Fit(name, TestTables.Training(none, [true, false]))).Apply(none).Columns);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_model_selects_among_the_columns_it_reads_and_gives_probabilities(string name)
    {
        var training = TrainingFor(name);
        var fitted = (IFittedModel)Fit(name, training);
        Assert.NotEmpty(fitted.Selected);
        Assert.Subset(fitted.Columns.ToHashSet(), fitted.Selected.ToHashSet());
        var probabilities = fitted.PredictProbability(training.Predictors);
        Assert.Equal(training.Predictors.RowCount, probabilities.Length);
        Assert.All(probabilities, p => Assert.InRange(p, 0, 1));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_missing_value_is_scored_or_refused_by_column_and_never_gives_nonsense(string name)
    {
        var training = TrainingFor(name);
        var fitted = (IFittedModel)Fit(name, training);
        var column = training.Predictors.IndexesOf([fitted.Columns[0]])[0];
        var values = training.Predictors.All.ToArray();
        values[(column * training.Predictors.RowCount) + 3] = double.NaN;
        var holed = new Predictors(training.Predictors.Rows, training.Predictors.Columns, values);
        if (Record.Exception(() => Assert.All(fitted.PredictProbability(holed), p => Assert.InRange(p, 0, 1))) is { } error)
            Assert.Equal(fitted.Columns[0], Assert.IsType<BadInputException>(error).Where);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_model_refuses_one_class(string name)
    {
        var training = TrainingFor(name);
        var oneClass = training with { Endpoint = TestTables.Outcome(new bool[training.Predictors.RowCount]) };
        Assert.Equal("learning.one_class", Assert.Throws<BadInputException>(() => Fit(name, oneClass)).Code);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_model_stops_when_it_is_cancelled(string name)
    {
        var training = TrainingFor(name);
        IModelLearner learner = name == "pipeline" ? LearningRegistry.Pipeline(Steps, Named("elastic_net")) : LearningRegistry.Model(Named(name));
        Assert.ThrowsAny<OperationCanceledException>(() => learner.Fit(training, new CancellationToken(canceled: true)));
    }
}
