using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Validation;

/// <summary>Decision curves, risk groups, precision–recall and reclassification, each by its definition on the held-out predictions.</summary>
public sealed class UnseenFiguresTests
{
    private static readonly ResamplingOptions Options = new(BootstrapResamples: 40, Repeats: 2, Folds: 4, OuterResamples: 15, InnerResamples: 2, InnerRepeats: 2);

    [Fact]
    public void Net_benefit_is_the_mean_over_the_samples_of_that_of_the_cases_left_out()
    {
        var study = AnyStudy.Make(EndpointKind.Binary, 40, 2, 1, 1);
        var plan = AnyStudy.Plan(study, Options);
        var results = AnyStudy.Run(plan, study.Predictors);
        var performance = PerformanceSummary.Summarise(SimulatedStudy.Describe(study.Predictors), plan, results);
        var y = ((BinaryEndpoint)study.Endpoint).Values;
        var curve = performance.DecisionCurve!;
        Assert.Equal(49, curve.Count);
        foreach (var point in curve.Where((_, i) => i % 8 == 3))
        {
            var odds = point.Threshold / (1 - point.Threshold);
            var expected = results.Where(r => plan.Unit(r.Unit).Kind == ResampleKind.Bootstrap).Average(r =>
                r.Rows.Select((row, i) => r.Predicted[i] < point.Threshold ? 0 : y[row] ? 1 : -odds).Average());
            Assert.Equal(expected, point.NetBenefit, 10);
            Assert.Equal(y.Average(v => v ? 1 : -odds), point.TreatAll, 10);
            Assert.True(point.Interval!.Low <= point.NetBenefit && point.NetBenefit <= point.Interval.High);
        }
        Assert.Equal(y.Average(v => v ? 1.0 : 0), performance.PrecisionRecall![^1].Y, 10);
        Assert.Equal(1, performance.PrecisionRecall[^1].X, 10);
    }

    [Fact]
    public void Cut_offs_are_those_of_the_training_rows_alone()
    {
        var study = AnyStudy.Make(EndpointKind.Binary, 40, 2, 2, 1);
        var y = ((BinaryEndpoint)study.Endpoint).Values;
        foreach (var rule in Enum.GetValues<ThresholdRule>())
        {
            var plan = AnyStudy.Plan(study, Options with { Threshold = new(rule, 0.37), OuterResamples = 0 });
            foreach (var result in AnyStudy.Run(plan, study.Predictors))
            {
                var rows = plan.Split(plan.Unit(result.Unit)).TrainingRows;
                bool[] outcome = [.. rows.Select(r => y[r])];
                var model = new ProjectionLearner().Fit(new(study.Predictors.SelectRows(rows), study.Endpoint.SelectRows(rows), 0), CancellationToken.None);
                var expected = rule switch
                {
                    ThresholdRule.Fixed => 0.37,
                    ThresholdRule.Prevalence => outcome.Average(v => v ? 1.0 : 0),
                    _ => Thresholds.Youden(model.PredictProbability(study.Predictors.SelectRows(rows)), outcome),
                };
                Assert.Equal(expected, result.CutOff!.Value, 12);
            }
        }
    }

    [Fact]
    public void Risk_groups_are_by_the_cut_offs_of_the_models_that_had_not_seen_the_case()
    {
        var study = AnyStudy.Make(EndpointKind.Survival, 60, 2, 3, 1);
        var plan = AnyStudy.Plan(study, Options with { BootstrapResamples = 0, Repeats = 1, OuterResamples = 0, Permutation = new(Permutations: 19, Fits: 4) });
        var results = AnyStudy.Run(plan, study.Predictors);
        var survival = (SurvivalEndpoint)study.Endpoint;
        var high = new int[60];
        foreach (var result in results.Where(r => plan.Unit(r.Unit).Kind == ResampleKind.CrossValidation))
        {
            var rows = plan.Split(plan.Unit(result.Unit)).TrainingRows;
            var model = new ProjectionLearner().Fit(new(study.Predictors.SelectRows(rows), study.Endpoint.SelectRows(rows), 0), CancellationToken.None);
            var cutOff = Quantiles.Median(model.Predict(study.Predictors.SelectRows(rows), []).Scores());
            var scores = model.Predict(study.Predictors.SelectRows(result.Rows), []).Scores();
            for (var i = 0; i < scores.Length; i++)
                high[result.Rows[i]] = scores[i] > cutOff ? 1 : 0;
        }
        var groups = PerformanceSummary.Summarise(SimulatedStudy.Describe(study.Predictors), plan, results).RiskGroups!;
        Assert.Equal((high.Sum(), 60 - high.Sum(), "median", "nested_cv"), (groups.High.Cases, groups.Low.Cases, groups.Rule, groups.Scheme));
        var test = LogRank.Test(survival.Times, survival.Events, high, 2);
        Assert.Equal(test.ChiSquare, groups.ChiSquare, 10);
        Assert.Equal(test.PValue, groups.PValue, 12);
        // The signal is strong: none of 19 deals comes near it.
        Assert.Equal(0.05, groups.PermutationPValue!.Value, 12);
        int[] ofHigh = [.. Enumerable.Range(0, 60).Where(r => high[r] == 1)];
        var curve = KaplanMeier.Fit([.. ofHigh.Select(r => survival.Times[r])], [.. ofHigh.Select(r => survival.Events[r])]);
        Assert.Equal(curve.Survival, groups.High.Curve.Select(p => p.Survival));
        Assert.Contains("nominal", groups.Caution, StringComparison.Ordinal);
    }

    [Fact]
    public void A_deal_under_which_the_models_are_empty_shows_no_difference_of_risk_groups()
    {
        var study = AnyStudy.Make(EndpointKind.Survival, 60, 2, 3, 1);
        var plan = AnyStudy.Plan(study, Options with { BootstrapResamples = 0, Repeats = 1, OuterResamples = 0, Permutation = new(Permutations: 19, Fits: 4) });

        // Finds something in the outcomes as they are alone: nobody is at high risk under any deal, and none is as extreme.
        var real = ((SurvivalEndpoint)study.Endpoint).Times;
        var found = PerformanceSummary.Summarise(
            SimulatedStudy.Describe(study.Predictors), plan, AnyStudy.Run(plan, study.Predictors, new OnlyOutcomesAsTheyAreLearner(study.Predictors.Rows, real)));
        Assert.Equal(1 / 20.0, found.RiskGroups!.PermutationPValue!.Value, 12);

        // Finds nothing anywhere: every deal is as extreme as no difference at all.
        var nothing = AnyStudy.Run(plan, study.Predictors, new OnlyOutcomesAsTheyAreLearner(study.Predictors.Rows, []));
        Assert.True(PerformanceSummary.Summarise(SimulatedStudy.Describe(study.Predictors), plan, nothing).RiskGroups is null or { PermutationPValue: null or 1 });
    }

    [Fact]
    public void A_cut_off_can_be_the_one_of_the_greatest_log_rank_statistic_of_the_training_rows()
    {
        var study = AnyStudy.Make(EndpointKind.Survival, 50, 2, 4, 1);
        var plan = AnyStudy.Plan(study, Options with { RiskGroups = RiskGroupRule.MaximallySelected, OuterResamples = 0 });
        var result = ResampleRunner.Run(plan, new ProjectionLearner(), study.Predictors, 3, 4, CancellationToken.None)[0];
        var rows = plan.Split(plan.Unit(3)).TrainingRows;
        var training = (SurvivalEndpoint)study.Endpoint.SelectRows(rows);
        var model = new ProjectionLearner().Fit(new(study.Predictors.SelectRows(rows), training, 0), CancellationToken.None);
        var expected = MaximallySelectedLogRank.Find(training.Times, training.Events, model.Predict(study.Predictors.SelectRows(rows), []).Scores(), 0.1, 0.9)!;
        Assert.Equal(expected.Cutoff, result.CutOff!.Value, 12);
    }

    [Fact]
    public void Reclassification_is_of_paired_unseen_predictions()
    {
        var study = AnyStudy.Make(EndpointKind.Binary, 40, 3, 5, 1);
        var plan = AnyStudy.Plan(study, Options);
        var (a, b) = (AnyStudy.Run(plan, study.Predictors), AnyStudy.Run(plan, study.Predictors.SelectColumns([2])));
        var y = ((BinaryEndpoint)study.Endpoint).Values;
        var further = PredictorSetComparisons.Further(plan, [("a", a), ("b", b)]);
        double nri = 0, idi = 0;
        var samples = a.Zip(b).Where(p => plan.Unit(p.First.Unit).Kind == ResampleKind.Bootstrap).ToArray();
        foreach (var (first, second) in samples)
        {
            double[] up = [.. first.Rows.Select((row, i) => (double)Math.Sign(first.Predicted[i] - second.Predicted[i]) * (y[row] ? 1 : -1))];
            double[] gain = [.. first.Rows.Select((row, i) => (first.Predicted[i] - second.Predicted[i]) * (y[row] ? 1 : -1))];
            nri += Mean(up, true) + Mean(up, false);
            idi += Mean(gain, true) + Mean(gain, false);

            double Mean(double[] values, bool events) => values.Where((_, i) => y[first.Rows[i]] == events).Average();
        }
        Assert.Equal(nri / samples.Length, further.Single(c => c is { Measure: "nri_continuous", Method: "out_of_bag" }).Difference, 10);
        Assert.Equal(idi / samples.Length, further.Single(c => c is { Measure: "discrimination_slope", Method: "out_of_bag" }).Difference, 10);
        Assert.DoesNotContain(further, c => c.Measure == "auc");
        Assert.All(further, c => Assert.True(c.Interval.Low <= c.Difference && c.Difference <= c.Interval.High));
        var reversed = PredictorSetComparisons.Further(plan, [("b", b), ("a", a)]);
        Assert.Equal(further.Select(c => Math.Round(-c.Difference, 10)), reversed.Select(c => Math.Round(c.Difference, 10)));
    }

    [Fact]
    public void Survival_is_compared_and_judged_at_every_horizon()
    {
        var study = AnyStudy.Make(EndpointKind.Survival, 50, 3, 6, 1);
        var plan = AnyStudy.Plan(study, Options with { Horizons = [40, 20] });
        Assert.Equal([20, 40], plan.Horizons);
        var results = AnyStudy.Run(plan, study.Predictors);
        var performance = PerformanceSummary.Summarise(SimulatedStudy.Describe(study.Predictors), plan, results);
        Assert.Equal([20.0, 40], performance.Estimates.Where(e => e is { Measure: "brier_at", Method: "nested_cv" }).Select(e => e.Horizon!.Value));
        var further = PredictorSetComparisons.Further(plan, [("a", results), ("b", results)]);
        Assert.Equal([20.0, 40], further.Where(c => c is { Measure: "brier_at", Method: "out_of_bag" }).Select(c => c.Horizon!.Value));
        Assert.NotEmpty(performance.DecisionCurve!);
        var late = ((SurvivalEndpoint)study.Endpoint).Times.Max();
        Assert.Equal("validation.horizon", Assert.Throws<BadInputException>(() => AnyStudy.Plan(study, Options with { Horizons = [late] })).Code);
    }

    [Fact]
    public void Categories_of_risk_that_the_study_gives_are_what_reclassification_is_of()
    {
        var study = AnyStudy.Make(EndpointKind.Binary, 40, 3, 5, 1);
        double[] limits = [0.3, 0.7];
        var plan = AnyStudy.Plan(study, Options with { RiskCategories = limits });
        var (a, b) = (AnyStudy.Run(plan, study.Predictors), AnyStudy.Run(plan, study.Predictors.SelectColumns([2])));
        var y = ((BinaryEndpoint)study.Endpoint).Values;
        // Hmisc::improveProb's NRI of categories, of the old probabilities b and the new a; its numbers are compared where the function is.
        var expected = a.Zip(b).Where(p => plan.Unit(p.First.Unit).Kind == ResampleKind.Bootstrap).Average(p =>
            Reclassification.Categorical(p.Second.Predicted, p.First.Predicted, [.. p.First.Rows.Select(r => y[r])], limits).Total.Value);
        var further = PredictorSetComparisons.Further(plan, [("a", a), ("b", b)]);
        Assert.Equal(expected, Assert.Single(further, c => c is { Measure: "nri_categorical", Method: "out_of_bag" }).Difference, 10);

        Assert.DoesNotContain(Of(Options), c => c.Measure == "nri_categorical");
        Assert.Contains(Of(Options with { Threshold = new(ThresholdRule.Fixed, 0.4) }), c => c.Measure == "nri_categorical");

        IReadOnlyList<PredictorSetComparison> Of(ResamplingOptions options) => PredictorSetComparisons.Further(AnyStudy.Plan(study, options), [("a", a), ("b", b)]);
    }

    [Fact]
    public void Categories_of_risk_ascend_within_0_and_1()
    {
        foreach (double[] limits in (double[][])[[], [0.5, 0.5], [0.7, 0.3], [0], [double.NaN]])
            Assert.Equal("validation.option", Assert.Throws<BadInputException>(() => (Options with { RiskCategories = limits }).Check()).Code);
    }
}

/// <summary>Projects where every training row has its own time, else gives everybody the same risk, as a penalised model without predictors does.</summary>
/// <param name="times">Of the rows; none where it is to find nothing ever.</param>
file sealed class OnlyOutcomesAsTheyAreLearner(IReadOnlyList<RowId> rows, double[] times) : IModelLearner
{
    private readonly Dictionary<RowId, double> own = rows.Zip(times).ToDictionary(p => p.First, p => p.Second);

    public string Name => "only outcomes as they are";

    public IFittedModel Fit(TrainingSet training, CancellationToken cancel)
    {
        var survival = (SurvivalEndpoint)training.Endpoint;
        var x = training.Predictors;
        return x.Rows.Select((row, r) => own.TryGetValue(row, out var time) && time == survival.Times[r]).All(same => same)
            ? new ProjectionLearner().Fit(training, cancel)
            : new AnyModel(Subjects.Of(x.Rows), EndpointKind.Survival, x.Columns, [], (p, at) => Predictions.Survival(at, [.. p.Rows.SelectMany(_ => at.Select(_ => 0.5).Prepend(0))]));
    }
}
