using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>Measures of the probability of an event.</summary>
internal static class BinaryMeasureEntries
{
    private const EndpointKind Kind = EndpointKind.Binary;

    public static IReadOnlyList<Measure> All { get; } =
    [
        new("auc", "AUC", Kind, MeasureScale.Proportion,
            "Share of pairs of an event and a non-event that are ordered rightly, ties one half; direction fixed, pairs within a fold only.")
        {
            Ideal = 1, NoInformation = 0.5, Compared = true,
            Of = Measure.Ratio((h, _) => Auc.Concordance(h.Scores, h.IsEvent, h.Weights)),
        },
        new("brier", "Brier score", Kind, MeasureScale.UnitInterval, "Mean squared difference of probability and outcome.")
        {
            Ideal = 0, Compared = true,
            Of = Measure.Ratio((h, _) =>
            {
                var count = h.Weights.Sum();
                return count == 0 ? (0, 0) : (BrierScore.Compute(h.Scores, h.IsEvent, h.Weights) * count, count);
            }),
        },
        new("brier_scaled", "Scaled Brier score", Kind, MeasureScale.AtMostOne, "1 − Brier score / that of predicting the prevalence for all.")
        {
            Ideal = 1, NoInformation = 0,
            From = new("brier", (brier, cohort) => BrierScore.Scaled(brier, Prevalence(cohort)), "prevalence taken as known"),
        },
        new("calibration_in_the_large", "Calibration in the large", Kind, MeasureScale.Unbounded,
            "Intercept of the logistic recalibration with the slope held at 1; positive where risks are predicted too low.")
        {
            Ideal = 0, Stacked = true,
            Of = (held, _) => Recalibration(held, LogisticRecalibration.InTheLarge),
        },
        new("calibration_slope", "Calibration slope", Kind, MeasureScale.Unbounded,
            "Slope of the logistic recalibration; below 1 where predictions are too extreme, as overfitting makes them.")
        {
            Ideal = 1, Stacked = true,
            Of = (held, _) => Recalibration(held, LogisticRecalibration.Slope),
        },
        new("discrimination_slope", "Discrimination slope", Kind, MeasureScale.SignedUnit,
            "Mean probability of events less that of non-events; its difference between two predictor sets is the integrated discrimination improvement.")
        {
            Ideal = 1, NoInformation = 0, Compared = true,
            Of = (held, _) => DiscriminationSlope(held),
        },
    ];

    private delegate MaximumLikelihood Fit(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> isEvent, ReadOnlySpan<double> weights = default);

    private static double Recalibration(IReadOnlyList<HeldOut> held, Fit fit) =>
        fit([.. held.SelectMany(h => h.Scores)], [.. held.SelectMany(h => h.IsEvent)], [.. held.SelectMany(h => h.Weights)]).Value;

    private static double Prevalence(Endpoint cohort) => (double)((BinaryEndpoint)cohort).EventCount / cohort.Count;

    private static double DiscriminationSlope(IReadOnlyList<HeldOut> held)
    {
        double events = 0, others = 0, ofEvents = 0, ofOthers = 0;
        foreach (var h in held)
        {
            for (var i = 0; i < h.Count; i++)
            {
                if (h.IsEvent[i])
                    (events, ofEvents) = (events + h.Weights[i], ofEvents + (h.Weights[i] * h.Scores[i]));
                else
                    (others, ofOthers) = (others + h.Weights[i], ofOthers + (h.Weights[i] * h.Scores[i]));
            }
        }
        return (ofEvents / events) - (ofOthers / others);
    }
}
