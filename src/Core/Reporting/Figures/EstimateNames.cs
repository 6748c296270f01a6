using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Figures;

/// <summary>Keys of <c>performance.json</c> as a reader of a journal knows them; an unknown key is shown as it is.</summary>
internal static class EstimateNames
{
    public static string Measure(string key) => key switch
    {
        "auc" => "AUC",
        "brier" => "Brier score",
        "scaled_brier" => "Scaled Brier score",
        "calibration_slope" => "Calibration slope",
        "calibration_in_the_large" => "Calibration in the large",
        _ => key,
    };

    public static string Method(string key) => key switch
    {
        "out_of_bag" => "out-of-bag bootstrap",
        "nested_cv" => "nested cross-validation",
        "apparent" => "apparent (on training cases)",
        "harrell" => "Harrell's optimism-corrected bootstrap",
        "632" => ".632 bootstrap",
        "632+" => ".632+ bootstrap",
        "external" => "locked model on unseen cases",
        _ => key,
    };

    /// <summary>For labels of figures.</summary>
    public static string ShortMethod(string key) => key switch
    {
        "out_of_bag" => "out-of-bag",
        "nested_cv" => "nested CV",
        "external" => "unseen cases",
        _ => Method(key),
    };

    public static string Role(EstimateRole role) => role switch
    {
        EstimateRole.Unseen => "unseen cases",
        EstimateRole.OptimismCorrected => "corrected for optimism",
        _ => "training cases, not performance",
    };
}
