using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>Validated options of the support vector machine.</summary>
/// <param name="Gamma">Of the kernel exp(−γ ‖x − x′‖²); null for one over the number of columns.</param>
/// <param name="Epsilon">Half the width of the tube of no loss, in standard deviations of the endpoint.</param>
internal sealed record SvmOptions(bool Linear, double Cost, double? Gamma, double Epsilon, double Tolerance, int Folds)
{
    public const string RegistryName = "svm";

    public static readonly RegistryEntry Entry = new(
        RegistryName, RegistryKind.Model, "Support vector machine on standardised columns, its probabilities calibrated on inner folds that keep patients whole.",
    [
        new("kernel", OptionType.String, "linear", null, null, ["linear", "rbf"], "Linear, or radial basis functions; a fitted rbf model holds rows of training cases."),
        new("cost", OptionType.Number, 1.0, 1e-6, 1e6, null, "Cost of a violated margin.") { Search = new(0.01, 100, Logarithmic: true) },
        new("gamma", OptionType.Number, null, 1e-9, 1e6, null, "Width of the radial basis exp(-gamma d^2) on standardised columns; absent: one over the number of columns.")
        {
            Search = new(1e-4, 1, Logarithmic: true),
        },
        new("epsilon", OptionType.Number, 0.1, 0, 10, null, "Regression alone: residuals that cost nothing, in standard deviations of the endpoint."),
        new("tolerance", OptionType.Number, 1e-3, 1e-12, 0.1, null, "Greatest violation of the optimality conditions at which the solver stops, as LIBSVM's."),
        new("folds", OptionType.Integer, 5, 2, 100, null, "Inner folds for the probabilities; at most as many are used as the rarer class has patients."),
    ])
    {
        Endpoints = [EndpointKind.Binary, EndpointKind.Multiclass, EndpointKind.Continuous],
    };

    public static SvmOptions From(OptionValues options)
    {
        var gamma = options.Number("gamma");
        return new(
            options.String("kernel") == "linear",
            options.Number("cost"),
            gamma == 0 ? null : gamma,
            options.Number("epsilon"),
            options.Number("tolerance"),
            options.Integer("folds"));
    }
}
