using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>When the pooled covariance is shrunk towards a multiple of its diagonal.</summary>
internal enum ShrinkageRule
{
    /// <summary>By Ledoit and Wolf's intensity where plain discriminant analysis is not possible.</summary>
    IfNeeded,
    Never,
    LedoitWolf,

    /// <summary>By a given intensity.</summary>
    Fixed,
}

/// <summary>Validated options of linear discriminant analysis.</summary>
/// <param name="Intensity">Used by <see cref="ShrinkageRule.Fixed"/> alone.</param>
internal sealed record DiscriminantOptions(ShrinkageRule Rule, double Intensity)
{
    public const string RegistryName = "lda";

    public static readonly RegistryEntry Entry = new(
        RegistryName, RegistryKind.Model, "Linear discriminant analysis; priors are class frequencies.",
    [
        new("shrinkage", OptionType.String, "if_needed", null, null, ["if_needed", "never", "ledoit_wolf", "fixed"],
            "Shrinkage of the pooled covariance: by Ledoit and Wolf only where there are too many or collinear columns, never, always, or by 'intensity'."),
        new("intensity", OptionType.Number, 0.5, 0, 1, null, "Share of the shrinkage target where 'shrinkage' is 'fixed'; 0 is plain, 1 leaves variances alone.")
        {
            Search = new(0.01, 1),
        },
    ])
    {
        Endpoints = [EndpointKind.Binary, EndpointKind.Multiclass],
    };

    public static DiscriminantOptions From(OptionValues options) => new(
        options.String("shrinkage") switch
        {
            "never" => ShrinkageRule.Never,
            "ledoit_wolf" => ShrinkageRule.LedoitWolf,
            "fixed" => ShrinkageRule.Fixed,
            _ => ShrinkageRule.IfNeeded,
        },
        options.Number("intensity"));
}
