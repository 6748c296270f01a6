using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>
/// Measures of how right predicted survival is at a horizon, of all held-out cases together: few cases of one fold do not have them.
/// </summary>
internal static class SurvivalCalibrationEntries
{
    private const int FewestForCurve = 5;

    /// <summary>Keeps the complementary log-log of a certain prediction finite.</summary>
    private const double Certain = 1e-6;

    public static IReadOnlyList<Measure> All { get; } =
    [
        new("observed_to_expected_at", "Observed over expected risk at the horizon", EndpointKind.Survival, MeasureScale.NotNegative,
            "1 − Kaplan–Meier survival of all held-out cases together over the mean predicted risk: calibration in the large; above 1 where risks are predicted too low.")
        {
            Ideal = 1, Parameter = MeasureParameter.Horizon, Stacked = true,
            Of = (held, horizon) => Of(held, horizon, (h, s, w) => SurvivalCalibration.ObservedToExpected(h.Times, h.Events, s, horizon, w)),
        },
        new("calibration_slope_at", "Calibration slope at the horizon", EndpointKind.Survival, MeasureScale.Unbounded,
            "Coefficient of log(−log(predicted survival)) in a Cox regression (Breslow) of the follow-up up to the horizon; below 1 where predictions are too extreme, as overfitting makes them.")
        {
            Ideal = 1, Parameter = MeasureParameter.Horizon, Stacked = true,
            Of = (held, horizon) => Of(held, horizon, (h, s, w) => Slope(h, s, horizon, w)),
        },
        Error("ici_at", "Integrated calibration index at the horizon", "Mean", e => e.Mean),
        Error("e50_at", "E50 at the horizon", "Median", e => e.Median),
        Error("e90_at", "E90 at the horizon", "90 % quantile", e => e.Ninetieth),
    ];

    /// <summary>The slope on follow-up cut off at the horizon, so that it is of that horizon also where hazards are not proportional. Breslow's ties: a weight of 2 is two copies.</summary>
    internal static double Slope(SurvivalEndpoint outcome, double[] survival, double horizon, double[] weights)
    {
        double[] times = [.. outcome.Times.Select(t => Math.Min(t, horizon))];
        bool[] events = [.. outcome.Events.Select((e, i) => e && outcome.Times[i] <= horizon)];
        double[] x = [.. survival.Select(s => Math.Log(-Math.Log(Math.Clamp(s, Certain, 1 - Certain))))];
        return new UnivariateCox(times, events, TiedEvents.Breslow, weights).Fit(x).Value;
    }

    private static Measure Error(string name, string title, string which, Func<CalibrationErrors, double> of) => new(
        name, title, EndpointKind.Survival, MeasureScale.NotNegative,
        which + " distance of the calibration curve at the horizon from the predicted risks: lowess of jackknife pseudo-values, two thirds of the cases, no robustness iterations.")
    {
        Ideal = 0,
        Parameter = MeasureParameter.Horizon,
        Stacked = true,
        Of = (held, horizon) => of(held is [var one] ? one.Once("calibration errors", horizon, () => ErrorsAt(held, horizon)) : ErrorsAt(held, horizon)),
    };

    private static CalibrationErrors ErrorsAt(IReadOnlyList<HeldOut> held, double horizon)
    {
        var (outcome, survival) = Copies(held, horizon);
        return survival.Length < FewestForCurve
            ? new(double.NaN, double.NaN, double.NaN, double.NaN)
            : SurvivalCalibration.Errors(outcome.Times, outcome.Events, survival, horizon);
    }

    private static double Of(IReadOnlyList<HeldOut> held, double horizon, Func<SurvivalEndpoint, double[], double[], double> measure)
    {
        var outcome = Joined([.. held.Select(h => (SurvivalEndpoint)h.Outcome)]);
        return measure(outcome, [.. held.SelectMany(h => SurvivalMeasureEntries.SurvivalAt(h, horizon))], [.. held.SelectMany(h => h.Weights)]);
    }

    // A jackknife takes each case once: cases of weight 2 come twice, the least weight of a fit being 1.
    private static (SurvivalEndpoint Outcome, double[] Survival) Copies(IReadOnlyList<HeldOut> held, double horizon)
    {
        List<SurvivalEndpoint> outcomes = [];
        List<double> survival = [];
        foreach (var h in held.Where(h => h.Count > 0))
        {
            var least = h.Weights.Min();
            int[] rows = [.. Enumerable.Range(0, h.Count).SelectMany(i => Enumerable.Repeat(i, (int)Math.Round(h.Weights[i] / least)))];
            var predicted = SurvivalMeasureEntries.SurvivalAt(h, horizon);
            outcomes.Add((SurvivalEndpoint)h.Outcome.SelectRows(rows));
            survival.AddRange(rows.Select(r => predicted[r]));
        }
        return (Joined(outcomes), [.. survival]);
    }

    private static SurvivalEndpoint Joined(List<SurvivalEndpoint> parts) =>
        new(parts.Count > 0 ? parts[0].Name : "", [.. parts.SelectMany(p => p.Times)], [.. parts.SelectMany(p => p.Events)]);
}
