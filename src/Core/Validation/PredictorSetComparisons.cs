using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>Compares predictor sets validated under one plan, resample by resample.</summary>
public static class PredictorSetComparisons
{
    /// <summary>
    /// Every pair of sets in the order given: difference of the leading measure by each scheme, with interval and two-sided p-value from the
    /// same bootstrap of the paired differences as the measure's own interval (Student's t). Without outer resamples there is no interval, hence
    /// no comparison. P is null where the differences do not vary. In 400 simulated studies of 51 cases with two worthless or two equal sets
    /// p of the AUC was below 0.05 in 1.5–5.5 %.
    /// </summary>
    public static IReadOnlyList<PredictorSetComparison> Compare(
        ResamplingPlan plan, IReadOnlyList<(string PredictorSet, IReadOnlyList<ResampleResult> Results)> sets)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(sets);
        var scores = sets.Select(s => new ResampleScores(plan, s.Results)).ToArray();
        var leading = MeasureRegistry.Leading(plan.Endpoint.Kind);
        var comparisons = new List<PredictorSetComparison>();
        for (var a = 0; a < sets.Count; a++)
        {
            for (var b = a + 1; b < sets.Count; b++)
            {
                foreach (var scheme in Scheme.Of(plan))
                {
                    var difference = scores[a].Series(leading, scheme).Less(scores[b].Series(leading, scheme));
                    if (Compared(plan, scheme, leading, difference) is var (value, interval, p))
                        comparisons.Add(new PredictorSetComparison(sets[a].PredictorSet, sets[b].PredictorSet, leading.Name, scheme.Name, value, interval, p));
                }
            }
        }
        return comparisons;
    }

    private static (double Value, Interval Interval, double? PValue)? Compared(ResamplingPlan plan, Scheme scheme, Measure measure, MeasureSeries difference)
    {
        if (ResamplingIntervals.StandardError(difference.Own, difference.ByOuter) is not var (error, df))
            return null;
        var value = EstimateList.FiniteMean(difference.Own);
        var bound = measure.Scale is MeasureScale.AtMostOne or MeasureScale.NotNegative ? double.PositiveInfinity : 1;
        if (ResamplingIntervals.Symmetric(value, difference.Own, difference.ByOuter, plan, scheme.Inner(plan), -bound, bound) is not { } interval)
            return null;
        return (value, interval, error > 0 ? StudentT.TwoSidedP(value / error, df) : null);
    }
}
