using RadiogenomicsCloud.Fitting;
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
        var leading = MeasureRegistry.Leading(plan.Endpoint.Kind);
        return Pairs(plan, sets, (a, b, scheme) => [Difference(plan, scheme, leading, double.NaN, a, b)]);
    }

    /// <summary>
    /// The same by the other measures of <see cref="MeasureRegistry"/> by which sets are compared: among them the discrimination slope, whose
    /// difference is the integrated discrimination improvement of A over B. For a binary endpoint also the continuous net reclassification improvement,
    /// <c>nri_continuous</c>: of the events the share whose probability is higher under A less the share whose is lower, plus the reverse of the
    /// non-events (Pencina et al., Stat Med 2011, 30:11), the probabilities of both sets being those of the same resample. Where the study gives
    /// categories of risk, or a fixed threshold, also the categorical one, <c>nri_categorical</c> (Pencina et al., Stat Med 2008, 27:157): the same of
    /// the cases whose category differs. Both favour added noise in small studies (Hilden, Gerds, Stat Med 2014, 33:3405): a supplement, never the evidence.
    /// </summary>
    public static IReadOnlyList<PredictorSetComparison> Further(
        ResamplingPlan plan, IReadOnlyList<(string PredictorSet, IReadOnlyList<ResampleResult> Results)> sets)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(sets);
        var measures = MeasureRegistry.Of(plan.Endpoint.Kind).Skip(1).Where(m => m.Compared).ToArray();
        return Pairs(plan, sets, (a, b, scheme) =>
        [
            .. measures.SelectMany(m => EstimateList.Parameters(m, plan).Select(p => Difference(plan, scheme, m, p, a, b))),
            .. plan.Endpoint is BinaryEndpoint ? Reclassified(plan, scheme, a, b) : [],
        ]);
    }

    private static List<PredictorSetComparison> Pairs(
        ResamplingPlan plan, IReadOnlyList<(string PredictorSet, IReadOnlyList<ResampleResult> Results)> sets,
        Func<ResampleScores, ResampleScores, Scheme, IEnumerable<PredictorSetComparison?>> compare)
    {
        var scores = sets.Select(s => new ResampleScores(plan, s.Results)).ToArray();
        var comparisons = new List<PredictorSetComparison>();
        for (var a = 0; a < sets.Count; a++)
        {
            for (var b = a + 1; b < sets.Count; b++)
            {
                foreach (var scheme in Scheme.Of(plan))
                {
                    comparisons.AddRange(compare(scores[a], scores[b], scheme).OfType<PredictorSetComparison>()
                        .Select(c => c with { SetA = sets[a].PredictorSet, SetB = sets[b].PredictorSet }));
                }
            }
        }
        return comparisons;
    }

    private static PredictorSetComparison? Difference(ResamplingPlan plan, Scheme scheme, Measure measure, double parameter, ResampleScores a, ResampleScores b)
    {
        var bound = measure.Scale is MeasureScale.AtMostOne or MeasureScale.NotNegative ? double.PositiveInfinity : measure.Scale == MeasureScale.SignedUnit ? 2 : 1;
        return Compared(plan, scheme, measure.Name, bound, a.Series(measure, scheme, parameter).Less(b.Series(measure, scheme, parameter)))
            is { } comparison ? comparison with { Horizon = double.IsFinite(parameter) ? parameter : null } : null;
    }

    private static IEnumerable<PredictorSetComparison?> Reclassified(ResamplingPlan plan, Scheme scheme, ResampleScores a, ResampleScores b)
    {
        yield return Of("nri_continuous", null);
        // A threshold that the study fixed makes two categories; one that is found anew in each resample makes none that decisions hang on.
        var limits = plan.Options.RiskCategories ?? (plan.Options.Threshold is { Rule: ThresholdRule.Fixed, Value: var value } ? [value] : null);
        if (limits is not null)
            yield return Of("nri_categorical", [.. limits]);

        PredictorSetComparison? Of(string measure, double[]? categories) => Compared(
            plan, scheme, measure, 2,
            a.Series(scheme, (kind, outer, resample) => a.Parts(kind, outer, resample) is { } ofA && b.Parts(kind, outer, resample) is { } ofB ? Improvement(ofA, ofB, categories) : double.NaN));
    }

    private static double Improvement(IReadOnlyList<HeldOut> a, IReadOnlyList<HeldOut> b, double[]? limits)
    {
        double[] now = [.. a.SelectMany(part => part.Scores)], before = [.. b.SelectMany(part => part.Scores)], weights = [.. a.SelectMany(part => part.Weights)];
        bool[] isEvent = [.. a.SelectMany(part => part.IsEvent)];
        return (limits is null
            ? Reclassification.Continuous(before, now, isEvent, weights)
            : Reclassification.Categorical(before, now, isEvent, limits, weights)).Total.Value;
    }

    private static PredictorSetComparison? Compared(ResamplingPlan plan, Scheme scheme, string measure, double bound, MeasureSeries difference)
    {
        if (ResamplingIntervals.StandardError(difference.Own, difference.ByOuter) is not var (error, df))
            return null;
        var value = EstimateList.FiniteMean(difference.Own);
        if (ResamplingIntervals.Symmetric(value, difference.Own, difference.ByOuter, plan, scheme.Inner(plan), -bound, bound) is not { } interval)
            return null;
        return new("", "", measure, scheme.Name, value, interval, error > 0 ? StudentT.TwoSidedP(value / error, df) : null);
    }
}
