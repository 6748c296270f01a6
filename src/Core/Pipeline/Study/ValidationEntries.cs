using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Pipeline;

/// <summary>The entries of a study's <c>validate</c> list, described as those of the learning registry are.</summary>
internal static class ValidationEntries
{
    public static readonly RegistryEntry Bootstrap = new(
        "bootstrap", RegistryKind.Validation, "Out-of-bag, .632 and .632+, and optimism-corrected estimates from bootstrap samples of the patients.",
        [
            new("resamples", OptionType.Integer, 500, 10, 100_000, null, "Bootstrap samples."),
        ]);

    public static readonly RegistryEntry NestedCv = new(
        "nested_cv", RegistryKind.Validation, "Cross-validation around the whole pipeline, tuning and selection included; patients are kept whole.",
        [
            new("folds", OptionType.Integer, 5, 2, 50, null, "Folds."),
            new("repeats", OptionType.Integer, 10, 1, 10_000, null, "Repeats with other folds."),
        ]);

    public static readonly RegistryEntry Interval = new(
        "interval", RegistryKind.Validation, "Confidence intervals by running everything again inside bootstrap samples, whatever the scheme.",
        [
            new("outer", OptionType.Integer, 100, 10, 10_000, null, "Bootstrap samples in which everything is run again."),
            new("inner", OptionType.Integer, 10, 2, 1000, null, "Bootstrap samples within each of those."),
            new("inner_repeats", OptionType.Integer, 2, 2, 100, null, "Repeats of the nested cross-validation within each of those."),
            new("level", OptionType.Number, 0.95, 0.51, 0.999, null, "Coverage."),
        ]);

    public static readonly RegistryEntry LeaveOneSiteOut = new(
        "leave_one_site_out", RegistryKind.Validation, "Each site in turn is scored by models of the others; needs 'site' in 'ids'.", []);

    public static readonly RegistryEntry HoldOut = new(
        "hold_out", RegistryKind.Validation, "One part of the patients is scored by a model of the rest.",
        [
            new("share", OptionType.Number, 0.3, 0.05, 0.8, null, "Share of the patients held out, drawn from every class of the outcome; not with 'column'."),
            new("column", OptionType.String, null, null, null, null, "Column of the clinical table that names the part of each case; drawn if not given."),
            new("held_out", OptionType.String, null, null, null, null, "The text in 'column' of the cases held out; all others are for training."),
        ]);

    public static readonly RegistryEntry PermutationTest = new(
        "permutation_test", RegistryKind.Validation,
        "Label-permutation test: outcomes are dealt out anew to the patients and the whole pipeline is run again; p is valid with any scheme.",
        [
            new("permutations", OptionType.Integer, 200, 19, 100_000, null, "Deals of the outcomes; p is at least 1 / (this + 1)."),
            new("scheme", OptionType.String, "cross_validation", null, null, ["cross_validation", "out_of_bag"], "What is run under each deal."),
            new("fits", OptionType.Integer, 5, 2, 1000, null, "Folds, or bootstrap samples, of each deal."),
        ]);

    public static readonly RegistryEntry Threshold = new(
        "threshold", RegistryKind.Validation, "Where the probability of a binary endpoint becomes a decision; fixed anew on the training cases of each resample.",
        [
            new("rule", OptionType.String, "prevalence", null, null, ["prevalence", "youden", "fixed"],
                "The share of events in the training cases, the greatest sensitivity + specificity of their apparent predictions, or 'value'."),
            new("value", OptionType.Number, 0.5, 0.001, 0.999, null, "The threshold of the rule 'fixed'."),
        ]);

    public static readonly RegistryEntry RiskCategories = new(
        "risk_categories", RegistryKind.Validation,
        "Categories of the probability of a binary endpoint that lead to different decisions: predictor sets are then compared also by the cases that change category.",
        [
            new("limits", OptionType.NumberList, Array.Empty<double>(), 0.001, 0.999, null, "Probabilities between the categories, ascending; one at a limit is in the category above."),
        ]);

    public static readonly RegistryEntry RiskGroups = new(
        "risk_groups", RegistryKind.Validation, "Where the risk of a survival endpoint becomes low or high; fixed anew on the training cases of each resample.",
        [
            new("cut_off", OptionType.String, "median", null, null, ["median", "maximally_selected"],
                "The median of the training cases' risks, or where their log-rank statistic is greatest."),
        ]);

    public static readonly RegistryEntry Horizons = new(
        "horizons", RegistryKind.Validation, "Times at which survival is judged.",
        [
            new("times", OptionType.NumberList, Array.Empty<double>(), 1e-6, null, null,
                "In the unit of the endpoint's time; the quartiles of the times of the events if not given."),
        ]);

    /// <summary>Those that give an estimate on unseen cases: a study needs one.</summary>
    public static IReadOnlyList<RegistryEntry> Schemes { get; } = [Bootstrap, NestedCv, LeaveOneSiteOut, HoldOut];

    public static IReadOnlyList<RegistryEntry> All { get; } = [.. Schemes, PermutationTest, Interval, Threshold, RiskCategories, RiskGroups, Horizons];
}
