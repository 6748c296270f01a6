using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>The estimates of a resampled pipeline in the order in which a report gives them.</summary>
internal static class EstimateList
{
    public static IReadOnlyList<Estimate> Make(ResampleScores scores, ResamplingPlan plan, bool candidatesExceedCases)
    {
        var (bootstrap, folds) = (ResamplingIntervals.InnerBootstrap(plan), ResamplingIntervals.InnerFolds(plan));
        var hasBootstrap = plan.Options.BootstrapResamples > 0;
        var estimates = new List<Estimate>();
        if (hasBootstrap)
        {
            var value = FiniteMean(scores.Auc.OutOfBag);
            estimates.Add(Unseen("auc", "out_of_bag", value, ResamplingIntervals.OfAuc(value, scores.Auc.OutOfBag, scores.Auc.OuterOutOfBag, plan, bootstrap)));
        }
        if (plan.Options.Repeats > 0)
        {
            var value = FiniteMean(scores.Auc.NestedCv);
            estimates.Add(Unseen("auc", "nested_cv", value, ResamplingIntervals.OfAuc(value, scores.Auc.NestedCv, scores.Auc.OuterNestedCv, plan, folds)));
        }
        AddBrier(estimates, scores, plan);
        var (method, inner) = hasBootstrap ? ("out_of_bag", bootstrap) : ("nested_cv", folds);
        foreach (var (name, measure) in new[] { ("calibration_in_the_large", CalibrationMeasure.InTheLarge), ("calibration_slope", CalibrationMeasure.Slope) })
        {
            var series = scores.Stacked(measure);
            if (double.IsFinite(series.Value))
                estimates.Add(Unseen(name, method, series.Value, ResamplingIntervals.ShiftedPercentiles(series, plan, inner)));
        }
        AddOptimismCorrected(estimates, scores, plan, candidatesExceedCases);
        // What failed fits left without a value is not reported.
        estimates.RemoveAll(e => !double.IsFinite(e.Value));
        return estimates;
    }

    public static double FiniteMean(double[] values) => Moments.Mean(Array.FindAll(values, double.IsFinite));

    private static void AddBrier(List<Estimate> estimates, ResampleScores scores, ResamplingPlan plan)
    {
        var prevalence = (double)plan.Endpoint.EventCount / plan.Endpoint.Count;
        var parts = new[]
        {
            ("out_of_bag", scores.Brier.OutOfBag, scores.Brier.OuterOutOfBag, ResamplingIntervals.InnerBootstrap(plan)),
            ("nested_cv", scores.Brier.NestedCv, scores.Brier.OuterNestedCv, ResamplingIntervals.InnerFolds(plan)),
        };
        foreach (var (method, series, byOuter, inner) in parts)
        {
            if (series.Length == 0)
                continue;
            var value = FiniteMean(series);
            var interval = ResamplingIntervals.Symmetric(value, series, byOuter, plan, inner, 0, 1);
            estimates.Add(Unseen("brier", method, value, interval));
            estimates.Add(Unseen("brier_scaled", method, BrierScore.Scaled(value, prevalence), ScaledBrierInterval.Of(interval, prevalence)));
        }
    }

    private static void AddOptimismCorrected(List<Estimate> estimates, ResampleScores scores, ResamplingPlan plan, bool candidatesExceedCases)
    {
        var series = new OptimismSeries(scores, plan);
        if (plan.Options.BootstrapResamples > 0)
        {
            // .632+ has no value by sample: its Monte Carlo variance is that of .632 at least, near enough for what is left of it.
            Add("632+", series.Point632Plus, series.Point632BySample, series.OuterPoint632Plus, "inner Monte Carlo variance not subtracted");
            Add("632", series.Point632, series.Point632BySample, series.OuterPoint632, ResamplingIntervals.Subtracted);
            Add("harrell", series.Harrell, series.HarrellBySample, series.OuterHarrell, ResamplingIntervals.Subtracted);
        }
        estimates.Add(new Estimate("auc", "apparent", EstimateRole.Apparent, series.Apparent, null));

        void Add(string method, double value, double[] bySample, IReadOnlyList<double[]> byOuter, string innerVariance)
        {
            Interval? interval = null;
            if (!candidatesExceedCases)
            {
                interval = byOuter.Count > 0
                    ? ResamplingIntervals.OfAuc(value, bySample, byOuter, plan, ResamplingIntervals.InnerBootstrap(plan), innerVariance)
                    : ResamplingIntervals.LocationShifted(value, series.Apparent, series.ApparentBySample, plan);
            }
            estimates.Add(new Estimate("auc", method, EstimateRole.OptimismCorrected, value, interval));
        }
    }

    private static Estimate Unseen(string measure, string method, double value, Interval? interval) =>
        new(measure, method, EstimateRole.Unseen, value, interval);
}
