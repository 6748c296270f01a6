using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>
/// Measures of a risk and of survival probabilities, right-censored. Inverse probability of censoring weights are of the censoring
/// distribution of the training rows of each fit: it is learned, as everything else is.
/// </summary>
internal static class SurvivalMeasureEntries
{
    private const EndpointKind Kind = EndpointKind.Survival;

    public static IReadOnlyList<Measure> All { get; } =
    [
        new("c_harrell", "Harrell's C", Kind, MeasureScale.Proportion,
            "Share of pairs of which one is known to have its event first that the risk orders rightly, ties one half; direction fixed, pairs within a fold only.")
        {
            Ideal = 1, NoInformation = 0.5, Compared = true,
            Of = Measure.Ratio((h, _) => Index(SurvivalConcordance.Harrell(Times(h), Events(h), h.Scores, h.Weights))),
        },
        new("c_uno", "Uno's C", Kind, MeasureScale.Proportion,
            "As Harrell's C with pairs weighed for censoring, events up to the last horizon (Stat Med 2011, 30:1105).")
        {
            Ideal = 1, NoInformation = 0.5,
            Of = Measure.Ratio((h, _) => Index(SurvivalConcordance.Uno(Times(h), Events(h), h.Scores, Censoring(h), h.Predictions.Times[^1], h.Weights))),
        },
        new("auc_at", "AUC at the horizon", Kind, MeasureScale.Proportion,
            "How well survival predicted to the horizon tells cases with their event by then from those without, weighed for censoring (cumulative/dynamic).")
        {
            Ideal = 1, NoInformation = 0.5, Parameter = MeasureParameter.Horizon,
            Of = Measure.Ratio(AucAt),
        },
        new("brier_at", "Brier score at the horizon", Kind, MeasureScale.NotNegative,
            "Mean squared difference of survival predicted to the horizon and outcome, weighed for censoring (Graf et al., Stat Med 1999, 18:2529).")
        {
            Ideal = 0, Parameter = MeasureParameter.Horizon, Compared = true,
            Of = Measure.Ratio((h, horizon) => BrierAt(h, horizon, SurvivalAt(h, horizon))),
        },
        new("brier_scaled_at", "Scaled Brier score at the horizon", Kind, MeasureScale.AtMostOne,
            "1 − Brier score / that of the Kaplan–Meier estimate of the training rows for all (index of prediction accuracy), all held-out cases together.")
        {
            Ideal = 1, NoInformation = 0, Parameter = MeasureParameter.Horizon, Stacked = true,
            Of = (held, horizon) => 1 - Measure.Ratio((h, t) => (BrierAt(h, t, SurvivalAt(h, t)).Sum, BrierAt(h, t, Constant(h, t)).Sum))(held, horizon),
        },
        new("brier_integrated", "Integrated Brier score", Kind, MeasureScale.NotNegative,
            "Mean over time, from the first to the last time of evaluation, of the Brier score (trapezoids).")
        {
            Ideal = 0, Compared = true,
            Of = Measure.Ratio((h, _) => (Integrated(h, SurvivalAt), h.Weights.Sum())),
        },
        new("brier_integrated_scaled", "Scaled integrated Brier score", Kind, MeasureScale.AtMostOne,
            "1 − integrated Brier score / that of the Kaplan–Meier estimate of the training rows for all, all held-out cases together.")
        {
            Ideal = 1, NoInformation = 0, Stacked = true,
            Of = (held, parameter) => 1 - Measure.Ratio((h, _) => (Integrated(h, SurvivalAt), Integrated(h, Constant)))(held, parameter),
        },
        new("calibration_at", "Observed less predicted survival at the horizon", Kind, MeasureScale.SignedUnit,
            "Kaplan–Meier survival of all held-out cases together less the mean predicted survival; positive where risks are predicted too high.")
        {
            Ideal = 0, Parameter = MeasureParameter.Horizon, Stacked = true,
            Of = (held, horizon) => ObservedLessPredicted(held, horizon),
        },
        new("net_benefit", "Net benefit at the last horizon", Kind, MeasureScale.SignedUnit,
            "True positives less false positives weighed by the odds of the threshold, per case, the risk of those treated by Kaplan–Meier (Vickers et al., 2008).")
        {
            Ideal = 1, NoInformation = 0, Parameter = MeasureParameter.Threshold, FigureOnly = true, Stacked = true,
            Of = NetBenefit,
        },
    ];

    // Few treated cases are often not followed up to the horizon; all held-out cases together are.
    private static double NetBenefit(IReadOnlyList<HeldOut> held, double threshold)
    {
        var horizon = held[0].Predictions.Times[^1];
        return DecisionCurve.AtHorizon(
            [.. held.SelectMany(Times)], [.. held.SelectMany(Events)], [.. held.SelectMany(h => SurvivalAt(h, horizon).Select(s => 1 - s))], horizon, threshold,
            [.. held.SelectMany(h => h.Weights)]).Model;
    }

    public static double[] Times(HeldOut h) => ((SurvivalEndpoint)h.Outcome).Times;

    public static bool[] Events(HeldOut h) => ((SurvivalEndpoint)h.Outcome).Events;

    /// <summary>Predicted survival to one of the times that the model was asked for.</summary>
    public static double[] SurvivalAt(HeldOut h, double time)
    {
        for (var t = 0; t < h.Predictions.Times.Count; t++)
        {
            if (h.Predictions.Times[t].Equals(time))
                return h.Predictions.Column(1 + t);
        }
        throw new ArgumentException("Survival was not asked for at this time.", nameof(time));
    }

    private static double[] Constant(HeldOut h, double time)
    {
        var training = (SurvivalEndpoint)h.Training;
        var survival = KaplanMeier.Fit(training.Times, training.Events).At(time);
        return [.. Enumerable.Repeat(survival, h.Count)];
    }

    private static CensoringDistribution Censoring(HeldOut h)
    {
        var training = (SurvivalEndpoint)h.Training;
        return CensoringDistribution.Fit(training.Times, training.Events);
    }

    private static (double Sum, double Count) Index(ConcordanceCounts counts) => (counts.Concordant + (counts.TiedScores / 2), counts.Pairs);

    private static (double Sum, double Count) AucAt(HeldOut h, double horizon)
    {
        var weights = CensoringWeights.At(Times(h), Events(h), horizon, Censoring(h));
        var survival = SurvivalAt(h, horizon);
        int[] known = [.. Enumerable.Range(0, h.Count).Where(i => weights[i] != 0)];
        return known.Any(i => double.IsNaN(weights[i]))
            ? (double.NaN, double.NaN)
            : Auc.Concordance([.. known.Select(i => -survival[i])], [.. known.Select(i => Times(h)[i] <= horizon)], [.. known.Select(i => weights[i] * h.Weights[i])]);
    }

    private static (double Sum, double Count) BrierAt(HeldOut h, double horizon, double[] survival)
    {
        var count = h.Weights.Sum();
        return count == 0 ? (0, 0) : (SurvivalBrier.At(Times(h), Events(h), survival, horizon, Censoring(h), h.Weights) * count, count);
    }

    /// <summary>Sum over the cases.</summary>
    private static double Integrated(HeldOut h, Func<HeldOut, double, double[]> survival)
    {
        var times = h.Predictions.Times;
        if (times.Count < 2)
            return double.NaN;
        double area = 0;
        double[] scores = [.. times.Select(t => BrierAt(h, t, survival(h, t)).Sum)];
        for (var t = 1; t < times.Count; t++)
            area += (times[t] - times[t - 1]) * (scores[t] + scores[t - 1]) / 2;
        return area / (times[^1] - times[0]);
    }

    private static double ObservedLessPredicted(IReadOnlyList<HeldOut> held, double horizon)
    {
        double[] weights = [.. held.SelectMany(h => h.Weights)];
        var observed = KaplanMeier.Fit([.. held.SelectMany(Times)], [.. held.SelectMany(Events)], weights).At(horizon);
        double sum = 0;
        foreach (var h in held)
        {
            var survival = SurvivalAt(h, horizon);
            for (var i = 0; i < h.Count; i++)
                sum += h.Weights[i] * survival[i];
        }
        return observed - (sum / weights.Sum());
    }
}
