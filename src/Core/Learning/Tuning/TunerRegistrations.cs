using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>A tuner of the registry: its entry and how it searches.</summary>
internal sealed record TunerRegistration(RegistryEntry Entry, Func<OptionValues, SearchMethod> Create);

/// <summary>The tuners, in the order in which the documentation lists them. All share the budget and the inner score.</summary>
internal static class TunerRegistrations
{
    private static readonly OptionDescriptor Initial = new(
        "initial", OptionType.Integer, 0, 0, 10_000, null, "Evaluations of the first, space-filling design; 0 takes a number that suits the space and the budget.");

    public static readonly TunerRegistration[] All =
    [
        Of("random", "Draws points at random.", _ => RandomSearch.Points),
        Of("grid", "Tries every point of a grid.", o => GridSearch.With(o.Integer("points")),
            new OptionDescriptor("points", OptionType.Integer, 0, 0, 1000, null, "Places of each range, from end to end; 0 takes as many as the budget allows.")),
        Of("sequential", "Searches one parameter at a time, the others held at the best found.", o => SequentialSearch.With(o.Integer("points")),
            new OptionDescriptor("points", OptionType.Integer, 5, 3, 100, null, "Places that are tried of each range in a round.")),
        Of("gaussian_process", "Expected improvement under a Gaussian process of the losses.", o => GaussianProcessSearch.With(o.Integer("initial")), Initial),
        Of("tpe", "Tree-structured Parzen estimator.", o => ParzenSearch.With(o.Integer("initial"), o.Number("share"), o.Integer("candidates")),
            Initial,
            new("share", OptionType.Number, 0.1, 0.01, 0.5, null, "Share of the evaluations that count as good."),
            new("candidates", OptionType.Integer, 24, 1, 10_000, null, "Points that are drawn for each suggestion.")),
        Of("forest_smbo", "Expected improvement under a forest of regression trees.", o => ForestSearch.With(o.Integer("initial"), o.Integer("trees")),
            Initial,
            new("trees", OptionType.Integer, 30, 2, 1000, null, "Trees of the forest.")),
        Of("genetic", "A genetic algorithm.", o => GeneticSearch.With(o.Integer("population"), o.Number("mutation_rate"), o.Number("mutation_sd")),
            new OptionDescriptor("population", OptionType.Integer, 10, 2, 1000, null, "Points of a generation."),
            new OptionDescriptor("mutation_rate", OptionType.Number, 0.0, 0, 1, null, "Chance that a parameter mutates; 0 takes one over the number of parameters."),
            new OptionDescriptor("mutation_sd", OptionType.Number, 0.1, 0.001, 1, null, "Standard deviation of a mutation as a share of the range.")),
        Of("grey_wolf", "Grey wolf optimiser.", o => GreyWolfSearch.With(o.Integer("pack")),
            new OptionDescriptor("pack", OptionType.Integer, 8, 3, 1000, null, "Wolves, points of a generation.")),
    ];

    private static TunerRegistration Of(string name, string summary, Func<OptionValues, SearchMethod> create, params OptionDescriptor[] own) =>
        new(new(name, RegistryKind.Tuner, summary, [.. TunerSettings.Options, .. own]), create);
}
