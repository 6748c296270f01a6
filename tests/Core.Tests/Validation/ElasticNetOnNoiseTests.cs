using System.Diagnostics;
using System.Text.Json;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Tests;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Validation;

/// <summary>The pipeline that a study uses by default, on data where the truth is known.</summary>
public sealed class ElasticNetOnNoiseTests(ITestOutputHelper output)
{
    [LongFact]
    public void On_pure_noise_of_60_by_500_out_of_bag_and_nested_cv_report_one_half_and_the_corrections_flatter()
    {
        var means = new SortedDictionary<string, double>(StringComparer.Ordinal);
        const int studies = 10;
        var perStudy = new ModelPerformance[studies];
        var watch = Stopwatch.StartNew();
        Parallel.For(0, studies, study =>
        {
            var (predictors, endpoint) = SimulatedStudy.Make(60, 500, 500 + (ulong)study, _ => 0);
            var plan = ResamplingPlan.Create(predictors.Rows, endpoint, new ResamplingOptions(BootstrapResamples: 50, Repeats: 3, OuterResamples: 0), 1);
            var learner = LearningRegistry.Pipeline([], Named("elastic_net"));
            var results = ResampleRunner.Run(plan, learner, predictors, 0, plan.UnitCount, CancellationToken.None);
            perStudy[study] = PerformanceSummary.Summarise(SimulatedStudy.Describe(predictors), plan, results);
        });
        foreach (var estimate in perStudy.SelectMany(p => p.Estimates).Where(e => e.Measure == "auc"))
            means[estimate.Method] = means.GetValueOrDefault(estimate.Method) + (estimate.Value / studies);
        foreach (var (method, mean) in means)
            output.WriteLine($"{method} {mean:0.000}");
        output.WriteLine($"{watch.Elapsed.TotalMilliseconds / (studies * 66):0} ms a fit");
        Assert.InRange(means["out_of_bag"], 0.45, 0.55);
        Assert.InRange(means["nested_cv"], 0.45, 0.55);
        Assert.InRange(means["harrell"], 0.65, 1);
        Assert.InRange(means["632"], 0.56, 0.8);
        Assert.InRange(means["632+"], 0.5, 0.58);
    }

    private static NamedOptions Named(string name) => new(name, JsonDocument.Parse("{}").RootElement);
}
