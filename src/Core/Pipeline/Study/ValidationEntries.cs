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
        "interval", RegistryKind.Validation, "Confidence intervals by running everything again inside bootstrap samples.",
        [
            new("outer", OptionType.Integer, 100, 10, 10_000, null, "Bootstrap samples in which everything is run again."),
            new("inner", OptionType.Integer, 10, 2, 1000, null, "Bootstrap samples within each of those."),
            new("inner_repeats", OptionType.Integer, 2, 2, 100, null, "Repeats of the nested cross-validation within each of those."),
            new("level", OptionType.Number, 0.95, 0.51, 0.999, null, "Coverage."),
        ]);

    public static IReadOnlyList<RegistryEntry> All { get; } = [Bootstrap, NestedCv, Interval];
}
