using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Validation;

/// <summary>Sites left out, splits and label permutations.</summary>
public sealed class SchemeTests
{
    private static readonly ResamplingOptions NoBootstrap = new(BootstrapResamples: 0, Repeats: 0, OuterResamples: 0);

    public static TheoryData<EndpointKind> Kinds => [.. Enum.GetValues<EndpointKind>()];

    [Fact]
    public void Each_site_is_held_out_once_and_judged_within_itself()
    {
        var study = AnyStudy.Make(EndpointKind.Binary, 45, 3, 1, 1);
        var plan = AnyStudy.Plan(study, NoBootstrap with { LeaveOneSiteOut = true });
        Assert.Equal(["A", "B", "C"], plan.Sites);
        Assert.Equal(1 + 3, plan.UnitCount);
        var sites = study.Predictors.Attributes["site"];
        double wins = 0, pairs = 0;
        for (var site = 0; site < 3; site++)
        {
            var split = plan.Split(plan.Unit(1 + site));
            int[] of = [.. Enumerable.Range(0, 45).Where(r => sites[r] == plan.Sites[site])];
            Assert.Equal(of, split.HeldOutRows);
            var model = new ProjectionLearner().Fit(
                new(study.Predictors.SelectRows(split.TrainingRows), study.Endpoint.SelectRows(split.TrainingRows), 0), CancellationToken.None);
            var p = model.PredictProbability(study.Predictors.SelectRows(of));
            var y = ((BinaryEndpoint)study.Endpoint.SelectRows(of)).Values;
            for (var i = 0; i < of.Length; i++)
            {
                for (var j = 0; j < of.Length; j++)
                {
                    if (!y[i] || y[j])
                        continue;
                    pairs++;
                    wins += p[i] > p[j] ? 1 : 0;
                }
            }
        }
        var performance = Summarise(study, plan);
        Assert.Equal(("auc", "leave_one_site_out"), (performance.Estimates[0].Measure, performance.Estimates[0].Method));
        Assert.Equal(wins / pairs, performance.Estimates[0].Value, 12);
    }

    [Fact]
    public void A_drawn_split_holds_out_its_share_of_every_class_and_a_column_what_it_says()
    {
        var study = AnyStudy.Make(EndpointKind.Multiclass, 90, 1, 2, 0);
        var plan = AnyStudy.Plan(study, NoBootstrap with { HoldOut = new(Share: 0.3) });
        var held = plan.Split(plan.Unit(1)).HeldOutRows;
        Assert.Equal(27, held.Length);
        var classes = ((MulticlassEndpoint)study.Endpoint).Values;
        for (var k = 0; k < 3; k++)
            Assert.InRange(held.Count(r => classes[r] == k) - (0.3 * classes.Count(c => c == k)), -1, 1);

        var byColumn = AnyStudy.Plan(study, NoBootstrap with { HoldOut = new(Column: "part", HeldOut: "test"), OuterResamples = 10 });
        var part = study.Predictors.Attributes["hold_out"];
        foreach (var unit in Enumerable.Range(1, byColumn.UnitCount - 1).Select(byColumn.Unit))
            Assert.All(byColumn.Split(unit).HeldOutRows, r => Assert.Equal("test", part[r]));
        Assert.Equal(part.Count(p => p == "test"), byColumn.Split(byColumn.Unit(1)).HeldOutRows.Length);
    }

    [Fact]
    public void Permutations_deal_the_outcomes_out_to_patients_and_the_first_leaves_them()
    {
        var study = AnyStudy.Make(EndpointKind.Survival, 40, 1, 3, 0, rowsASubject: 2);
        var plan = AnyStudy.Plan(study, NoBootstrap with { HoldOut = new(), Permutation = new(Permutations: 30, Fits: 4) });
        var own = (SurvivalEndpoint)study.Endpoint;
        foreach (var unit in Enumerable.Range(0, plan.UnitCount).Select(plan.Unit).Where(u => u.Kind == ResampleKind.Permutation))
        {
            var dealt = (SurvivalEndpoint)plan.EndpointOf(unit);
            Assert.Equal(own.Times.Zip(own.Events).Order(), dealt.Times.Zip(dealt.Events).Order());
            for (var r = 0; r < 80; r += 2)
                Assert.Equal((dealt.Times[r], dealt.Events[r]), (dealt.Times[r + 1], dealt.Events[r + 1]));
            Assert.Equal(unit.Resample == 0, own.Times.SequenceEqual(dealt.Times));
        }
        Assert.Equal(30, Enumerable.Range(1, 30).Select(p => string.Join(',', ((SurvivalEndpoint)plan.EndpointOf(new(0, ResampleKind.Permutation, -1, p, 0))).Times)).Distinct().Count());
    }

    [Fact]
    public void Patients_whose_outcomes_differ_exchange_them_with_those_of_as_many_cases()
    {
        RowId[] rows = [.. Enumerable.Range(0, 60).Select(r => new RowId("c", $"P{(r < 40 ? r / 2 : r):00}", $"C{r:00}"))];
        bool[] y = [.. Enumerable.Range(0, 60).Select(r => r % 3 == 0)];
        var plan = ResamplingPlan.Create(rows, new BinaryEndpoint("y", "1", "0", y), NoBootstrap with { HoldOut = new(), Permutation = new() }, 1);
        var pairs = Enumerable.Range(0, 20).Select(p => (y[2 * p], y[(2 * p) + 1])).Order().ToArray();
        for (var p = 1; p <= 20; p++)
        {
            var dealt = ((BinaryEndpoint)plan.EndpointOf(new(0, ResampleKind.Permutation, -1, p, 0))).Values;
            Assert.Equal(pairs, Enumerable.Range(0, 20).Select(s => (dealt[2 * s], dealt[(2 * s) + 1])).Order());
        }
    }

    [Theory]
    [InlineData(PermutationScheme.CrossValidation)]
    [InlineData(PermutationScheme.OutOfBag)]
    public void The_permutation_test_equals_its_definition(PermutationScheme scheme)
    {
        var study = AnyStudy.Make(EndpointKind.Continuous, 40, 2, 4, 0.6);
        var plan = AnyStudy.Plan(study, NoBootstrap with { HoldOut = new(), Permutation = new(Permutations: 39, scheme, Fits: 3) });
        var results = AnyStudy.Run(plan, study.Predictors);
        var values = new List<double>();
        for (var p = 0; p <= 39; p++)
        {
            var fits = results.Where(r => plan.Unit(r.Unit) is { Kind: ResampleKind.Permutation } u && u.Resample == p).ToArray();
            Assert.Equal(3, fits.Length);
            var y = ((ContinuousEndpoint)plan.EndpointOf(plan.Unit(fits[0].Unit))).Values;
            var parts = fits.Select(f => (
                Error: f.Rows.Select((r, i) => Math.Pow(y[r] - f.Predicted[i], 2)).Sum(),
                Total: f.Rows.Sum(r => Math.Pow(y[r] - plan.Split(plan.Unit(f.Unit)).TrainingRows.Average(t => y[t]), 2)))).ToArray();
            values.Add(scheme == PermutationScheme.CrossValidation ? 1 - (parts.Sum(q => q.Error) / parts.Sum(q => q.Total)) : parts.Average(q => 1 - (q.Error / q.Total)));
        }
        var test = PerformanceSummary.Summarise(SimulatedStudy.Describe(study.Predictors), plan, results).Permutation!;
        var extreme = values.Skip(1).Count(v => v >= values[0]);
        Assert.Equal(("r2", 39, extreme), (test.Measure, test.Permutations, test.AsExtreme));
        Assert.Equal((extreme + 1) / 40.0, test.PValue, 12);
        Assert.Equal(values[0], test.Observed, 10);
        Assert.Equal(values.Skip(1).Average(), test.NullMean, 10);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Signal_is_significant_by_permutation_and_noise_seldom(EndpointKind kind)
    {
        var options = NoBootstrap with { HoldOut = new(), Permutation = new(Permutations: 19, Fits: 3) };
        var signal = AnyStudy.Make(kind, 60, 2, 5, 1.5);
        Assert.Equal(0.05, Summarise(signal, AnyStudy.Plan(signal, options)).Permutation!.PValue, 12);
        double[] p = [.. Enumerable.Range(0, 30).Select(study =>
        {
            var noise = AnyStudy.Make(kind, 45, 2, DeterministicRandom.Derive(6, "noise", study), 0);
            return Summarise(noise, AnyStudy.Plan(noise, options)).Permutation!.PValue;
        })];
        // Uniform on 1/20 … 1: the mean of 30 is 0.525 ± 0.053; more than 6 of 30 at 0.05 or 0.1 has a chance of 3 %.
        Assert.InRange(p.Average(), 0.525 - 0.16, 0.525 + 0.16);
        Assert.InRange(p.Count(v => v <= 0.1), 0, 7);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_scheme_has_an_interval_by_running_everything_again(EndpointKind kind)
    {
        var study = AnyStudy.Make(kind, 45, 2, 7, 1);
        var plan = AnyStudy.Plan(study, AnyStudy.EveryScheme with { Permutation = null, OuterResamples = 30 });
        var performance = Summarise(study, plan);
        var leading = MeasureRegistry.Leading(kind).Name;
        foreach (var method in (string[])["out_of_bag", "nested_cv", "leave_one_site_out", "hold_out"])
        {
            var estimate = performance.Estimates.Single(e => e.Measure == leading && e.Method == method);
            Assert.True(estimate.Interval!.Low < estimate.Value && estimate.Value < estimate.Interval.High, method);
            Assert.Contains("of the whole pipeline, 30", estimate.Interval.Method, StringComparison.Ordinal);
        }
        Assert.All(performance.Estimates, e => Assert.True(double.IsFinite(e.Value)));
        var comparisons = PredictorSetComparisons.Compare(plan, [("a", AnyStudy.Run(plan, study.Predictors)), ("b", AnyStudy.Run(plan, study.Predictors.SelectColumns([1])))]);
        Assert.Equal(["out_of_bag", "nested_cv", "leave_one_site_out", "hold_out"], comparisons.Select(c => c.Method));
    }

    [Fact]
    public void What_cannot_be_left_out_is_refused()
    {
        var study = AnyStudy.Make(EndpointKind.Binary, 40, 1, 8, 0);
        var (rows, sites) = (study.Predictors.Rows, study.Predictors.Attributes["site"]);
        Assert.Equal("validation.no_attribute", Code(NoBootstrap with { LeaveOneSiteOut = true }, null));
        Assert.Equal("validation.no_attribute", Code(NoBootstrap with { LeaveOneSiteOut = true }, [.. sites.Select((s, i) => i == 3 ? null : s)]));
        Assert.Equal("validation.one_site", Code(NoBootstrap with { LeaveOneSiteOut = true }, [.. sites.Select(_ => "A")]));
        Assert.Equal("validation.split", Code(NoBootstrap with { HoldOut = new(Column: "site", HeldOut: "Z") }, sites));
        // All events of the study are of one site.
        var y = ((BinaryEndpoint)study.Endpoint).Values;
        Assert.Equal("validation.class_too_small", Code(NoBootstrap with { LeaveOneSiteOut = true }, [.. y.Select(v => v ? "A" : "B")]));
        RowId[] twoSites = [.. rows.Select((r, i) => i == 1 ? rows[0] with { Case = "other" } : r)];
        var e = Assert.Throws<BadInputException>(() => ResamplingPlan.Create(
            twoSites, study.Endpoint, NoBootstrap with { LeaveOneSiteOut = true }, 1, new Dictionary<string, IReadOnlyList<string?>> { ["site"] = sites }));
        Assert.Equal("validation.patient_split", e.Code);
        Assert.DoesNotContain(rows[0].Patient, e.Message, StringComparison.Ordinal);

        string Code(ResamplingOptions options, IReadOnlyList<string?>? texts) => Assert.Throws<BadInputException>(() => ResamplingPlan.Create(
            rows, study.Endpoint, options, 1, texts is null ? null : new Dictionary<string, IReadOnlyList<string?>> { ["site"] = texts, ["hold_out"] = texts })).Code;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Chunks_change_no_byte_of_any_result(EndpointKind kind)
    {
        var study = AnyStudy.Make(kind, 36, 2, 9, 0.7);
        var plan = AnyStudy.Plan(study, AnyStudy.EveryScheme);
        var whole = AnyStudy.Run(plan, study.Predictors);
        var parts = new List<ResampleResult>();
        for (var from = (plan.UnitCount - 1) / 13 * 13; from >= 0; from -= 13)
        {
            var chunk = ResampleRunner.Run(
                AnyStudy.Plan(study, AnyStudy.EveryScheme), new ProjectionLearner(), study.Predictors, from, Math.Min(from + 13, plan.UnitCount), CancellationToken.None);
            parts.AddRange(JsonSerializer.Deserialize<ResampleResult[]>(JsonSerializer.Serialize(chunk))!);
        }
        var description = SimulatedStudy.Describe(study.Predictors);
        Assert.Equal(JsonSerializer.Serialize(whole), JsonSerializer.Serialize(parts.OrderBy(p => p.Unit)));
        Assert.Equal(
            JsonSerializer.Serialize(PerformanceSummary.Summarise(description, plan, whole)), JsonSerializer.Serialize(PerformanceSummary.Summarise(description, plan, parts)));
    }

    private static ModelPerformance Summarise((Predictors Predictors, Endpoint Endpoint) study, ResamplingPlan plan) =>
        PerformanceSummary.Summarise(SimulatedStudy.Describe(study.Predictors), plan, AnyStudy.Run(plan, study.Predictors));
}
