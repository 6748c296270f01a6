using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Validation;

public sealed class LeakageTests
{
    private static readonly ResamplingOptions Small = new(BootstrapResamples: 40, Folds: 5, Repeats: 3, OuterResamples: 20, InnerResamples: 4, InnerRepeats: 2);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void No_model_is_asked_as_unseen_about_a_patient_whom_it_was_trained_on(int rowsASubject)
    {
        var (predictors, endpoint) = SimulatedStudy.Make(24, 3, 1, _ => 0, rowsASubject);
        var plan = ResamplingPlan.Create(predictors.Rows, endpoint, Small, 11);
        var spy = new SpyLearner(new NearestMeanLearner());
        var results = ResampleRunner.Run(plan, spy, predictors, 0, plan.UnitCount, CancellationToken.None);
        Assert.Equal(plan.UnitCount, spy.Fits.Count);
        for (var i = 0; i < plan.UnitCount; i++)
        {
            var trained = spy.Fits[i].Trained.Select(r => r.Subject).ToHashSet();
            var unseen = results[i].Rows.Select(r => predictors.Rows[r]).ToArray();
            Assert.DoesNotContain(unseen, r => trained.Contains(r.Subject));
            // What was predicted for the result is what was asked first.
            Assert.Equal(unseen, spy.Fits[i].Asked.Take(unseen.Length));
            // A patient in or out of the sample is so with all rows, copies included.
            foreach (var rows in spy.Fits[i].Trained.GroupBy(r => r.Subject))
                Assert.All(rows.GroupBy(r => r.Case), g => Assert.Equal(rows.Count() / rowsASubject, g.Count()));
        }
        Assert.Equal(plan.UnitCount, spy.Fits.Select(f => f.Seed).Distinct().Count());
    }

    [Fact]
    public void Copies_of_a_case_in_an_outer_sample_never_lie_on_both_sides()
    {
        var (predictors, endpoint) = SimulatedStudy.Make(24, 1, 1, _ => 0);
        var plan = ResamplingPlan.Create(predictors.Rows, endpoint, Small, 12);
        var outer = Enumerable.Range(0, plan.UnitCount).Select(plan.Unit).Where(u => u.Outer >= 0).GroupBy(u => u.Outer);
        var copiesHeldOut = 0;
        foreach (var units in outer)
        {
            // The outer sample, put together from the folds of its first repeat.
            var weights = new double[24];
            foreach (var unit in units.Where(u => u.Kind == ResampleKind.OuterCrossValidation && u.Resample == 0))
            {
                var split = plan.Split(unit);
                for (var i = 0; i < split.HeldOutRows.Length; i++)
                    weights[split.HeldOutRows[i]] += split.HeldOutWeights[i];
            }
            Assert.Equal(24, weights.Sum());
            foreach (var unit in units)
            {
                var split = plan.Split(unit);
                Assert.Empty(split.TrainingRows.Intersect(split.HeldOutRows));
                Assert.All(split.TrainingRows, r => Assert.True(weights[r] > 0));
                for (var i = 0; i < split.HeldOutRows.Length; i++)
                    Assert.Equal(weights[split.HeldOutRows[i]], split.HeldOutWeights[i]);
                // Copies travel together: each subject's count is a multiple of its copies in the outer sample.
                foreach (var copies in split.TrainingRows.GroupBy(r => r))
                    Assert.Equal(0, copies.Count() % (int)weights[copies.Key]);
                copiesHeldOut += split.HeldOutWeights.Count(w => w > 1);
            }
        }
        Assert.True(copiesHeldOut > 100, "the test must have seen copies that were held out");
    }

    [Fact]
    public void A_learner_that_only_remembers_outcomes_is_worth_one_half()
    {
        var (predictors, endpoint) = SimulatedStudy.Make(30, 1, 2, _ => 0, rowsASubject: 2);
        var plan = ResamplingPlan.Create(predictors.Rows, endpoint, Small, 13);
        var results = ResampleRunner.Run(plan, new MemorisingLearner(), predictors, 0, plan.UnitCount, CancellationToken.None);
        var performance = PerformanceSummary.Summarise(SimulatedStudy.Describe(predictors), plan, results);
        Assert.Equal(1, performance.Estimates.Single(e => e.Method == "apparent").Value);
        Assert.Equal(0.5, performance.Estimates.Single(e => e is { Measure: "auc", Method: "out_of_bag" }).Value);
        Assert.Equal(0.5, performance.Estimates.Single(e => e is { Measure: "auc", Method: "nested_cv" }).Value);
        Assert.Contains(performance.Warnings, w => w.Contains("no predictor at all", StringComparison.Ordinal));
    }

    [Fact]
    public void A_model_that_denies_whom_it_saw_is_found_out()
    {
        var (predictors, endpoint) = SimulatedStudy.Make(24, 1, 1, _ => 0);
        var plan = ResamplingPlan.Create(predictors.Rows, endpoint, Small, 14);
        var liar = new LyingLearner();
        Assert.Throws<InvalidOperationException>(() => ResampleRunner.Run(plan, liar, predictors, 1, 2, CancellationToken.None));
    }

    private sealed class LyingLearner : IModelLearner
    {
        public string Name => "liar";

        public IFittedModel Fit(TrainingSet training, CancellationToken cancel) =>
            new FunctionModel(new HashSet<(string, string)>(), [], [], p => new double[p.RowCount]);
    }
}
