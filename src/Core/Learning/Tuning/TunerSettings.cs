using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>What every tuner is told: how long it may search, and how a point is judged.</summary>
/// <param name="Budget">Evaluations at most.</param>
/// <param name="Patience">Evaluations without a lesser loss after which the search ends; 0 for never.</param>
/// <param name="Folds">Inner folds; fewer where the rarer class has fewer patients.</param>
/// <param name="Repeats">How often the inner folds are drawn.</param>
/// <param name="Measure">What held-out rows are judged by.</param>
internal sealed record TunerSettings(int Budget, int Patience, int Folds, int Repeats, string Measure)
{
    public static readonly OptionDescriptor[] Options =
    [
        new("budget", OptionType.Integer, 20, 1, 10_000, null, "Evaluations at most, each a full inner cross-validation."),
        new("patience", OptionType.Integer, 0, 0, 10_000, null, "Evaluations without improvement after which the search ends; 0 never ends it early."),
        new("folds", OptionType.Integer, 5, 2, 100, null, "Inner folds, stratified and of whole patients; at most as many are used as the rarer class has patients."),
        new("repeats", OptionType.Integer, 1, 1, 100, null, "How often the inner folds are drawn."),
        new("measure", OptionType.String, InnerMeasure.Auto, null, null, InnerMeasure.Names,
            "What held-out patients are judged by; auto takes deviance for classes, mse for a number, concordance for survival."),
    ];

    public static TunerSettings From(OptionValues options) => new(
        options.Integer("budget"), options.Integer("patience"), options.Integer("folds"), options.Integer("repeats"), options.String("measure"));
}
