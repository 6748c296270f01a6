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
            Of = Measure.Ratio((h, horizon) => BrierAt(h, horizon)),
        },
        new("brier_scaled_at", "Scaled Brier score at the horizon", Kind, MeasureScale.AtMostOne,
            "1 − Brier score / that of the Kaplan–Meier estimate of the training rows for all (index of prediction accuracy), all held-out cases together.")
        {
            Ideal = 1, NoInformation = 0, Parameter = MeasureParameter.Horizon, Stacked = true,
            Of = (held, horizon) => Accuracy(held, h => BrierAt(h, horizon).Sum, h => NullBrierAt(h, horizon)),
        },
        new("brier_integrated", "Integrated Brier score", Kind, MeasureScale.NotNegative,
            "Mean over time, from the first to the last time of evaluation, of the Brier score (trapezoids).")
        {
            Ideal = 0, Compared = true,
            Of = Measure.Ratio((h, _) => (Integrated(h, t => BrierAt(h, t).Sum), h.Weights.Sum())),
        },
        new("brier_integrated_scaled", "Scaled integrated Brier score", Kind, MeasureScale.AtMostOne,
            "1 − integrated Brier score / that of the Kaplan–Meier estimate of the training rows for all, all held-out cases together.")
        {
            Ideal = 1, NoInformation = 0, Stacked = true,
            Of = (held, _) => Accuracy(held, h => Integrated(h, t => BrierAt(h, t).Sum), h => Integrated(h, t => NullBrierAt(h, t))),
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
        return held is [var one]
            ? DecisionCurve.ModelAtHorizon(Times(one), Events(one), RisksAt(one, horizon), horizon, threshold, one.Weights)
            : DecisionCurve.ModelAtHorizon(
                [.. held.SelectMany(Times)], [.. held.SelectMany(Events)], [.. held.SelectMany(h => RisksAt(h, horizon))], horizon, threshold,
                [.. held.SelectMany(h => h.Weights)]);
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

    private static double[] RisksAt(HeldOut h, double time) => Array.ConvertAll(SurvivalAt(h, time), s => 1 - s);

    private static CensoringDistribution Censoring(HeldOut h) => h.Once("censoring", double.NaN, () =>
    {
        var training = (SurvivalEndpoint)h.Training;
        return CensoringDistribution.Fit(training.Times, training.Events);
    });

    /// <summary>Kaplan–Meier survival of the training rows at each time that the model was asked for: not the curve, of which thousands would be kept.</summary>
    private static double[] SurvivalOfTraining(HeldOut h) => h.Once("survival of training", double.NaN, () =>
    {
        var training = (SurvivalEndpoint)h.Training;
        var curve = KaplanMeier.Fit(training.Times, training.Events);
        return h.Predictions.Times.Select(curve.At).ToArray();
    });

    private static (double Sum, double Count) Index(ConcordanceCounts counts) => (counts.Credit, counts.Pairs);

    private static (double Sum, double Count) AucAt(HeldOut h, double horizon) => TimeDependentAuc.Concordance(
        Times(h), Events(h), [.. SurvivalAt(h, horizon).Select(s => -s)], horizon, Censoring(h), h.Weights);

    private static (double Sum, double Count) BrierAt(HeldOut h, double horizon) => h.Once("brier", horizon, () =>
    {
        var count = h.Weights.Sum();
        return count == 0 ? (0, 0) : (SurvivalBrier.At(Times(h), Events(h), SurvivalAt(h, horizon), horizon, Censoring(h), h.Weights) * count, count);
    });

    /// <summary>Sum over the cases, of the Kaplan–Meier estimate of the training rows for all.</summary>
    private static double NullBrierAt(HeldOut h, double horizon) => h.Once("brier of all alike", horizon, () =>
    {
        var count = h.Weights.Sum();
        if (count == 0)
            return 0;
        var survival = SurvivalOfTraining(h)[Enumerable.Range(0, h.Predictions.Times.Count).First(t => h.Predictions.Times[t].Equals(horizon))];
        return SurvivalBrier.OfConstant(Times(h), Events(h), survival, horizon, Censoring(h), h.Weights) * count;
    });

    private static double Accuracy(IReadOnlyList<HeldOut> held, Func<HeldOut, double> brier, Func<HeldOut, double> nullBrier) =>
        SurvivalBrier.PredictionAccuracy(held.Sum(brier), held.Sum(nullBrier));

    /// <summary>Of a score at each time that the model was asked for.</summary>
    private static double Integrated(HeldOut h, Func<double, double> score) =>
        SurvivalBrier.IntegrateTrapezoids([.. h.Predictions.Times], [.. h.Predictions.Times.Select(score)]);

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
