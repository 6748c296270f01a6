using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Validation;

/// <summary>Measures of a decision: a probability at or above the cut-off that was fixed on the training rows of its model.</summary>
internal static class ThresholdMeasureEntries
{
    private const EndpointKind Kind = EndpointKind.Binary;

    public static IReadOnlyList<Measure> All { get; } =
    [
        Share("sensitivity", "Sensitivity", "Share of events at or above the cut-off.", t => (t.TruePositive, t.TruePositive + t.FalseNegative)),
        Share("specificity", "Specificity", "Share of non-events below the cut-off.", t => (t.TrueNegative, t.TrueNegative + t.FalsePositive)),
        Share("positive_predictive_value", "Positive predictive value", "Share of events among the cases at or above the cut-off.", t => (t.TruePositive, t.TruePositive + t.FalsePositive)),
        Share("negative_predictive_value", "Negative predictive value", "Share of non-events among the cases below the cut-off.", t => (t.TrueNegative, t.TrueNegative + t.FalseNegative)),
        Share("accuracy", "Accuracy", "Share of cases on the right side of the cut-off.", t => (t.TruePositive + t.TrueNegative, t.All)),
        Share("f1", "F1", "Harmonic mean of sensitivity and positive predictive value.", t => (2 * t.TruePositive, (2 * t.TruePositive) + t.FalsePositive + t.FalseNegative)),
        new("mcc", "Matthews correlation", Kind, MeasureScale.SignedUnit, "Correlation of decision and outcome; 0 where all decisions are the same.")
        {
            Ideal = 1, NoInformation = 0,
            Of = (held, _) => Matthews(Counts(held)),
        },
        new("net_benefit", "Net benefit", Kind, MeasureScale.SignedUnit,
            "True positives less false positives weighed by the odds of the threshold, per case (Vickers, Elkin, Med Decis Making 2006, 26:565).")
        {
            Ideal = 1, NoInformation = 0, Parameter = MeasureParameter.Threshold, FigureOnly = true,
            Of = (held, threshold) =>
            {
                var counts = Counts(held, threshold);
                return (counts.TruePositive - (counts.FalsePositive * threshold / (1 - threshold))) / counts.All;
            },
        },
    ];

    /// <summary>The decisions of all parts, each by its own cut-off, or all by the one given.</summary>
    internal static Decisions Counts(IReadOnlyList<HeldOut> held, double? threshold = null)
    {
        double tp = 0, fp = 0, tn = 0, fn = 0;
        foreach (var h in held)
        {
            var cutOff = threshold ?? h.CutOff ?? double.NaN;
            if (double.IsNaN(cutOff))
                return new(double.NaN, double.NaN, double.NaN, double.NaN);
            for (var i = 0; i < h.Count; i++)
            {
                var positive = h.Scores[i] >= cutOff;
                if (h.IsEvent[i])
                    (tp, fn) = positive ? (tp + h.Weights[i], fn) : (tp, fn + h.Weights[i]);
                else
                    (fp, tn) = positive ? (fp + h.Weights[i], tn) : (fp, tn + h.Weights[i]);
            }
        }
        return new(tp, fp, tn, fn);
    }

    private static Measure Share(string name, string title, string description, Func<Decisions, (double Part, double Whole)> share) =>
        new(name, title, Kind, MeasureScale.Proportion, description)
        {
            Ideal = 1,
            Of = (held, _) =>
            {
                var (part, whole) = share(Counts(held));
                return part / whole;
            },
        };

    private static double Matthews(Decisions t)
    {
        var scale = Math.Sqrt((t.TruePositive + t.FalsePositive) * (t.TruePositive + t.FalseNegative) * (t.TrueNegative + t.FalsePositive) * (t.TrueNegative + t.FalseNegative));
        var difference = (t.TruePositive * t.TrueNegative) - (t.FalsePositive * t.FalseNegative);
        return scale == 0 ? 0 : difference / scale;
    }
}

/// <summary>Weighted numbers of cases by decision and outcome.</summary>
internal readonly record struct Decisions(double TruePositive, double FalsePositive, double TrueNegative, double FalseNegative)
{
    public double All => TruePositive + FalsePositive + TrueNegative + FalseNegative;
}
