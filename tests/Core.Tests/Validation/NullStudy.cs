using System.Globalization;
using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Statistics;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Validation;

/// <summary>A pipeline as a study file names it, and the studies that it is tried on.</summary>
/// <param name="Signal">How much the first two columns bear on the outcome; 0 is pure noise.</param>
internal sealed record NullSetting(
    string Name, IReadOnlyList<NamedOptions> Select, NamedOptions Model, EndpointKind Kind = EndpointKind.Binary, int Cases = 60, int Columns = 500, double Signal = 0)
{
    /// <summary>In place of <see cref="Select"/> and <see cref="Model"/>, for a quick learner that no study file names.</summary>
    public IModelLearner? Learner { get; init; }

    /// <summary>In place of the leading measure.</summary>
    public string? Judged { get; init; }

    /// <summary>What the pipeline is judged by.</summary>
    public Measure Measure => Judged is null ? MeasureRegistry.Leading(Kind) : MeasureRegistry.Named(Kind, Judged);

    public IModelLearner Pipeline() => Learner ?? LearningRegistry.Pipeline(Select, Model);

    public static NamedOptions Named(string name, string options = "{}") => new(name, JsonDocument.Parse(options).RootElement);
}

/// <summary>What one way of estimating gave over many studies.</summary>
/// <param name="Error">Monte-Carlo standard error of <paramref name="Mean"/>.</param>
/// <param name="Truth">Mean of what the locked models are worth on many new cases.</param>
/// <param name="Coverage">
/// Share of the intervals that hold <paramref name="Truth"/>, or, of the one locked model of <c>external</c>, what that model is worth; null where there are none.
/// </param>
/// <param name="WidthRatio">Mean half width over that of an oracle who knows the spread of the estimates over studies.</param>
internal sealed record NullFigure(
    string Method, int Studies, double Mean, double Error, double Truth, int Intervals, double? Coverage, double CoverageError, double WidthRatio)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Method,-20} {Mean:0.0000} ± {Error:0.0000} of {Studies} studies; truth {Truth:0.0000}{(Coverage is { } c
            ? $"; {Intervals} intervals hold it in {c:0.000} ± {CoverageError:0.000}, width over oracle {WidthRatio:0.00}" : "")}");
}

/// <summary>
/// Runs a whole pipeline under a whole plan on many simulated studies and gathers, by method, one measure: what is claimed for noise and
/// for the coverage of intervals is measured with it. A locked model is scored on one other cohort of the same size (<c>external</c>) and, for
/// the truth, on a large one.
/// </summary>
internal static class NullStudy
{
    private const string External = "external";
    private const int CasesForTruth = 2000;

    public static IReadOnlyList<NullFigure> Run(NullSetting setting, ResamplingOptions options, int studies, ulong seed = 1)
    {
        var found = new (double Truth, IReadOnlyList<Estimate> Estimates)[studies];
        Parallel.For(0, studies, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, study =>
            found[study] = One(setting, options, DeterministicRandom.Derive(seed, setting.Name, study)));
        var truth = found.Average(f => f.Truth);
        return
        [
            .. found.SelectMany(f => f.Estimates.Select(e => (Estimate: e, Target: e.Method == External ? f.Truth : truth)))
                .GroupBy(f => f.Estimate.Method).Select(of => Figure(of.Key, [.. of], truth)),
        ];
    }

    /// <summary>The same, written down.</summary>
    public static IReadOnlyList<NullFigure> Print(ITestOutputHelper output, NullSetting setting, ResamplingOptions options, int studies)
    {
        output.WriteLine($"{setting.Name}: {setting.Kind}, {setting.Measure.Name}, {setting.Cases} cases, {setting.Columns} columns, signal {setting.Signal}");
        var figures = Run(setting, options, studies);
        foreach (var figure in figures)
            output.WriteLine($"  {figure}");
        return figures;
    }

    private static NullFigure Figure(string method, (Estimate Estimate, double Target)[] of, double truth)
    {
        double[] values = [.. of.Select(f => f.Estimate.Value)];
        var spread = Math.Sqrt(Moments.SampleVariance(values));
        var figure = new NullFigure(method, values.Length, values.Average(), spread / Math.Sqrt(values.Length), truth, 0, null, double.NaN, double.NaN);
        (Interval Interval, double Target)[] intervals = [.. of.Where(f => f.Estimate.Interval is not null).Select(f => (f.Estimate.Interval!, f.Target))];
        if (intervals.Length == 0)
            return figure;
        var coverage = intervals.Average(i => i.Interval.Low <= i.Target && i.Target <= i.Interval.High ? 1.0 : 0);
        return figure with
        {
            Intervals = intervals.Length,
            Coverage = coverage,
            CoverageError = Math.Sqrt(coverage * (1 - coverage) / intervals.Length),
            WidthRatio = intervals.Average(i => (i.Interval.High - i.Interval.Low) / 2) / (1.96 * spread),
        };
    }

    private static (double Truth, IReadOnlyList<Estimate> Estimates) One(NullSetting setting, ResamplingOptions options, ulong seed)
    {
        var study = Cohort(setting, setting.Cases, seed, "own");
        var plan = AnyStudy.Plan(study, options, seed);
        var learner = setting.Pipeline();
        var results = ResampleRunner.Run(plan, learner, study.Predictors, 0, plan.UnitCount, CancellationToken.None);
        var performance = PerformanceSummary.Summarise(SimulatedStudy.Describe(study.Predictors), plan, results);
        var (rows, fitSeed) = ResamplingPlan.FullFit(study.Predictors.Rows, seed);
        var locked = learner.Fit(new TrainingSet(study.Predictors, study.Endpoint, fitSeed).SelectRows(rows), CancellationToken.None);
        IEnumerable<Estimate> estimates = performance.Estimates.Where(e => e.Measure == setting.Measure.Name);
        if (options.OuterResamples == 0)
            estimates = estimates.Append(Score(locked, Cohort(setting, setting.Cases, seed, External), setting.Measure));
        // On noise what a model is worth is known without trying it.
        var truth = setting.Signal == 0 ? setting.Measure.NoInformation!.Value : Worth(locked, Cohort(setting, CasesForTruth, seed, "truth"), setting.Measure, plan.Times);
        return (truth, [.. estimates]);
    }

    private static Estimate Score(IFittedModel locked, (Predictors Predictors, Endpoint Endpoint) cohort, Measure measure) =>
        ExternalValidation.Score(locked, cohort.Predictors, cohort.Endpoint, "x", "x").Models[0].Estimates.First(e => e.Measure == measure.Name);

    /// <summary>Without an interval, which would take longer than everything else in a large cohort.</summary>
    private static double Worth(IFittedModel locked, (Predictors Predictors, Endpoint Endpoint) cohort, Measure measure, IReadOnlyList<double> times) => measure.Of(
        [new(cohort.Endpoint, UnseenPredictions.Make(locked, cohort.Predictors, times).Predictions, [.. cohort.Predictors.Rows.Select(_ => 1.0)], null, () => cohort.Endpoint)],
        double.NaN);

    private static (Predictors Predictors, Endpoint Endpoint) Cohort(NullSetting setting, int cases, ulong seed, string name)
    {
        var (predictors, endpoint) = AnyStudy.Make(setting.Kind, cases, setting.Columns, DeterministicRandom.Derive(seed, name, 0), setting.Signal);
        return (new Predictors([.. predictors.Rows.Select(r => r with { Cohort = name })], predictors.Columns, predictors.All.ToArray()) { Attributes = predictors.Attributes }, endpoint);
    }
}
