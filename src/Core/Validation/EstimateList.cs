using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>
/// The estimates of a resampled pipeline in the order in which a report gives them: the leading measure by each scheme, the other measures, those of
/// stacked predictions and of single classes by the leading scheme, then what is corrected for optimism and, last, what is apparent.
/// </summary>
internal static class EstimateList
{
    /// <param name="candidates">Candidate predictors before any selection.</param>
    public static IReadOnlyList<Estimate> Make(ResampleScores scores, ResamplingPlan plan, int candidates)
    {
        var estimates = new List<Estimate>();
        foreach (var measure in MeasureRegistry.Of(plan.Endpoint.Kind).Where(m => !m.FigureOnly))
        {
            foreach (var scheme in measure.Stacked || measure.Parameter == MeasureParameter.Class ? scores.Schemes.Take(1) : scores.Schemes)
            {
                foreach (var parameter in Parameters(measure, plan))
                    estimates.Add(Unseen(measure, scheme, parameter, scores, plan));
            }
        }
        AddOptimismCorrected(estimates, scores, plan, candidates);
        // What failed fits left without a value is not reported, nor a measure that has none.
        estimates.RemoveAll(e => !double.IsFinite(e.Value));
        return estimates;
    }

    public static double FiniteMean(double[] values) => Moments.Mean(Array.FindAll(values, double.IsFinite));

    public static IReadOnlyList<double> Parameters(Measure measure, ResamplingPlan plan) => Parameters(measure, plan.Endpoint, plan.Horizons);

    /// <summary>What a measure is made for in turn; NaN where it is of nothing in particular.</summary>
    public static IReadOnlyList<double> Parameters(Measure measure, Endpoint endpoint, IReadOnlyList<double> horizons) => measure.Parameter switch
    {
        MeasureParameter.Horizon => horizons,
        MeasureParameter.Class => [.. ((MulticlassEndpoint)endpoint).Labels.Select((_, place) => (double)place)],
        _ => [double.NaN],
    };

    /// <summary>The estimate with what it is made for in words.</summary>
    public static Estimate With(Estimate estimate, Measure measure, Endpoint endpoint, double parameter) => measure.Parameter switch
    {
        MeasureParameter.Horizon => estimate with { Horizon = parameter },
        MeasureParameter.Class => estimate with { Class = ((MulticlassEndpoint)endpoint).Labels[(int)parameter] },
        _ => estimate,
    };

    private static Estimate Unseen(Measure measure, Scheme scheme, double parameter, ResampleScores scores, ResamplingPlan plan)
    {
        var (value, interval) = ValueOf(measure, scheme, parameter, scores, plan);
        return With(new(measure.Name, scheme.Name, EstimateRole.Unseen, value, interval), measure, plan.Endpoint, parameter);
    }

    /// <summary>The value of a measure by a scheme, and its interval where there are outer samples.</summary>
    public static (double Value, Interval? Interval) ValueOf(Measure measure, Scheme scheme, double parameter, ResampleScores scores, ResamplingPlan plan)
    {
        if (measure.From is { } from)
            return from.Apply(ValueOf(MeasureRegistry.Named(measure.Kind, from.Measure), scheme, parameter, scores, plan), plan.Endpoint);
        if (measure.Stacked)
        {
            var stacked = scores.Stacked(measure, scheme, parameter);
            return (stacked.Value, Within(measure.Scale, ResamplingIntervals.ShiftedPercentiles(stacked, plan, scheme.Inner(plan))));
        }
        var series = scores.Series(measure, scheme, parameter);
        var value = FiniteMean(series.Own);
        return (value, ResamplingIntervals.Of(measure.Scale, value, series, plan, scheme.Inner(plan)));
    }

    // A shift may carry a limit past where the measure can be.
    private static Interval? Within(MeasureScale scale, Interval? interval) =>
        interval is not null && scale is MeasureScale.NotNegative && interval.Low < 0 ? interval with { Low = 0, High = Math.Max(0, interval.High) } : interval;

    private static void AddOptimismCorrected(List<Estimate> estimates, ResampleScores scores, ResamplingPlan plan, int candidates)
    {
        var series = new OptimismSeries(scores, plan);
        var leading = scores.Leading;
        if (plan.Options.BootstrapResamples > 0)
        {
            // .632+ has no value by sample: its Monte Carlo variance is that of .632 at least, near enough for what is left of it.
            Add("632+", candidates <= plan.Rows.Count, series.Point632Plus, series.Point632BySample, series.OuterPoint632Plus, "inner Monte Carlo variance not subtracted");
            // On noise with few patients for each candidate these two keep so much of the optimism that their intervals held the truth in 84 % (docs/validation.md).
            var enough = !StudySize.AreFew(plan.RarerClassSubjects, candidates);
            Add("632", enough, series.Point632, series.Point632BySample, series.OuterPoint632, ResamplingIntervals.Subtracted);
            Add("harrell", enough, series.Harrell, series.HarrellBySample, series.OuterHarrell, ResamplingIntervals.Subtracted);
        }
        estimates.Add(new Estimate(leading.Name, "apparent", EstimateRole.Apparent, series.Apparent, null));

        void Add(string method, bool withInterval, double value, double[] bySample, IReadOnlyList<double[]> byOuter, string innerVariance)
        {
            Interval? interval = null;
            if (withInterval && byOuter.Count > 0)
            {
                var inner = ResamplingIntervals.InnerBootstrap(plan);
                interval = leading.Scale == MeasureScale.Proportion
                    ? ResamplingIntervals.OfProportion(value, bySample, byOuter, plan, inner, innerVariance)
                    : ResamplingIntervals.Symmetric(value, bySample, byOuter, plan, inner, double.NegativeInfinity, 1, innerVariance);
            }
            estimates.Add(new Estimate(leading.Name, method, EstimateRole.OptimismCorrected, value, interval));
        }
    }
}
