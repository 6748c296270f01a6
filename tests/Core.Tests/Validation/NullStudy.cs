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

    public static NamedOptions Named(string name, string options = "{}") => new(name, JsonDocument.Parse(options).RootElement);
}

/// <summary>What one way of estimating gave over many studies.</summary>
/// <param name="Error">Monte-Carlo standard error of <paramref name="Mean"/>.</param>
/// <param name="Truth">Mean of what the locked models are worth on many new cases; the Monte-Carlo target of the intervals.</param>
/// <param name="Coverage">Share of the intervals that hold <paramref name="Truth"/>; null where there are none.</param>
internal sealed record NullFigure(string Method, int Studies, double Mean, double Error, double Truth, double? Coverage, double CoverageError)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Method,-20} {Mean:0.0000} ± {Error:0.0000} of {Studies} studies; truth {Truth:0.0000}{(Coverage is { } c ? $"; 95 % intervals hold it in {c:0.000} ± {CoverageError:0.000}" : "")}");
}

/// <summary>
/// Runs a whole pipeline under a whole plan on many simulated studies and gathers, by method, the leading measure: what is claimed for noise and
/// for the coverage of intervals is measured with it. A locked model is scored on one other cohort of the same size (<c>external</c>) and, for
/// the truth, on a large one.
/// </summary>
internal static class NullStudy
{
    private const int CasesForTruth = 400;

    public static IReadOnlyList<NullFigure> Run(NullSetting setting, ResamplingOptions options, int studies, ulong seed = 1)
    {
        var found = new (double Truth, IReadOnlyList<Estimate> Estimates)[studies];
        Parallel.For(0, studies, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, study =>
            found[study] = One(setting, options, DeterministicRandom.Derive(seed, setting.Name, study)));
        var truth = found.Average(f => f.Truth);
        return
        [
            .. found.SelectMany(f => f.Estimates).GroupBy(e => e.Method).Select(method =>
            {
                double[] values = [.. method.Select(e => e.Value)];
                Interval[] intervals = [.. method.Select(e => e.Interval).OfType<Interval>()];
                double? coverage = intervals.Length == 0 ? null : intervals.Average(i => i.Low <= truth && truth <= i.High ? 1.0 : 0);
                return new NullFigure(
                    method.Key, values.Length, values.Average(), Math.Sqrt(Moments.SampleVariance(values) / values.Length), truth, coverage,
                    Math.Sqrt((coverage ?? 0) * (1 - (coverage ?? 0)) / Math.Max(1, intervals.Length)));
            }),
        ];
    }

    private static (double Truth, IReadOnlyList<Estimate> Estimates) One(NullSetting setting, ResamplingOptions options, ulong seed)
    {
        var study = Cohort(setting, setting.Cases, seed, "own");
        var leading = MeasureRegistry.Leading(setting.Kind).Name;
        var plan = AnyStudy.Plan(study, options, seed);
        var learner = setting.Learner ?? LearningRegistry.Pipeline(setting.Select, setting.Model);
        var results = ResampleRunner.Run(plan, learner, study.Predictors, 0, plan.UnitCount, CancellationToken.None);
        var performance = PerformanceSummary.Summarise(SimulatedStudy.Describe(study.Predictors), plan, results);
        var (rows, fitSeed) = ResamplingPlan.FullFit(study.Predictors.Rows, seed);
        var locked = learner.Fit(new TrainingSet(study.Predictors, study.Endpoint, fitSeed).SelectRows(rows), CancellationToken.None);
        var external = External(locked, Cohort(setting, setting.Cases, seed, "external"), leading);
        // On noise what a model is worth is known without trying it.
        var truth = setting.Signal == 0
            ? MeasureRegistry.Leading(setting.Kind).NoInformation!.Value
            : External(locked, Cohort(setting, CasesForTruth, seed, "truth"), leading).Value;
        return (truth, [.. performance.Estimates.Where(e => e.Measure == leading), external]);
    }

    private static Estimate External(IFittedModel locked, (Predictors Predictors, Endpoint Endpoint) cohort, string leading) =>
        ExternalValidation.Score(locked, cohort.Predictors, cohort.Endpoint, "x", "x").Models[0].Estimates.First(e => e.Measure == leading);

    private static (Predictors Predictors, Endpoint Endpoint) Cohort(NullSetting setting, int cases, ulong seed, string name)
    {
        var (predictors, endpoint) = AnyStudy.Make(setting.Kind, cases, setting.Columns, DeterministicRandom.Derive(seed, name, 0), setting.Signal);
        return (new Predictors([.. predictors.Rows.Select(r => r with { Cohort = name })], predictors.Columns, predictors.All.ToArray()) { Attributes = predictors.Attributes }, endpoint);
    }
}
