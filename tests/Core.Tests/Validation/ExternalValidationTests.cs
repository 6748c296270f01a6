using RadiogenomicsCloud.Core.Tests.Statistics;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Validation;

/// <summary>Expected numbers: R 4.2.2, pROC 1.18.0, the call quoted beside them; the vectors are those of <see cref="PredictionMeasureTests"/>.</summary>
public sealed class ExternalValidationTests
{
    private static readonly RowId[] Rows = [.. Enumerable.Range(0, 20).Select(i => new RowId("partner", $"P{i}", $"C{i}"))];
    private static readonly BinaryEndpoint Endpoint = new("outcome", "1", "0", PredictionMeasureTests.Y);
    private static readonly Predictors Table = new(Rows, ["p", "q"], [.. PredictionMeasureTests.P, .. PredictionMeasureTests.Q]);

    [Fact]
    public void DeLong_interval_equals_pROC()
    {
        // ci.auc(roc(y, p, direction = "<"), method = "delong")
        var raw = DeLong.Interval(Scores("p"), 0.95, AucScale.Raw)!;
        Assert.Equal(0.71940477376241452, raw.Low, 10);
        Assert.Equal(1, raw.High);
        Assert.Equal(0.75236567429339762, DeLong.Interval(Scores("q"), 0.95, AucScale.Raw)!.Low, 10);
        // plogis(qlogis(auc) + c(-1, 1) * qnorm(.975) * sqrt(var(roc)) / (auc * (1 - auc)))
        var logit = DeLong.Interval(Scores("p"))!;
        Assert.Equal(0.61886272589363833, logit.Low, 10);
        Assert.Equal(0.97003432992335237, logit.High, 10);
    }

    [Fact]
    public void Paired_DeLong_test_equals_pROC()
    {
        // roc.test(roc(y, p), roc(y, q), paired = TRUE, method = "delong"): statistic, p.value, conf.int
        var test = DeLong.Compare(Scores("p"), Scores("q"));
        Assert.Equal(-0.1522038868295533, test.Z, 10);
        Assert.Equal(0.87902612843608119, test.PValue, 10);
        Assert.Equal(-0.2102610135143172, test.Interval.Low, 10);
        Assert.Equal(0.1799579832112867, test.Interval.High, 10);
    }

    [Fact]
    public void Several_cases_of_a_patient_widen_as_clusters_do()
    {
        // Obuchowski's formula written out in R for clusters of two: see the variance in PredictionMeasureTests.
        RowId[] rows = [.. Enumerable.Range(0, 20).Select(i => new RowId("partner", $"P{i / 2}", $"C{i}"))];
        var scores = LockedScores.Make(Model("p"), new Predictors(rows, Table.Columns, [.. PredictionMeasureTests.P, .. PredictionMeasureTests.Q]), Endpoint);
        Assert.Equal(0.0040998441463143565, DeLong.Auc(scores).Variance, 12);
    }

    [Fact]
    public void A_cut_off_that_came_with_the_model_is_applied_as_it_is()
    {
        Assert.DoesNotContain(ExternalValidation.Score(Model("p"), Table, Endpoint, "set", "model").Models[0].Estimates, e => e.Measure == "sensitivity");
        var estimates = ExternalValidation.Score(Model("p"), Table, Endpoint, "set", "model", cutOff: 0.5).Models[0].Estimates;
        var pairs = PredictionMeasureTests.P.Zip(PredictionMeasureTests.Y).ToArray();
        double Share(bool isEvent, bool above) => pairs.Count(p => p.Second == isEvent && p.First >= 0.5 == above) / (double)pairs.Count(p => p.Second == isEvent);
        Assert.Equal(Share(true, true), estimates.Single(e => e.Measure == "sensitivity").Value, 12);
        var specificity = estimates.Single(e => e.Measure == "specificity");
        Assert.Equal(Share(false, false), specificity.Value, 12);
        Assert.InRange(specificity.Value, specificity.Interval!.Low, specificity.Interval.High);
    }

    [Fact]
    public void Risk_groups_of_a_locked_model_are_compared_by_the_log_rank_test()
    {
        double[] times = [.. Enumerable.Range(1, 20).Select(t => (double)t)];
        var survival = new SurvivalEndpoint("death", times, [.. times.Select(t => t % 3 != 0)]);
        var risk = new SurvivalRisk(p => p.Column(0).ToArray());
        var groups = ExternalValidation.Score(risk, Table, survival, "set", "model", cutOff: 0.5).Models[0].RiskGroups!;
        int[] high = [.. PredictionMeasureTests.P.Select(p => p > 0.5 ? 1 : 0)];
        var test = RadiogenomicsCloud.Statistics.LogRank.Test(times, survival.Events, high, 2);
        Assert.Equal((high.Count(h => h == 1), "locked"), (groups.High.Cases, groups.Rule));
        Assert.Equal(test.PValue, groups.PValue, 12);
        Assert.Null(ExternalValidation.Score(risk, Table, survival, "set", "model", cutOff: 2).Models[0].RiskGroups);
    }

    [Fact]
    public void Horizons_that_another_cohort_does_not_reach_are_left_out_and_said()
    {
        double[] times = [.. Enumerable.Range(1, 20).Select(t => (double)t)];
        var survival = new SurvivalEndpoint("death", times, [.. times.Select(t => t % 3 != 0)]);
        var risk = new SurvivalRisk(p => p.Column(0).ToArray());
        var model = ExternalValidation.Score(risk, Table, survival, "set", "model", horizons: [5, 20, 60]).Models[0];
        Assert.Equal([5.0], model.Estimates.Select(e => e.Horizon).OfType<double>().Distinct());
        Assert.Contains("No case is followed up beyond 20, 60: survival is not judged there.", model.Warnings);
        var none = ExternalValidation.Score(risk, Table, survival, "set", "model", horizons: [60]).Models[0];
        Assert.Equal(3, none.Estimates.Select(e => e.Horizon).OfType<double>().Distinct().Count());
        Assert.Contains(none.Warnings, w => w.EndsWith("at the quartiles of the times of the events instead.", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_kept_for_several_measures_changes_none()
    {
        double[] times = [.. Enumerable.Range(1, 20).Select(t => (double)((t % 7) + 1))];
        var survival = new SurvivalEndpoint("death", times, [.. PredictionMeasureTests.Y]);
        var values = PredictionMeasureTests.P.SelectMany(p => (double[])[p, 1 - (p / 2), 1 - p]).ToArray();
        HeldOut Fresh() => new(survival, Predictions.Survival([2, 5], values), [.. times.Select(t => (t % 2) + 1)], null, () => survival);
        foreach (var horizon in (double[])[2, 5])
        {
            var shared = Fresh();
            var measures = MeasureRegistry.Of(EndpointKind.Survival).Where(m => !m.FigureOnly).ToList();
            var together = measures.Concat(measures).Select(m => m.Of([shared], horizon)).ToList();
            Assert.Equal(measures.Concat(measures).Select(m => m.Of([Fresh()], horizon)), together);
            Assert.Contains(together, double.IsFinite);
            var other = new HeldOut(survival, shared.Predictions, [.. times.Select(_ => 1.0)], null, () => survival);
            Assert.NotEqual(measures.Select(m => m.Of([other], horizon)), together.Take(measures.Count));
        }
    }

    /// <summary>A risk whose survival falls evenly with time.</summary>
    private sealed class SurvivalRisk(Func<Predictors, double[]> risk) : IScoringModel
    {
        public EndpointKind EndpointKind => EndpointKind.Survival;

        public IReadOnlyList<string> Columns => ["p"];

        public bool HasSeen(RowId row) => false;

        public Predictions Predict(Predictors predictors, IReadOnlyList<double> times) =>
            Predictions.Survival(times, [.. risk(predictors).SelectMany(r => times.Select(t => Math.Max(0, 1 - (t / 40))).Prepend(r))]);
    }

    [Fact]
    public void A_locked_model_is_scored_without_being_changed()
    {
        var document = ExternalValidation.Score(Model("p"), Table, Endpoint, "set", "model");
        var model = Assert.Single(document.Models);
        Assert.Equal("external", document.Kind);
        Assert.Equal((20, 9), (model.Cases, model.Events));
        Near(model, "auc", 0.87878787878787878, 0.61886272589363833, 0.97003432992335237);
        // mean((p-y)^2) -+ qnorm(.975)*sd((p-y)^2)/sqrt(20)
        var squares = PredictionMeasureTests.P.Zip(PredictionMeasureTests.Y, (p, y) => Math.Pow(p - (y ? 1 : 0), 2)).ToArray();
        var half = 1.959963984540054 * Math.Sqrt(RadiogenomicsCloud.Statistics.Moments.SampleVariance(squares) / 20);
        Near(model, "brier", 0.14906, 0.14906 - half, 0.14906 + half);
        // glm(y ~ lp), glm(y ~ 1, offset = lp): estimate and -+ qnorm(.975) standard errors, information at the estimate
        Near(model, "calibration_slope", 2.07914919094941508, 2.07914919094941508 - (1.959963984540054 * 0.98631754204224431), 2.07914919094941508 + (1.959963984540054 * 0.98631754204224431), 9);
        Near(model, "calibration_in_the_large", -0.20714078125417565, -0.20714078125417565 - (1.959963984540054 * 0.51043597031535082), -0.20714078125417565 + (1.959963984540054 * 0.51043597031535082), 9);
        Assert.All(model.Estimates, e => Assert.Equal((EstimateRole.Unseen, "external"), (e.Role, e.Method)));
        Assert.Equal(2, model.CalibrationGroups.Count);
        Assert.Equal(19, model.Roc.Count);
        Assert.Contains(model.Warnings, w => w.StartsWith("Only 9 cases", StringComparison.Ordinal));
    }

    [Fact]
    public void Cases_of_patients_that_the_model_saw_are_refused()
    {
        var model = new FunctionModel(new HashSet<(string, string)> { ("partner", "P7") }, ["p"], ["p"], t => t.Column(0).ToArray());
        var e = Assert.Throws<BadInputException>(() => ExternalValidation.Score(model, Table, Endpoint, "set", "model"));
        Assert.Equal("learning.rows_seen", e.Code);
        // The same patient number at another site is another patient.
        var elsewhere = new FunctionModel(new HashSet<(string, string)> { ("own", "P7") }, ["p"], ["p"], t => t.Column(0).ToArray());
        Assert.Single(ExternalValidation.Score(elsewhere, Table, Endpoint, "set", "model").Models);
    }

    [Fact]
    public void One_class_and_missing_probabilities_are_refused()
    {
        var one = Endpoint with { Values = new bool[20] };
        Assert.Equal("validation.one_class", Assert.Throws<BadInputException>(() => ExternalValidation.Score(Model("p"), Table, one, "set", "model")).Code);
        var broken = new FunctionModel(new HashSet<(string, string)>(), ["p"], ["p"], t => [.. Enumerable.Repeat(double.NaN, t.RowCount)]);
        Assert.Equal("validation.no_probability", Assert.Throws<BadInputException>(() => ExternalValidation.Score(broken, Table, Endpoint, "set", "model")).Code);
    }

    [Fact]
    public void A_column_that_the_other_cohort_hardly_recorded_is_named()
    {
        var values = Table.All.ToArray();
        Array.Fill(values, double.NaN, 0, 12);
        var filling = new FunctionModel(new HashSet<(string, string)>(), ["p"], ["p"], t => [.. t.Column(0).ToArray().Select(v => double.IsNaN(v) ? 0.5 : v)]);
        var warnings = ExternalValidation.Score(filling, new Predictors(Table.Rows, Table.Columns, values), Endpoint, "set", "model").Models[0].Warnings;
        Assert.Contains(warnings, w => w.StartsWith("'p', which the model reads, is missing in 12 of 20 cases", StringComparison.Ordinal));
    }

    [Fact]
    public void What_cannot_be_estimated_is_left_out_and_said()
    {
        var perfect = new FunctionModel(new HashSet<(string, string)>(), ["p"], ["p"], _ => [.. PredictionMeasureTests.Y.Select(y => y ? 0.9 : 0.1)]);
        var model = ExternalValidation.Score(perfect, Table, Endpoint, "set", "model").Models[0];
        var auc = model.Estimates.Single(e => e.Measure == "auc");
        Assert.Equal(1, auc.Value);
        Assert.Null(auc.Interval);
        Assert.DoesNotContain(model.Estimates, e => e.Measure == "calibration_slope");
        Assert.Contains(model.Warnings, w => w.Contains("separate", StringComparison.Ordinal));
    }

    private static LockedScores Scores(string column) => LockedScores.Make(Model(column), Table, Endpoint);

    private static FunctionModel Model(string column) =>
        new(new HashSet<(string, string)>(), [column], [column], t => t.Column(t.Columns.ToList().IndexOf(column)).ToArray());

    private static void Near(ModelPerformance model, string measure, double value, double low, double high, int digits = 10)
    {
        var estimate = model.Estimates.Single(e => e.Measure == measure);
        Assert.Equal(value, estimate.Value, digits);
        Assert.Equal(low, estimate.Interval!.Low, digits);
        Assert.Equal(high, estimate.Interval.High, digits);
    }
}
