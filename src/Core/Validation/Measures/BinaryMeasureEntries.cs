using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>Measures of the probability of an event.</summary>
internal static class BinaryMeasureEntries
{
    private const EndpointKind Kind = EndpointKind.Binary;
    private const int FewestForCurve = 5;

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
        new("average_precision", "Average precision", Kind, MeasureScale.Proportion,
            "Mean positive predictive value over the events from the highest probability down; chance is the prevalence; within a fold, folds weighed by their events.")
        {
            Ideal = 1,
            Of = Measure.Ratio(AveragePrecision),
        },
        Error("ici", "Integrated calibration index", "Mean", e => e.Mean),
        Error("e50", "E50", "Median", e => e.Median),
        Error("e90", "E90", "90 % quantile", e => e.Ninetieth),
    ];

    private delegate MaximumLikelihood Fit(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> isEvent, ReadOnlySpan<double> weights = default);

    private static double Recalibration(IReadOnlyList<HeldOut> held, Fit fit) =>
        fit([.. held.SelectMany(h => h.Scores)], [.. held.SelectMany(h => h.IsEvent)], [.. held.SelectMany(h => h.Weights)]).Value;

    private static Measure Error(string name, string title, string which, Func<CalibrationErrors, double> of) => new(
        name, title, Kind, MeasureScale.NotNegative,
        which + " distance of the calibration curve from the predictions; smoother: lowess, two thirds of the cases, no robustness iterations.")
    {
        Ideal = 0,
        Stacked = true,
        Of = (held, _) => of(held is [var one] ? one.Once("calibration errors", double.NaN, () => CalibrationErrorsOf(held)) : CalibrationErrorsOf(held)),
    };

    private static (double Sum, double Count) AveragePrecision(HeldOut h, double parameter)
    {
        var events = h.IsEvent.Select((e, i) => e ? h.Weights[i] : 0).Sum();
        return events == 0 ? (0, 0) : (PrecisionRecall.Average(h.Scores, h.IsEvent, h.Weights) * events, events);
    }

    // The smoother takes each case once: cases of weight 2 come twice, the least weight of a fit being 1.
    private static CalibrationErrors CalibrationErrorsOf(IReadOnlyList<HeldOut> held)
    {
        var probabilities = new List<double>();
        var isEvent = new List<bool>();
        foreach (var h in held.Where(h => h.Count > 0))
        {
            var least = h.Weights.Min();
            for (var i = 0; i < h.Count; i++)
            {
                for (var copy = 0; copy < Math.Round(h.Weights[i] / least); copy++)
                {
                    probabilities.Add(h.Scores[i]);
                    isEvent.Add(h.IsEvent[i]);
                }
            }
        }
        return probabilities.Count < FewestForCurve
            ? new(double.NaN, double.NaN, double.NaN, double.NaN)
            : SmoothCalibration.Errors([.. probabilities], [.. isEvent]);
    }

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
