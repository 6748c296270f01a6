using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>Validated options of a random forest; 0 stands for the default of the endpoint.</summary>
/// <param name="SampleFraction">Patients drawn for a tree as a share of all.</param>
/// <param name="Replace">Whether they are drawn with replacement.</param>
internal sealed record ForestOptions(int Trees, int Mtry, int MinNodeSize, int MaxDepth, double SampleFraction, bool Replace)
{
    public static readonly OptionDescriptor TreesOption =
        new("ntree", OptionType.Integer, 500, 1, 100_000, null, "Number of trees.");

    public static readonly OptionDescriptor MtryOption = new(
        "mtry", OptionType.Integer, null, 1, null, null,
        "Columns drawn at each node to be split, at most all; if not given, the square root of their number (rounded up for survival), or a third for a continuous endpoint.")
    {
        Search = new(1, 50, Logarithmic: true),
    };

    public static readonly OptionDescriptor MinNodeSizeOption = new(
        "min_node_size", OptionType.Integer, null, 1, null, null,
        "Nodes of that many cases or fewer are not split; if not given, 1 for classes, 5 for a continuous endpoint, 15 for survival.")
    {
        Search = new(1, 30, Logarithmic: true),
    };

    public static ForestOptions From(OptionValues options) => new(
        options.Integer("ntree"),
        options.Integer("mtry"),
        options.Integer("min_node_size"),
        options.Integer("max_depth") is 0 ? int.MaxValue : options.Integer("max_depth"),
        options.Number("sample_fraction"),
        options.Boolean("replace"));

    /// <summary>Those of a forest on full bootstraps of patients.</summary>
    public static ForestOptions Plain(OptionValues options) =>
        new(options.Integer("ntree"), options.Integer("mtry"), options.Integer("min_node_size"), int.MaxValue, 1, Replace: true);

    public TreeSettings Settings(EndpointKind kind, int columns)
    {
        // Rounded as in randomForest for classes and numbers, as in ranger and randomForestSRC for survival.
        var usual = kind switch
        {
            EndpointKind.Continuous => columns / 3,
            EndpointKind.Survival => (int)Math.Ceiling(Math.Sqrt(columns)),
            _ => (int)Math.Sqrt(columns),
        };
        var mtry = Mtry > 0 ? Mtry : usual;
        var size = MinNodeSize > 0 ? MinNodeSize : kind switch { EndpointKind.Continuous => 5, EndpointKind.Survival => 15, _ => 1 };
        return new(Math.Max(1, mtry), size + 1, 1, MaxDepth, Midpoint: true);
    }
}
