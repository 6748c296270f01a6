using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Validation;

public sealed class ResamplingPlanTests
{
    private static readonly ResamplingOptions Small = new(BootstrapResamples: 30, Folds: 4, Repeats: 2, OuterResamples: 12, InnerResamples: 3, InnerRepeats: 2);

    [Fact]
    public void Every_fit_has_one_place_and_they_are_as_many_as_the_options_say()
    {
        var (predictors, endpoint) = SimulatedStudy.Make(20, 1, 1, _ => 0);
        var plan = ResamplingPlan.Create(predictors.Rows, endpoint, Small, 1);
        var units = Enumerable.Range(0, plan.UnitCount).Select(plan.Unit).ToArray();
        Assert.Equal(1 + 30 + (2 * 4) + (12 * (1 + 3 + (2 * 4))), units.Length);
        Assert.Equal(units.Length, units.Distinct().Count());
        Assert.Equal(30, units.Count(u => u.Kind == ResampleKind.Bootstrap));
        Assert.Equal(8, units.Count(u => u.Kind == ResampleKind.CrossValidation));
        Assert.Equal(36, units.Count(u => u.Kind == ResampleKind.OuterBootstrap));
        Assert.Equal(96, units.Count(u => u.Kind == ResampleKind.OuterCrossValidation));
    }

    [Fact]
    public void The_locked_model_is_the_first_fit_of_any_plan()
    {
        var (predictors, endpoint) = SimulatedStudy.Make(20, 1, 1, _ => 0);
        var plan = ResamplingPlan.Create(predictors.Rows, endpoint, Small, 7);
        var first = plan.Split(plan.Unit(0));
        var (rows, seed) = ResamplingPlan.FullFit(predictors.Rows, 7);
        Assert.Equal(first.TrainingRows, rows);
        Assert.Equal(first.FitSeed, seed);
        Assert.Empty(first.HeldOutRows);
    }

    [Fact]
    public void Folds_of_a_repeat_hold_out_every_case_once_and_are_balanced_by_class()
    {
        var (predictors, endpoint) = SimulatedStudy.Make(20, 1, 1, _ => 0, prevalence: 0.4);
        var plan = ResamplingPlan.Create(predictors.Rows, endpoint, Small, 1);
        var folds = Enumerable.Range(0, plan.UnitCount).Select(plan.Unit).Where(u => u is { Kind: ResampleKind.CrossValidation, Resample: 1 })
            .Select(plan.Split).ToArray();
        Assert.Equal(Enumerable.Range(0, 20), folds.SelectMany(f => f.HeldOutRows).Order());
        Assert.All(folds, f => Assert.Equal(5, f.HeldOutRows.Length));
        Assert.All(folds, f => Assert.Equal(2, f.HeldOutRows.Count(r => endpoint.Values[r])));
    }

    [Fact]
    public void Bootstrap_samples_leave_out_about_e_to_the_minus_one_and_never_a_whole_class()
    {
        var (predictors, endpoint) = SimulatedStudy.Make(50, 1, 1, _ => 0, prevalence: 0.12);
        var plan = ResamplingPlan.Create(predictors.Rows, endpoint, new ResamplingOptions(BootstrapResamples: 500, OuterResamples: 0), 1);
        var splits = Enumerable.Range(1, 500).Select(i => plan.Split(plan.Unit(i))).ToArray();
        Assert.All(splits, s => Assert.Equal(50, s.TrainingRows.Length));
        Assert.All(splits, s => Assert.InRange(s.TrainingRows.Where(r => endpoint.Values[r]).Distinct().Count(), 2, 5));
        Assert.All(splits, s => Assert.Contains(s.HeldOutRows, r => endpoint.Values[r]));
        // (1 − 1/50)^50 = 0.364; 500 samples know it to about 0.003, and redraws hardly move it.
        Assert.InRange(splits.Average(s => s.HeldOutRows.Length / 50.0), 0.354, 0.374);
    }

    [Fact]
    public void The_plan_depends_on_patients_and_outcome_and_not_on_the_order_of_rows()
    {
        var (predictors, endpoint) = SimulatedStudy.Make(20, 1, 1, _ => 0);
        int[] reversed = [.. Enumerable.Range(0, 20).Reverse()];
        var plan = ResamplingPlan.Create(predictors.Rows, endpoint, Small, 1);
        var other = ResamplingPlan.Create(predictors.SelectRows(reversed).Rows, (BinaryEndpoint)endpoint.SelectRows(reversed), Small, 1);
        for (var i = 0; i < plan.UnitCount; i++)
        {
            var a = plan.Split(plan.Unit(i)).TrainingRows.Select(r => plan.Rows[r]);
            var b = other.Split(other.Unit(i)).TrainingRows.Select(r => other.Rows[r]);
            Assert.Equal(a, b);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Chunks_change_no_byte_of_any_result(int size)
    {
        var (predictors, endpoint) = SimulatedStudy.Make(24, 4, 3, c => c == 0 ? 1 : 0);
        var plan = ResamplingPlan.Create(predictors.Rows, endpoint, Small, 5);
        var whole = ResampleRunner.Run(plan, new NearestMeanLearner(), predictors, 0, plan.UnitCount, CancellationToken.None);
        var parts = new List<ResampleResult>();
        // Each chunk with a plan of its own and through JSON, as on another machine, the last chunk first.
        for (var from = (plan.UnitCount - 1) / size * size; from >= 0; from -= size)
        {
            var again = ResamplingPlan.Create(predictors.Rows, endpoint, Small, 5);
            var chunk = ResampleRunner.Run(again, new NearestMeanLearner(), predictors, from, Math.Min(from + size, plan.UnitCount), CancellationToken.None);
            parts.AddRange(JsonSerializer.Deserialize<ResampleResult[]>(JsonSerializer.Serialize(chunk))!);
        }
        Assert.Equal(Json(whole), Json(parts.OrderBy(p => p.Unit)));
        var description = SimulatedStudy.Describe(predictors);
        Assert.Equal(Json(PerformanceSummary.Summarise(description, plan, whole)), Json(PerformanceSummary.Summarise(description, plan, parts)));
        Assert.Equal(
            Json(PredictorSetComparisons.Compare(plan, [("a", whole), ("b", parts)])), Json(PredictorSetComparisons.Compare(plan, [("a", parts), ("b", whole)])));
        Assert.Equal(Json(UnseenPredictionTable.Rows(plan, whole)), Json(UnseenPredictionTable.Rows(plan, parts)));
    }

    [Fact]
    public void A_summary_wants_every_result_once()
    {
        var (predictors, endpoint) = SimulatedStudy.Make(24, 1, 3, _ => 0);
        var plan = ResamplingPlan.Create(predictors.Rows, endpoint, Small, 5);
        var whole = ResampleRunner.Run(plan, new NearestMeanLearner(), predictors, 0, plan.UnitCount, CancellationToken.None);
        var description = SimulatedStudy.Describe(predictors);
        Assert.Throws<ArgumentException>(() => PerformanceSummary.Summarise(description, plan, [.. whole.Skip(1)]));
        Assert.Throws<ArgumentException>(() => PerformanceSummary.Summarise(description, plan, [.. whole, whole[3]]));
    }

    [Theory]
    [InlineData(0.0, "validation.one_class")]
    [InlineData(1.0, "validation.one_class")]
    [InlineData(0.1, "validation.class_too_small")]
    public void A_class_that_is_missing_or_tiny_is_refused(double prevalence, string code)
    {
        var (predictors, endpoint) = SimulatedStudy.Make(20, 1, 1, _ => 0, prevalence: prevalence);
        var e = Assert.Throws<BadInputException>(() => ResamplingPlan.Create(predictors.Rows, endpoint, Small, 1));
        Assert.Equal(code, e.Code);
    }

    [Fact]
    public void The_smallest_study_that_is_accepted_can_be_carried_out()
    {
        var (predictors, endpoint) = SimulatedStudy.Make(10, 1, 1, _ => 0);
        var plan = ResamplingPlan.Create(predictors.Rows, endpoint, Small with { OuterResamples = 100, Folds = 10 }, 1);
        var results = ResampleRunner.Run(plan, new NearestMeanLearner(), predictors, 0, plan.UnitCount, CancellationToken.None);
        var performance = PerformanceSummary.Summarise(SimulatedStudy.Describe(predictors), plan, results);
        Assert.Contains(performance.Warnings, w => w.StartsWith("Only 5 patients", StringComparison.Ordinal));
        Assert.All(performance.Estimates, e => Assert.True(double.IsFinite(e.Value)));
    }

    [Fact]
    public void Options_outside_their_range_are_refused_by_name()
    {
        var (predictors, endpoint) = SimulatedStudy.Make(20, 1, 1, _ => 0);
        foreach (var options in new[] { Small with { Folds = 1 }, Small with { BootstrapResamples = 5 }, Small with { Level = 1 }, Small with { Folds = 21 }, Small with { BootstrapResamples = 0, Repeats = 0 } })
            Assert.Equal("validation.option", Assert.Throws<BadInputException>(() => ResamplingPlan.Create(predictors.Rows, endpoint, options, 1)).Code);
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value);
}
