using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>Measures of the probabilities of several classes.</summary>
internal static class MulticlassMeasureEntries
{
    private const EndpointKind Kind = EndpointKind.Multiclass;

    public static IReadOnlyList<Measure> All { get; } =
    [
        new("auc_hand_till", "AUC of Hand and Till", Kind, MeasureScale.Proportion,
            "Mean over pairs of classes of how well each one's probability tells it from the other (Mach Learn 2001, 45:171); pairs of cases within a fold only, "
            + "pairs of classes that no fold holds left out.")
        {
            Ideal = 1, NoInformation = 0.5, Compared = true,
            Of = (held, _) => HandTill(held),
        },
        new("brier", "Brier score", Kind, MeasureScale.NotNegative, "Sum over classes of the squared difference of probability and outcome, mean over cases; from 0 to 2.")
        {
            Ideal = 0, Compared = true,
            Of = (held, _) => Measures(held, m => m.Brier),
        },
        new("brier_scaled", "Scaled Brier score", Kind, MeasureScale.AtMostOne, "1 − Brier score / that of predicting the classes' frequencies for all.")
        {
            Ideal = 1, NoInformation = 0,
            From = new("brier", (brier, cohort) => 1 - (brier / OfFrequencies((MulticlassEndpoint)cohort)), "frequencies taken as known"),
        },
        new("accuracy", "Accuracy", Kind, MeasureScale.Proportion, "Share of cases whose most probable class, the first of equals, is the right one.")
        {
            Ideal = 1,
            Of = (held, _) => Measures(held, m => m.Accuracy),
        },
        new("balanced_accuracy", "Balanced accuracy", Kind, MeasureScale.Proportion, "Mean over the classes held out of the share of their cases that are recognised.")
        {
            Ideal = 1,
            Of = (held, _) => Measures(held, m => m.BalancedAccuracy),
        },
        new("f1_macro", "Macro F1", Kind, MeasureScale.Proportion, "Mean over the classes held out of the harmonic mean of sensitivity and positive predictive value of each.")
        {
            Ideal = 1,
            Of = (held, _) => Measures(held, m => m.MacroF1),
        },
        new("mcc", "Matthews correlation", Kind, MeasureScale.SignedUnit,
            "Correlation of assigned and right class (Gorodkin, Comput Biol Chem 2004, 28:367); 0 where all cases are assigned to one class.")
        {
            Ideal = 1, NoInformation = 0,
            // Where all decisions are the same there is no correlation: they know nothing.
            Of = (held, _) => Measures(held, m => double.IsFinite(m.Accuracy) && double.IsNaN(m.MatthewsCorrelation) ? 0 : m.MatthewsCorrelation),
        },
    ];

    private static double HandTill(IReadOnlyList<HeldOut> held) => held
        .Select(h => MulticlassAuc.Of(h.Predictions.All, h.Classes.Values, h.Classes.Labels.Count, h.Weights))
        .Aggregate(default(MulticlassAuc), (sum, part) => sum is null ? part : sum + part)?.HandTill ?? double.NaN;

    private static double Measures(IReadOnlyList<HeldOut> held, Func<MulticlassMeasures, double> figure) => held
        .Select(h => MulticlassMeasures.Of(h.Predictions.All, h.Classes.Values, h.Classes.Labels.Count, h.Weights))
        .Aggregate(default(MulticlassMeasures), (sum, part) => sum is null ? part : sum + part) is { } all ? figure(all) : double.NaN;

    private static double OfFrequencies(MulticlassEndpoint cohort) =>
        1 - cohort.Values.GroupBy(value => value).Sum(rows => Math.Pow((double)rows.Count() / cohort.Count, 2));
}
