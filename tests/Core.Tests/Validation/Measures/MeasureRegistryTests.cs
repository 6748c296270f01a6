using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Validation.Measures;

/// <summary>The table of measures: what every entry must have, and that each equals its definition on parts and on copies.</summary>
public sealed class MeasureRegistryTests
{
    public static TheoryData<EndpointKind, string> Entries => [.. MeasureRegistry.All.Where(m => m.From is null).Select(m => (m.Kind, m.Name))];

    [Fact]
    public void Every_endpoint_has_a_leading_measure_with_a_value_of_no_information()
    {
        Assert.Equal(["auc", "auc_hand_till", "r2", "c_harrell"], Enum.GetValues<EndpointKind>().Select(k => MeasureRegistry.Leading(k).Name));
        Assert.Equal([0.5, 0.5, 0, 0.5], Enum.GetValues<EndpointKind>().Select(k => MeasureRegistry.Leading(k).NoInformation!.Value));
        Assert.All(MeasureRegistry.All, m => Assert.EndsWith(".", m.Description, StringComparison.Ordinal));
        Assert.Equal(MeasureRegistry.All.Count, MeasureRegistry.All.DistinctBy(m => (m.Kind, m.Name)).Count());
        // .632+ and permutation take the leading measure as better when higher.
        Assert.All(Enum.GetValues<EndpointKind>().Select(MeasureRegistry.Leading), m => Assert.True(m.Ideal > m.NoInformation));
    }

    [Theory]
    [MemberData(nameof(Entries))]
    public void A_weight_of_two_is_a_case_twice(EndpointKind kind, string name)
    {
        var measure = MeasureRegistry.Named(kind, name);
        var (rows, parameter) = (Enumerable.Range(0, 24).ToArray(), Parameter(measure));
        double[] weights = [.. rows.Select(r => r % 3 == 0 ? 2.0 : 1)];
        int[] twice = [.. rows.SelectMany(r => Enumerable.Repeat(r, (int)weights[r]))];
        Assert.Equal(measure.Of([Part(kind, twice)], parameter), measure.Of([Part(kind, rows, weights)], parameter), 10);
    }

    [Theory]
    [MemberData(nameof(Entries))]
    public void Empty_parts_and_the_order_of_parts_do_not_matter(EndpointKind kind, string name)
    {
        var measure = MeasureRegistry.Named(kind, name);
        var parameter = Parameter(measure);
        HeldOut a = Part(kind, [.. Enumerable.Range(0, 14)]), b = Part(kind, [.. Enumerable.Range(14, 10)]), none = Part(kind, []);
        var value = measure.Of([a, b], parameter);
        Assert.True(double.IsFinite(value));
        Assert.Equal(value, measure.Of([b, none, a], parameter), 10);
    }

    [Theory]
    [MemberData(nameof(Entries))]
    public void No_measure_of_nothing_is_a_number(EndpointKind kind, string name)
    {
        var measure = MeasureRegistry.Named(kind, name);
        var value = measure.Of([Part(kind, [])], Parameter(measure));
        Assert.True(double.IsNaN(value) || value.Equals(0), "of no case there is no measure, but for a correlation that is 0 by convention");
    }

    [Fact]
    public void Perfect_predictions_have_the_ideal_value()
    {
        foreach (var measure in MeasureRegistry.All.Where(m => m is { From: null, Stacked: false, Kind: not EndpointKind.Survival, FigureOnly: false }))
        {
            var outcome = Outcome(measure.Kind, [.. Enumerable.Range(0, 24)]);
            var perfect = outcome switch
            {
                BinaryEndpoint b => Predictions.Binary([.. b.Values.Select(v => v ? 1.0 : 0)]),
                MulticlassEndpoint m => Predictions.Multiclass(3, [.. m.Values.SelectMany(v => Enumerable.Range(0, 3).Select(k => k == v ? 1.0 : 0))]),
                _ => Predictions.Continuous(((ContinuousEndpoint)outcome).Values),
            };
            var part = new HeldOut(outcome, perfect, Ones(24), 0.5, () => outcome);
            Assert.Equal(measure.Ideal, measure.Of([part], Parameter(measure)), 12);
        }
    }

    [Fact]
    public void Survival_measures_of_one_part_are_those_of_its_rows_with_censoring_from_training()
    {
        int[] rows = [.. Enumerable.Range(0, 24)];
        var part = Part(EndpointKind.Survival, rows);
        var (own, training) = ((SurvivalEndpoint)part.Outcome, (SurvivalEndpoint)part.Training);
        var censoring = CensoringDistribution.Fit(training.Times, training.Events);
        var survival = SurvivalMeasureEntries.SurvivalAt(part, 30);
        Assert.Equal(SurvivalConcordance.Harrell(own.Times, own.Events, part.Scores).Index, Of("c_harrell"), 12);
        Assert.Equal(SurvivalConcordance.Uno(own.Times, own.Events, part.Scores, censoring, 40).Index, Of("c_uno"), 12);
        Assert.Equal(TimeDependentAuc.At(own.Times, own.Events, [.. survival.Select(s => -s)], 30, censoring), Of("auc_at"), 12);
        var brier = SurvivalBrier.At(own.Times, own.Events, survival, 30, censoring);
        Assert.Equal(brier, Of("brier_at"), 12);
        var reference = SurvivalBrier.OfConstant(own.Times, own.Events, KaplanMeier.Fit(training.Times, training.Events).At(30), 30, censoring);
        Assert.Equal(1 - (brier / reference), Of("brier_scaled_at"), 12);
        Assert.Equal(KaplanMeier.Fit(own.Times, own.Events).At(30) - survival.Average(), Of("calibration_at"), 12);
        double[] scores = [.. ((double[])[10, 20, 30, 40]).Select(t => SurvivalBrier.At(own.Times, own.Events, SurvivalMeasureEntries.SurvivalAt(part, t), t, censoring))];
        Assert.Equal(((scores[0] / 2) + scores[1] + scores[2] + (scores[3] / 2)) / 3, Of("brier_integrated"), 12);

        double Of(string name) => MeasureRegistry.Named(EndpointKind.Survival, name).Of([part], 30);
    }

    [Fact]
    public void Decisions_are_counted_by_the_cut_off_of_each_part()
    {
        // 6 events and 6 others; below .4 nobody of the first part, below .7 two events and four others of the second.
        bool[] y = [true, true, false, true, false, false];
        double[] p = [.9, .5, .4, .6, .5, .1];
        HeldOut Of(double cutOff) => new(new BinaryEndpoint("y", "1", "0", y), Predictions.Binary(p), Ones(6), cutOff, () => throw new InvalidOperationException());
        HeldOut[] parts = [Of(0.1), Of(0.55)];
        // First: all positive, TP 3 FP 3. Second: TP 2, FN 1, TN 3.
        Assert.Equal(5 / 6.0, Value("sensitivity"), 12);
        Assert.Equal(3 / 6.0, Value("specificity"), 12);
        Assert.Equal(5 / 8.0, Value("positive_predictive_value"), 12);
        Assert.Equal(3 / 4.0, Value("negative_predictive_value"), 12);
        Assert.Equal(8 / 12.0, Value("accuracy"), 12);
        Assert.Equal(10 / 14.0, Value("f1"), 12);
        Assert.Equal(((5 * 3) - (3 * 1)) / Math.Sqrt(8 * 6 * 6 * 4), Value("mcc"), 12);
        // At 0.5: TP 3, FP 1 of 6 in each part; odds 1.
        Assert.Equal(2 / 6.0, Value("net_benefit", 0.5), 12);

        double Value(string name, double parameter = double.NaN) => MeasureRegistry.Named(EndpointKind.Binary, name).Of(parts, parameter);
    }

    [Fact]
    public void A_class_against_all_others_is_judged_as_an_event()
    {
        // Most probable: 0, 0 (the first of equals), 1, 2, 1, 2.
        int[] classes = [0, 1, 1, 2, 2, 2];
        double[] probabilities = [.6, .3, .1, .4, .4, .2, .2, .5, .3, .1, .2, .7, .1, .6, .3, .2, .3, .5];
        var endpoint = new MulticlassEndpoint("grade", ["II", "III", "IV"], classes);
        HeldOut[] parts = [new(endpoint, Predictions.Multiclass(3, probabilities), Ones(6), null, () => endpoint)];
        // Of class IV: assigned 2, both right; one of three is missed.
        Assert.Equal(2 / 3.0, Value("sensitivity", 2), 12);
        Assert.Equal(1, Value("specificity", 2), 12);
        Assert.Equal(1, Value("positive_predictive_value", 2), 12);
        Assert.Equal(3 / 4.0, Value("negative_predictive_value", 2), 12);
        Assert.Equal(4 / 5.0, Value("f1", 2), 12);
        // Of III: .4 .5 against .3 .2 .6 .3: six of eight pairs.
        Assert.Equal(6 / 8.0, Value("auc", 1), 12);
        // F1 of II 2/3, of III 2/4, of IV 4/5.
        Assert.Equal((2 / 3.0 + 1 / 2.0 + 4 / 5.0) / 3, Value("f1_macro"), 12);
        // Gorodkin: (6 × 4 − (1 × 2 + 2 × 2 + 3 × 2)) / √((36 − 14)(36 − 12)).
        Assert.Equal(12 / Math.Sqrt(22 * 24), Value("mcc"), 12);

        double Value(string name, double parameter = double.NaN) => MeasureRegistry.Named(EndpointKind.Multiclass, name).Of(parts, parameter);
    }

    [Fact]
    public void R_squared_is_against_the_mean_of_the_training_rows()
    {
        var part = new HeldOut(
            new ContinuousEndpoint("y", [1, 2, 4]), Predictions.Continuous([1.5, 2, 3]), Ones(3), null, () => new ContinuousEndpoint("y", [0, 1, 2]));
        // Errors .25 + 0 + 1; about the training mean of 1: 0 + 1 + 9.
        Assert.Equal(1 - (1.25 / 10), MeasureRegistry.Named(EndpointKind.Continuous, "r2").Of([part], double.NaN), 12);
        Assert.Equal(Math.Sqrt(1.25 / 3), MeasureRegistry.Named(EndpointKind.Continuous, "rmse").Of([part], double.NaN), 12);
        Assert.Equal(0.5, MeasureRegistry.Named(EndpointKind.Continuous, "mae").Of([part], double.NaN), 12);
        Assert.Equal(1, MeasureRegistry.Named(EndpointKind.Continuous, "spearman").Of([part], double.NaN), 12);
    }

    private static double Parameter(Measure measure) => measure.Parameter switch
    {
        MeasureParameter.Horizon => 30,
        MeasureParameter.Threshold => 0.4,
        MeasureParameter.Class => 1,
        _ => double.NaN,
    };

    private static double[] Ones(int count) => [.. Enumerable.Repeat(1.0, count)];

    private static Endpoint Outcome(EndpointKind kind, int[] rows) => AnyStudy.Make(kind, 60, 2, 3, 1).Endpoint.SelectRows(rows);

    /// <summary>Rows 0 … 23 of a study with predictions that know something; rows 24 … 59 were trained on.</summary>
    private static HeldOut Part(EndpointKind kind, int[] rows, double[]? weights = null)
    {
        var (predictors, endpoint) = AnyStudy.Make(kind, 60, 2, 3, 1);
        int[] training = [.. Enumerable.Range(24, 36)];
        var model = new ProjectionLearner().Fit(new(predictors.SelectRows(training), endpoint.SelectRows(training), 1), CancellationToken.None);
        return new HeldOut(
            endpoint.SelectRows(rows), model.Predict(predictors.SelectRows(rows), [10, 20, 30, 40]), weights ?? Ones(rows.Length), 0.5, () => endpoint.SelectRows(training));
    }
}
