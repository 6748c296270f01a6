using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>Decision curves of predictions of unseen cases.</summary>
internal static class DecisionCurves
{
    private const int Thresholds = 49;

    /// <summary>By the leading scheme, at thresholds of 2, 4, … 98 %; empty for endpoints without a risk of an event. Points without a value are left out.</summary>
    public static IReadOnlyList<DecisionPoint> Make(ResampleScores scores, ResamplingPlan plan) =>
        Make(plan.Endpoint, plan.Horizons, (measure, threshold) => EstimateList.ValueOf(measure, scores.Schemes[0], threshold, scores, plan));

    /// <summary>The same of a locked model.</summary>
    public static IReadOnlyList<DecisionPoint> Make(LockedMeasures locked, Endpoint endpoint, IReadOnlyList<double> horizons) =>
        Make(endpoint, horizons, locked.ValueOf);

    private static List<DecisionPoint> Make(
        Endpoint endpoint, IReadOnlyList<double> horizons, Func<Measure, double, (double Value, Interval? Interval)> valueOf)
    {
        if (MeasureRegistry.Of(endpoint.Kind).FirstOrDefault(m => m is { Name: "net_benefit" }) is not { } measure)
            return [];
        var risk = Risk(endpoint, horizons);
        var points = new List<DecisionPoint>();
        for (var t = 1; t <= Thresholds; t++)
        {
            var threshold = t / (Thresholds + 1.0);
            var (value, interval) = valueOf(measure, threshold);
            if (double.IsFinite(value))
                points.Add(new(threshold, value, interval, DecisionCurve.OfAll(risk, threshold)));
        }
        return points;
    }

    /// <summary>The share of the cohort with the event; by the last horizon, for survival.</summary>
    private static double Risk(Endpoint endpoint, IReadOnlyList<double> horizons) => endpoint switch
    {
        SurvivalEndpoint survival => 1 - KaplanMeier.Fit(survival.Times, survival.Events).At(horizons[^1]),
        _ => (double)EndpointChecks.EventCount(endpoint) / endpoint.Count,
    };
}
