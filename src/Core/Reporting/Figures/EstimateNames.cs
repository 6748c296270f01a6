using System.Globalization;

namespace RadiogenomicsCloud.Reporting.Figures;

/// <summary>Keys of <c>performance.json</c> as a reader of a journal knows them; an unknown key is shown as it is, its underscores as spaces.</summary>
internal static class EstimateNames
{
    public static string Measure(string key) => key switch
    {
        "auc" => "AUC",
        "brier" => "Brier score",
        "brier_scaled" => "Scaled Brier score",
        "calibration_slope" => "Calibration slope",
        "calibration_in_the_large" => "Calibration in the large",
        _ => Readable(key),
    };

    /// <summary>The value of a perfect model, and of one that knows nothing where that is a number of its own.</summary>
    public static string Ideal(string key, double prevalence) => key switch
    {
        "auc" => "1; guessing 0.5",
        "brier" => string.Create(CultureInfo.InvariantCulture, $"0; the prevalence alone {prevalence * (1 - prevalence):F2}"),
        "brier_scaled" => "1; the prevalence alone 0",
        "calibration_slope" => "1; below 1, predictions are too extreme",
        "calibration_in_the_large" => "0; above 0, predictions are too low",
        _ => "",
    };

    public static string Method(string key) => key switch
    {
        "out_of_bag" => "out-of-bag bootstrap",
        "nested_cv" => "nested cross-validation",
        "apparent" => "apparent (training cases)",
        "harrell" => "Harrell's bootstrap",
        "632" => ".632 bootstrap",
        "632+" => ".632+ bootstrap",
        "external" => "locked model on unseen cases",
        _ => Readable(key),
    };

    /// <summary>For labels of figures.</summary>
    public static string ShortMethod(string key) => key switch
    {
        "out_of_bag" => "out-of-bag",
        "nested_cv" => "nested CV",
        "external" => "locked model",
        _ => Method(key),
    };

    /// <summary>A model's key in the study file.</summary>
    public static string Model(string key) => Readable(key);

    private static string Readable(string key) => key.Replace('_', ' ');
}
