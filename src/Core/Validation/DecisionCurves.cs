using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>Decision curves of predictions of unseen cases, by the leading scheme.</summary>
internal static class DecisionCurves
{
    private const int Thresholds = 49;

    /// <summary>At thresholds of 2, 4, … 98 %; empty for endpoints without a risk of an event. Points without a value are left out.</summary>
    public static IReadOnlyList<DecisionPoint> Make(ResampleScores scores, ResamplingPlan plan)
    {
        if (MeasureRegistry.Of(plan.Endpoint.Kind).FirstOrDefault(m => m is { Name: "net_benefit" }) is not { } measure)
            return [];
        var risk = Risk(plan);
        var points = new List<DecisionPoint>();
        for (var t = 1; t <= Thresholds; t++)
        {
            var threshold = t / (Thresholds + 1.0);
            var (value, interval) = EstimateList.ValueOf(measure, scores.Schemes[0], threshold, scores, plan);
            if (double.IsFinite(value))
                points.Add(new(threshold, value, interval, DecisionCurve.OfAll(risk, threshold)));
        }
        return points;
    }

    /// <summary>The share of the cohort with the event; by the last horizon, for survival.</summary>
    private static double Risk(ResamplingPlan plan) => plan.Endpoint switch
    {
        SurvivalEndpoint survival => 1 - KaplanMeier.Fit(survival.Times, survival.Events).At(plan.Horizons[^1]),
        _ => (double)EndpointChecks.EventCount(plan.Endpoint) / plan.Endpoint.Count,
    };
}
