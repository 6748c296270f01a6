using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>
/// One of several classes against all others: the measures of two classes, of the class's probability or of the decision for the most probable class
/// (the first of equals), which needs no cut-off.
/// </summary>
internal static class ClassMeasureEntries
{
    private const string Against = "One class against all others: ";
    private const double Decided = 0.5;

    public static IReadOnlyList<Measure> All { get; } =
    [
        .. ((string[])["auc", "average_precision", "calibration_in_the_large", "calibration_slope", "ici"]).Select(Probability),
        .. ((string[])["sensitivity", "specificity", "positive_predictive_value", "negative_predictive_value", "f1"]).Select(Decision),
    ];

    /// <summary>The class's probability against its occurrence.</summary>
    public static HeldOut OneAgainstOthers(HeldOut held, int which) => View(held, which, held.Predictions.Column(which), null);

    private static Measure Probability(string name)
    {
        var binary = BinaryMeasureEntries.All.Single(m => m.Name == name);
        return Of(binary, binary.Description, OneAgainstOthers);
    }

    private static Measure Decision(string name)
    {
        var binary = ThresholdMeasureEntries.All.Single(m => m.Name == name);
        return Of(binary, binary.Description.Replace("at or above the cut-off", "that are assigned to it", StringComparison.Ordinal).Replace("below the cut-off", "that are not", StringComparison.Ordinal), Assigned);
    }

    private static Measure Of(Measure binary, string description, Func<HeldOut, int, HeldOut> view) => binary with
    {
        Kind = EndpointKind.Multiclass,
        Description = Against + char.ToLowerInvariant(description[0]) + description[1..],
        Parameter = MeasureParameter.Class,
        Compared = false,
        Of = (held, which) => binary.Of([.. held.Select(h => view(h, (int)which))], double.NaN),
    };

    /// <summary>1 where the class is the most probable, else 0, against its occurrence.</summary>
    private static HeldOut Assigned(HeldOut held, int which) => View(
        held, which, [.. Enumerable.Range(0, held.Count).Select(row => MulticlassMeasures.MostProbable(held.Predictions.Row(row)) == which ? 1.0 : 0)], Decided);

    private static HeldOut View(HeldOut held, int which, double[] scores, double? cutOff) =>
        new(Occurrence(held.Classes, which), Predictions.Binary(scores), held.Weights, cutOff, () => Occurrence((MulticlassEndpoint)held.Training, which));

    private static BinaryEndpoint Occurrence(MulticlassEndpoint classes, int which) =>
        new(classes.Name, classes.Labels[which], "", [.. classes.Values.Select(value => value == which)]);
}
