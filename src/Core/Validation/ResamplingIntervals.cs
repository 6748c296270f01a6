using System.Globalization;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>Intervals of resampled estimates that run the whole pipeline again.</summary>
internal static class ResamplingIntervals
{
    /// <summary>What the two-stage variance is, for the description of a method.</summary>
    public const string Subtracted = "inner Monte Carlo variance subtracted";

    /// <summary>
    /// Standard error of the mean of a series: variance between cohorts by the two-stage bootstrap, plus what is left of the Monte Carlo variance
    /// of the series. Where an outer sample has one value, as for sites and a split, that value's standard deviation over the outer samples, in which
    /// the chance of a split is contained. Null where it cannot be estimated.
    /// </summary>
    public static (double StandardError, double DegreesOfFreedom)? StandardError(double[] series, IReadOnlyList<double[]> byOuter)
    {
        if (IsSingle(byOuter))
            return OfSingles(byOuter);
        if (TwoStageVariance.Estimate(byOuter) is not { } variance)
            return null;
        var finite = Array.FindAll(series, double.IsFinite);
        var monteCarlo = (finite.Length >= 2 ? Moments.SampleVariance(finite) : variance.Within) / Math.Max(1, finite.Length);
        return (Math.Sqrt(variance.Between + monteCarlo), variance.DegreesOfFreedom);
    }

    /// <summary>An interval of the kind that the measure's scale asks for; null where it cannot be estimated.</summary>
    public static Interval? Of(MeasureScale scale, double value, MeasureSeries series, ResamplingPlan plan, string? inner) => scale switch
    {
        MeasureScale.Proportion => OfProportion(value, series.Own, series.ByOuter, plan, inner),
        MeasureScale.UnitInterval => Symmetric(value, series.Own, series.ByOuter, plan, inner, 0, 1),
        MeasureScale.SignedUnit => Symmetric(value, series.Own, series.ByOuter, plan, inner, -1, 1),
        MeasureScale.AtMostOne => Symmetric(value, series.Own, series.ByOuter, plan, inner, double.NegativeInfinity, 1),
        MeasureScale.NotNegative => Symmetric(value, series.Own, series.ByOuter, plan, inner, 0, double.PositiveInfinity),
        _ => ShiftedPercentiles(new(value, [.. series.ByOuter.Select(EstimateList.FiniteMean)]), plan, inner),
    };

    /// <summary>
    /// Interval of an AUC or another share on the logit scale (delta method), Student's t. How often such
    /// intervals held the truth is in docs/validation.md; they were 1.1 to 1.7 times as wide as the estimate's spread over studies asks for: an outer sample has
    /// fewer distinct patients than the cohort, hence weaker and more variable models.
    /// </summary>
    public static Interval? OfProportion(
        double value, double[] series, IReadOnlyList<double[]> byOuter, ResamplingPlan plan, string? inner, string innerVariance = Subtracted)
    {
        if (StandardError(series, byOuter) is not var (error, df) || !double.IsFinite(value))
            return null;
        // Half a case away from 0 and 1, where the logit is infinite.
        var margin = 0.5 / plan.SubjectCount;
        var centre = Math.Clamp(value, margin, 1 - margin);
        var half = Quantile(plan, df) * error / (centre * (1 - centre));
        var logit = LogisticRecalibration.Logit(centre);
        return new Interval(
            Math.Min(value, LogisticRecalibration.Expit(logit - half)),
            Math.Max(value, LogisticRecalibration.Expit(logit + half)),
            plan.Options.Level,
            $"{Bootstrap(plan, inner)}{(inner is null ? "" : ", " + innerVariance)}, logit scale, Student t");
    }

    /// <summary>Symmetric interval, Student's t, cut at the bounds.</summary>
    public static Interval? Symmetric(
        double value, double[] series, IReadOnlyList<double[]> byOuter, ResamplingPlan plan, string? inner, double lowest, double highest,
        string innerVariance = Subtracted)
    {
        if (StandardError(series, byOuter) is not var (error, df) || !double.IsFinite(value))
            return null;
        var half = Quantile(plan, df) * error;
        return new Interval(
            Math.Max(lowest, value - half),
            Math.Min(highest, value + half),
            plan.Options.Level,
            $"{Bootstrap(plan, inner)}{(inner is null ? "" : ", " + innerVariance)}, Student t");
    }

    /// <summary>
    /// Percentiles over the outer samples, moved so that their median is the estimate; the inner Monte Carlo variance stays in, so that it is
    /// rather too wide. For measures without a variance (a slope can be very large by chance). Null where a tenth of the samples have no value.
    /// </summary>
    public static Interval? ShiftedPercentiles(StackedSeries series, ResamplingPlan plan, string? inner)
    {
        var finite = Array.FindAll(series.ByOuter, double.IsFinite);
        if (!double.IsFinite(series.Value) || finite.Length < 10 || finite.Length < 0.9 * series.ByOuter.Length)
            return null;
        Array.Sort(finite);
        var shift = series.Value - Quantiles.SortedQuantile(finite, 0.5);
        return new Interval(
            Quantiles.SortedQuantile(finite, (1 - plan.Options.Level) / 2) + shift,
            Quantiles.SortedQuantile(finite, (1 + plan.Options.Level) / 2) + shift,
            plan.Options.Level,
            $"{Bootstrap(plan, inner)}, percentiles centred on the estimate");
    }

    public static string InnerBootstrap(ResamplingPlan plan) => $"{Text(plan.InnerResamples)} bootstrap samples";

    public static string InnerFolds(ResamplingPlan plan) => $"{Text(plan.InnerRepeats)} × {Text(plan.Options.Folds)} folds";

    private static bool IsSingle(IReadOnlyList<double[]> byOuter) => byOuter.Count > 0 && byOuter.All(o => o.Length == 1);

    private static (double StandardError, double DegreesOfFreedom)? OfSingles(IReadOnlyList<double[]> byOuter)
    {
        double[] finite = [.. byOuter.Select(o => o[0]).Where(double.IsFinite)];
        return finite.Length < 10 || finite.Length < 0.9 * byOuter.Count ? null : (Math.Sqrt(Moments.SampleVariance(finite)), finite.Length - 1);
    }

    private static string Bootstrap(ResamplingPlan plan, string? inner) => inner is null
        ? $"bootstrap of the whole pipeline, {Text(plan.Options.OuterResamples)} samples"
        : $"two-stage bootstrap of the whole pipeline, {Text(plan.Options.OuterResamples)} × {inner}";

    private static double Quantile(ResamplingPlan plan, double df) => StudentT.Quantile((1 + plan.Options.Level) / 2, df);

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
