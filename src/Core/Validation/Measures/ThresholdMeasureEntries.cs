using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>Measures of a decision: a probability at or above the cut-off that was fixed on the training rows of its model.</summary>
internal static class ThresholdMeasureEntries
{
    private const EndpointKind Kind = EndpointKind.Binary;

    public static IReadOnlyList<Measure> All { get; } =
    [
        Share("sensitivity", "Sensitivity", "Share of events at or above the cut-off.", c => c.Sensitivity.Value),
        Share("specificity", "Specificity", "Share of non-events below the cut-off.", c => c.Specificity.Value),
        Share("positive_predictive_value", "Positive predictive value", "Share of events among the cases at or above the cut-off.", c => c.PositivePredictiveValue.Value),
        Share("negative_predictive_value", "Negative predictive value", "Share of non-events among the cases below the cut-off.", c => c.NegativePredictiveValue.Value),
        Share("accuracy", "Accuracy", "Share of cases on the right side of the cut-off.", c => c.Accuracy.Value),
        Share("f1", "F1", "Harmonic mean of sensitivity and positive predictive value.", c => c.F1),
        new("mcc", "Matthews correlation", Kind, MeasureScale.SignedUnit, "Correlation of decision and outcome; 0 where all decisions are the same.")
        {
            Ideal = 1, NoInformation = 0,
            Of = (held, _) => Matthews(Counts(held)),
        },
        new("net_benefit", "Net benefit", Kind, MeasureScale.SignedUnit,
            "True positives less false positives weighed by the odds of the threshold, per case (Vickers, Elkin, Med Decis Making 2006, 26:565).")
        {
            Ideal = 1, NoInformation = 0, Parameter = MeasureParameter.Threshold, FigureOnly = true,
            Of = (held, threshold) => DecisionCurve.Of(Counts(held, threshold), threshold),
        },
    ];

    /// <summary>The decisions of all parts, each by its own cut-off, or all by the one given; NaN where a part has none.</summary>
    private static ConfusionCounts Counts(IReadOnlyList<HeldOut> held, double? threshold = null)
    {
        var sum = default(ConfusionCounts);
        foreach (var h in held)
        {
            if ((threshold ?? h.CutOff) is not { } cutOff)
                return new(double.NaN, double.NaN, double.NaN, double.NaN);
            sum += ConfusionCounts.At(h.Scores, h.IsEvent, cutOff, h.Weights);
        }
        return sum;
    }

    private static Measure Share(string name, string title, string description, Func<ConfusionCounts, double> share) =>
        new(name, title, Kind, MeasureScale.Proportion, description) { Ideal = 1, Of = (held, _) => share(Counts(held)) };

    // Where all decisions are the same there is no correlation: they know nothing.
    private static double Matthews(ConfusionCounts counts) => counts.Total > 0 && double.IsNaN(counts.MatthewsCorrelation) ? 0 : counts.MatthewsCorrelation;
}
