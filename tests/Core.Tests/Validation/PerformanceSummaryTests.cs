using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Validation;

public sealed class PerformanceSummaryTests
{
    private static readonly ResamplingOptions Quick = new(BootstrapResamples: 200, Folds: 5, Repeats: 5, OuterResamples: 40, InnerResamples: 5, InnerRepeats: 2);

    [Theory]
    [InlineData(0, false)]
    [InlineData(10, true)]
    [InlineData(49, true)]
    [InlineData(50, false)]
    public void Intervals_of_few_outer_samples_come_with_a_warning(int outer, bool warned)
    {
        var study = AnyStudy.Make(EndpointKind.Continuous, 30, 2, 1, 1);
        var plan = AnyStudy.Plan(study, new(BootstrapResamples: 10, Repeats: 0, OuterResamples: outer, InnerResamples: 2));
        var summary = PerformanceSummary.Summarise(SimulatedStudy.Describe(study.Predictors), plan, AnyStudy.Run(plan, study.Predictors));
        Assert.Equal(warned, summary.Warnings.Any(w => w.Contains("outer bootstrap samples", StringComparison.Ordinal)));
    }

    [Fact]
    public void On_pure_noise_with_more_candidates_than_cases_only_the_unbiased_estimates_are_near_one_half()
    {
        // Ten studies, so that the mean is known to about 0.02.
        var means = new Dictionary<string, double>();
        for (var study = 0; study < 10; study++)
        {
            var (predictors, endpoint) = SimulatedStudy.Make(60, 500, 100 + (ulong)study, _ => 0);
            var plan = ResamplingPlan.Create(predictors.Rows, endpoint, new ResamplingOptions(BootstrapResamples: 30, Repeats: 2, OuterResamples: 0), 1);
            var performance = Run(predictors, plan);
            Assert.True(performance.CandidatesExceedCases);
            Assert.Contains(performance.Warnings, w => w.Contains("flatter", StringComparison.Ordinal));
            Assert.Equal(("auc", "out_of_bag", EstimateRole.Unseen), (performance.Estimates[0].Measure, performance.Estimates[0].Method, performance.Estimates[0].Role));
            foreach (var estimate in performance.Estimates.Where(e => e.Measure == "auc"))
            {
                means[estimate.Method] = means.GetValueOrDefault(estimate.Method) + (estimate.Value / 10);
                Assert.True(estimate.Role == EstimateRole.Unseen || estimate.Interval is null);
            }
        }
        Assert.InRange(means["out_of_bag"], 0.45, 0.55);
        Assert.InRange(means["nested_cv"], 0.45, 0.55);
        Assert.InRange(means["632+"], 0.5, 0.56);
        Assert.InRange(means["632"], 0.63, 0.73);
        Assert.InRange(means["harrell"], 0.75, 1);
        Assert.InRange(means["apparent"], 0.99, 1);
    }

    [Fact]
    public void Estimates_equal_their_definitions()
    {
        var (predictors, endpoint) = SimulatedStudy.Make(40, 3, 7, c => c == 0 ? 1 : 0, prevalence: 0.4);
        var plan = ResamplingPlan.Create(predictors.Rows, endpoint, Quick, 3);
        var results = ResampleRunner.Run(plan, new NearestMeanLearner(), predictors, 0, plan.UnitCount, CancellationToken.None);
        var performance = PerformanceSummary.Summarise(SimulatedStudy.Describe(predictors), plan, results);
        var samples = results.Where(r => plan.Unit(r.Unit).Kind == ResampleKind.Bootstrap).ToArray();
        var learner = new NearestMeanLearner();

        // Out of bag, apparent and original AUC of each sample, from models fitted again, by counting pairs.
        double outOfBag = 0, optimism = 0;
        foreach (var sample in samples)
        {
            var split = plan.Split(plan.Unit(sample.Unit));
            var model = learner.Fit(new(predictors.SelectRows(split.TrainingRows), endpoint.SelectRows(split.TrainingRows), 0), CancellationToken.None);
            var p = model.PredictProbability(predictors);
            outOfBag += Pairs(split.HeldOutRows, p, endpoint.Values) / samples.Length;
            optimism += (Pairs(split.TrainingRows, p, endpoint.Values) - Pairs([.. Enumerable.Range(0, 40)], p, endpoint.Values)) / samples.Length;
        }
        var all = Enumerable.Range(0, 40).ToArray();
        var apparent = Pairs(all, learner.Fit(new(predictors, endpoint, 0), CancellationToken.None).PredictProbability(predictors), endpoint.Values);
        Assert.Equal(outOfBag, Value("auc", "out_of_bag"), 12);
        Assert.Equal(apparent, Value("auc", "apparent"), 12);
        Assert.Equal(apparent - optimism, Value("auc", "harrell"), 12);
        Assert.Equal((0.368 * apparent) + (0.632 * outOfBag), Value("auc", "632"), 12);

        // Brier score: mean over samples. Stacked slope: each sample weighs the same.
        Assert.Equal(samples.Average(s => s.Rows.Select((r, i) => Math.Pow(s.Predicted[i] - (endpoint.Values[r] ? 1 : 0), 2)).Average()), Value("brier", "out_of_bag"), 12);
        Assert.Equal(1 - (Value("brier", "out_of_bag") / 0.24), Value("brier_scaled", "out_of_bag"), 12);
        var slope = LogisticRecalibration.Slope(
            [.. samples.SelectMany(s => s.Predicted)],
            [.. samples.SelectMany(s => s.Rows.Select(r => endpoint.Values[r]))],
            [.. samples.SelectMany(s => s.Rows.Select(_ => 1.0 / s.Rows.Length))]);
        Assert.Equal(slope.Value, Value("calibration_slope", "out_of_bag"), 10);

        // Nested cross-validation: rightly ordered pairs within folds, by repeat.
        var repeats = results.Select(r => (Unit: plan.Unit(r.Unit), Result: r)).Where(r => r.Unit.Kind == ResampleKind.CrossValidation)
            .GroupBy(r => r.Unit.Resample).Select(folds =>
            {
                double wins = 0, pairs = 0;
                foreach (var (_, fold) in folds)
                {
                    double n = fold.Rows.Count(r => endpoint.Values[r]), m = fold.Rows.Length - n;
                    var p = new double[40];
                    for (var i = 0; i < fold.Rows.Length; i++)
                        p[fold.Rows[i]] = fold.Predicted[i];
                    pairs += n * m;
                    wins += n * m * Pairs(fold.Rows, p, endpoint.Values);
                }
                return wins / pairs;
            });
        Assert.Equal(repeats.Average(), Value("auc", "nested_cv"), 12);

        // The averaged ROC curve has the out-of-bag area but for its grid; the other that of the cases' means.
        Assert.Equal(outOfBag, Area(performance.RocAveraged), 0.01);
        var means = UnseenPredictionTable.Rows(plan, results).Where(r => r.Method == "out_of_bag").GroupBy(r => r.Row)
            .Select(g => (Mean: g.Average(r => r.Predicted[0]), IsEvent: endpoint.Values[g.First().TableRow])).ToArray();
        Assert.Equal(Auc.Compute([.. means.Select(m => m.Mean)], [.. means.Select(m => m.IsEvent)]), Area(performance.Roc), 12);
        Assert.Equal(40, performance.CalibrationGroups.Sum(g => g.Count));
        Assert.Equal(51, performance.CalibrationSmooth.Count);
        // Fewer than ten patients of the rarer class for each of three candidates.
        Assert.Equal(["632", "harrell"], performance.Estimates.Where(e => e.Method != "apparent" && e.Interval is null).Select(e => e.Method));
        Assert.All(performance.Estimates.Where(e => e.Interval is not null), e => Assert.True(e.Interval!.Low <= e.Value && e.Value <= e.Interval.High));
        Assert.Equal(5 * 40, UnseenPredictionTable.Rows(plan, results).Count(r => r.Method == "nested_cv"));
        Assert.Equal(samples.Sum(s => s.Rows.Length), UnseenPredictionTable.Rows(plan, results).Count(r => r.Method == "out_of_bag"));

        double Value(string measure, string method) => performance.Estimates.Single(e => e.Measure == measure && e.Method == method).Value;
    }

    [Fact]
    public void Without_outer_samples_there_is_no_interval_and_no_comparison()
    {
        var (predictors, endpoint) = SimulatedStudy.Make(40, 1, 7, c => c == 0 ? 1 : 0);
        var plan = ResamplingPlan.Create(predictors.Rows, endpoint, Quick with { OuterResamples = 0 }, 3);
        var results = ResampleRunner.Run(plan, new NearestMeanLearner(), predictors, 0, plan.UnitCount, CancellationToken.None);
        var performance = PerformanceSummary.Summarise(SimulatedStudy.Describe(predictors), plan, results);
        Assert.All(performance.Estimates, e => Assert.Null(e.Interval));
        Assert.Empty(PredictorSetComparisons.Compare(plan, [("a", results), ("b", results)]));
    }

    [Fact]
    public void Nested_cross_validation_alone_is_enough()
    {
        var (predictors, endpoint) = SimulatedStudy.Make(40, 3, 7, c => c == 0 ? 1 : 0);
        var plan = ResamplingPlan.Create(predictors.Rows, endpoint, Quick with { BootstrapResamples = 0 }, 3);
        var performance = Run(predictors, plan);
        Assert.Equal("nested_cv", performance.Estimates[0].Method);
        Assert.All(performance.Estimates.Where(e => e.Role == EstimateRole.Unseen), e => Assert.NotNull(e.Interval));
        Assert.DoesNotContain(performance.Estimates, e => e.Role == EstimateRole.OptimismCorrected);
        // Folds of four by four cases: the grid cuts the steps of their curves, but never by more than half its width.
        Assert.Equal(performance.Estimates[0].Value, Area(performance.RocAveraged), 0.01);
        Assert.Equal(3, performance.Selection.Count);
    }

    [Fact]
    public void Bootstrap_alone_is_enough()
    {
        var (predictors, endpoint) = SimulatedStudy.Make(40, 1, 7, c => c == 0 ? 1 : 0);
        var plan = ResamplingPlan.Create(predictors.Rows, endpoint, Quick with { Repeats = 0 }, 3);
        var performance = Run(predictors, plan);
        Assert.DoesNotContain(performance.Estimates, e => e.Method == "nested_cv");
        Assert.All(performance.Estimates.Where(e => e.Method != "apparent"), e => Assert.NotNull(e.Interval));
    }

    [Fact]
    public void Point_632_plus_equals_the_published_equations()
    {
        // Efron and Tibshirani 1997 in errors, e = 1 − AUC: γ = ½, R = (e1 − ē)/(γ − ē), w = .632/(1 − .368 R).
        const double apparent = 0.9, outOfBag = 0.7;
        const double r = (0.3 - 0.1) / (0.5 - 0.1);
        const double w = 0.632 / (1 - (0.368 * r));
        Assert.Equal(1 - (((1 - w) * 0.1) + (w * 0.3)), OptimismCorrection.Point632Plus(apparent, outOfBag, 0.5), 12);
        // Without overfitting it is .632; with complete overfitting it is the out-of-bag estimate.
        Assert.Equal((0.368 * 0.6) + (0.632 * 0.7), OptimismCorrection.Point632Plus(0.6, 0.7, 0.5), 12);
        Assert.Equal(0.5, OptimismCorrection.Point632Plus(1, 0.4, 0.5), 12);
        Assert.Equal(0.5, OptimismCorrection.Point632Plus(1, 0.5, 0.5), 12);
    }

    [Fact]
    public void A_planted_signal_is_found_and_an_informative_set_beats_noise()
    {
        var (both, endpoint) = SimulatedStudy.Make(60, 6, 21, c => c < 2 ? 1.2 : 0);
        var signal = both.SelectColumns([0, 1]);
        var noise = both.SelectColumns([2, 3, 4, 5]);
        var plan = ResamplingPlan.Create(both.Rows, endpoint, Quick, 8);
        var learner = new NearestMeanLearner();
        var a = ResampleRunner.Run(plan, learner, signal, 0, plan.UnitCount, CancellationToken.None);
        var b = ResampleRunner.Run(plan, learner, noise, 0, plan.UnitCount, CancellationToken.None);
        // Two shifts of 1.2: AUC = Φ(1.2 √2 / √2) = 0.885.
        var performance = PerformanceSummary.Summarise(SimulatedStudy.Describe(signal), plan, a);
        Assert.InRange(performance.Estimates[0].Interval!.Low, 0.6, 0.885);
        Assert.InRange(performance.Estimates[0].Interval!.High, 0.885, 0.99);
        var comparisons = PredictorSetComparisons.Compare(plan, [("signal", a), ("noise", b)]);
        Assert.Equal(["out_of_bag", "nested_cv"], comparisons.Select(c => c.Method));
        Assert.All(comparisons, c => Assert.True(c.Interval.Low > 0 && c.PValue < 0.01));
        var reversed = PredictorSetComparisons.Compare(plan, [("noise", b), ("signal", a)]);
        Assert.Equal(-comparisons[0].Difference, reversed[0].Difference, 14);
        Assert.Equal(comparisons[0].PValue!.Value, reversed[0].PValue!.Value, 12);
    }

    [Fact]
    public void A_set_does_not_differ_from_itself()
    {
        var (predictors, endpoint) = SimulatedStudy.Make(30, 2, 9, _ => 0.5);
        var plan = ResamplingPlan.Create(predictors.Rows, endpoint, Quick, 8);
        var a = ResampleRunner.Run(plan, new NearestMeanLearner(), predictors, 0, plan.UnitCount, CancellationToken.None);
        foreach (var comparison in PredictorSetComparisons.Compare(plan, [("a", a), ("b", a)]))
            Assert.Equal((0, 0, 0, null), (comparison.Difference, comparison.Interval.Low, comparison.Interval.High, comparison.PValue));
    }

    [Fact]
    public void Few_failed_fits_are_left_out_with_a_warning_and_many_end_the_study()
    {
        var (predictors, endpoint) = SimulatedStudy.Make(30, 2, 9, _ => 0.5);
        var plan = ResamplingPlan.Create(predictors.Rows, endpoint, Quick, 8);
        var some = new FailingLearner(new NearestMeanLearner(), t => t.Predictors.Rows.Count(r => r.Case == "C0003") >= 4);
        var results = ResampleRunner.Run(plan, some, predictors, 0, plan.UnitCount, CancellationToken.None);
        Assert.Contains(results, r => r.Failure is not null);
        var performance = PerformanceSummary.Summarise(SimulatedStudy.Describe(predictors), plan, results);
        Assert.Contains(performance.Warnings, w => w.Contains("No model can be made of this.", StringComparison.Ordinal));
        Assert.All(performance.Estimates, e => Assert.True(double.IsFinite(e.Value)));

        var many = new FailingLearner(new NearestMeanLearner(), t => t.Predictors.Rows.Distinct().Count() < 30);
        var failed = ResampleRunner.Run(plan, many, predictors, 0, plan.UnitCount, CancellationToken.None);
        Assert.Equal("validation.fits_failed", Assert.Throws<StudyFailedException>(() => PerformanceSummary.Summarise(SimulatedStudy.Describe(predictors), plan, failed)).Code);
    }

    private static ModelPerformance Run(Predictors predictors, ResamplingPlan plan) => PerformanceSummary.Summarise(
        SimulatedStudy.Describe(predictors), plan, ResampleRunner.Run(plan, new NearestMeanLearner(), predictors, 0, plan.UnitCount, CancellationToken.None));

    private static double Pairs(int[] rows, double[] probabilities, bool[] outcomes)
    {
        double wins = 0, pairs = 0;
        foreach (var i in rows.Where(r => outcomes[r]))
        {
            foreach (var j in rows.Where(r => !outcomes[r]))
            {
                pairs++;
                wins += probabilities[i] > probabilities[j] ? 1 : probabilities[i] == probabilities[j] ? 0.5 : 0;
            }
        }
        return wins / pairs;
    }

    private static double Area(IReadOnlyList<CurvePoint> curve)
    {
        var area = 0.0;
        for (var i = 1; i < curve.Count; i++)
            area += (curve[i].X - curve[i - 1].X) * (curve[i].Y + curve[i - 1].Y) / 2;
        return area;
    }
}
