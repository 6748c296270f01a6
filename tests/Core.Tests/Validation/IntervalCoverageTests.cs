using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;
using RadiogenomicsCloud.Tests;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Validation;

/// <summary>How often the 95 % intervals of simulated studies hold the truth, which is known in closed form.</summary>
public sealed class IntervalCoverageTests(ITestOutputHelper output)
{
    private const int Studies = 200;
    private static readonly ResamplingOptions Options = new(BootstrapResamples: 200, Folds: 5, Repeats: 10, OuterResamples: 100, InnerResamples: 10, InnerRepeats: 2);

    [LongFact]
    public void Two_stage_intervals_cover_what_they_say_on_noise_and_on_signal()
    {
        // 51 cases of which 19 have the event, as in the study that the design speaks of.
        var noise = Simulate("noise, 10 columns", 10, _ => 0);
        var wide = Simulate("noise, 100 columns", 100, _ => 0);
        var signal = Simulate("signal in 2 of 10 columns", 10, c => c < 2 ? 0.8 : 0);
        foreach (var coverage in new[] { noise, wide, signal })
        {
            // 200 studies know a coverage of 95 % to ± 3 %.
            Assert.InRange(coverage["out_of_bag"].Expected, 0.91, 1);
            Assert.InRange(coverage["nested_cv"].Expected, 0.91, 1);
        }
        Assert.All(new[] { noise, signal }, coverage => Assert.InRange(coverage["632+"].Expected, 0.9, 1));
        // No wider than they must be: the mean half width is at most 1.4 times that of an oracle that knows the estimate's spread over studies.
        Assert.All(new[] { noise, wide, signal }.SelectMany(c => new[] { c["out_of_bag"], c["nested_cv"] }), c => Assert.InRange(c.WidthRatio, 0.8, 1.4));
    }

    [LongFact]
    public void The_comparison_of_two_worthless_or_two_equal_sets_is_seldom_significant()
    {
        foreach (var (name, shift) in new (string, Func<int, double>)[] { ("two of noise", _ => 0), ("two of the same worth", c => c is 0 or 10 ? 1 : 0) })
        {
            var rejected = new Dictionary<string, int>();
            var comparisons = new (string Method, bool Significant)[Studies][];
            Parallel.For(0, Studies, study =>
            {
                var (both, endpoint) = SimulatedStudy.Make(51, 20, DeterministicRandom.Derive(2, name, study), shift, prevalence: 0.37);
                var plan = ResamplingPlan.Create(both.Rows, endpoint, Options, (ulong)study);
                var sets = new[] { Enumerable.Range(0, 10), Enumerable.Range(10, 10) }.Select((columns, s) => (
                    $"{s}",
                    ResampleRunner.Run(plan, new NearestMeanLearner(), both.SelectColumns([.. columns]), 0, plan.UnitCount, CancellationToken.None))).ToArray();
                comparisons[study] = [.. PredictorSetComparisons.Compare(plan, sets).Select(c => (c.Method, c.PValue < 0.05))];
            });
            foreach (var (method, significant) in comparisons.SelectMany(c => c))
                rejected[method] = rejected.GetValueOrDefault(method) + (significant ? 1 : 0);
            foreach (var (method, count) in rejected)
            {
                output.WriteLine($"{name}, {method}: p < 0.05 in {count / (double)Studies:0.000}");
                // 200 studies know 5 % to ± 3 %.
                Assert.InRange(count / (double)Studies, 0, 0.085);
            }
        }
    }

    private Dictionary<string, Coverage> Simulate(string name, int columns, Func<int, double> shift)
    {
        var studies = new (double Truth, Dictionary<string, Estimate> Estimates)[Studies];
        Parallel.For(0, Studies, study =>
        {
            var (predictors, endpoint) = SimulatedStudy.Make(51, columns, DeterministicRandom.Derive(1, name, study), shift, prevalence: 0.37);
            var plan = ResamplingPlan.Create(predictors.Rows, endpoint, Options, (ulong)study);
            var results = ResampleRunner.Run(plan, new NearestMeanLearner(), predictors, 0, plan.UnitCount, CancellationToken.None);
            var estimates = PerformanceSummary.Summarise(SimulatedStudy.Describe(predictors), plan, results).Estimates;
            studies[study] = (TrueAuc(predictors, endpoint, shift), estimates.Where(e => e is { Measure: "auc", Interval: not null }).ToDictionary(e => e.Method));
        });
        // The expected performance of the pipeline at this size, and that of each study's own locked model.
        var expected = studies.Average(s => s.Truth);
        var coverages = new Dictionary<string, Coverage>();
        output.WriteLine($"{name}: mean true AUC {expected:0.000}");
        foreach (var method in studies[0].Estimates.Keys)
        {
            var of = studies.Select(s => (s.Truth, Estimate: s.Estimates[method])).ToArray();
            var spread = Math.Sqrt(Moments.SampleVariance([.. of.Select(s => s.Estimate.Value)]));
            var coverage = new Coverage(
                of.Count(s => Holds(s.Estimate, expected)) / (double)Studies,
                of.Count(s => Holds(s.Estimate, s.Truth)) / (double)Studies,
                of.Average(s => (s.Estimate.Interval!.High - s.Estimate.Interval.Low) / 2) / (1.96 * spread));
            coverages.Add(method, coverage);
            output.WriteLine(
                $"  {method}: mean {of.Average(s => s.Estimate.Value):0.000}, SD {spread:0.000}, holds the expected AUC {coverage.Expected:0.000}, "
                + $"the locked model's {coverage.Own:0.000}, width over oracle {coverage.WidthRatio:0.00}");
        }
        return coverages;
    }

    private static bool Holds(Estimate estimate, double value) => estimate.Interval!.Low <= value && value <= estimate.Interval.High;

    // A direction w in independent standard normal columns whose means differ by δ has AUC Φ(w·δ / (√2 |w|)).
    private static double TrueAuc(Predictors predictors, BinaryEndpoint endpoint, Func<int, double> shift)
    {
        double product = 0, square = 0;
        for (var c = 0; c < predictors.ColumnCount; c++)
        {
            var column = predictors.Column(c).ToArray();
            var weight = column.Where((_, r) => endpoint.Values[r]).Average() - column.Where((_, r) => !endpoint.Values[r]).Average();
            product += weight * shift(c);
            square += weight * weight;
        }
        return Normal.Cdf(product / Math.Sqrt(2 * square));
    }

    private sealed record Coverage(double Expected, double Own, double WidthRatio);
}
