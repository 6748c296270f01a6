using System.Globalization;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Figures;

/// <summary>Keys of <c>performance.json</c> as a reader of a journal knows them; an unknown key is shown as it is, its underscores as spaces.</summary>
internal static class EstimateNames
{
    public static string Measure(string key) => Known(key)?.Title ?? Readable(key);

    /// <summary>A measure with the time that it is of, where it is of one.</summary>
    public static string Measure(Estimate estimate) => Measure(estimate.Measure, estimate.Horizon);

    /// <summary>The same of a measure's key and the time, if any.</summary>
    public static string Measure(string key, double? horizon) => horizon is { } time
        ? Measure(key).Replace("the horizon", Time(time), StringComparison.Ordinal)
        : Measure(key);

    /// <summary>A time, in the unit of the study's table.</summary>
    public static string Time(double time) => time.ToString(time < 1000 ? "G5" : "0.#", CultureInfo.InvariantCulture);

    /// <summary>The value of a perfect model, and of one that knows nothing where that is a number of its own.</summary>
    /// <param name="prevalence">Of the event, of two classes.</param>
    public static string Ideal(EndpointKind kind, string key, double prevalence) => key switch
    {
        "auc" => "1; guessing 0.5",
        "brier" when kind is EndpointKind.Binary => string.Create(CultureInfo.InvariantCulture, $"0; the prevalence alone {prevalence * (1 - prevalence):F2}"),
        "brier_scaled" => kind is EndpointKind.Binary ? "1; the prevalence alone 0" : "1; the frequencies alone 0",
        "observed_to_expected_at" => "1; above 1, predictions are too low",
        "calibration_slope_at" => "1; below 1, predictions are too extreme",
        "calibration_slope" => "1; below 1, predictions are too extreme",
        "calibration_in_the_large" => "0; above 0, predictions are too low",
        _ when MeasureRegistry.Of(kind).FirstOrDefault(m => m.Name == key) is { } measure => measure.NoInformation is { } nothing
            ? string.Create(CultureInfo.InvariantCulture, $"{measure.Ideal}; knowing nothing {nothing}")
            : measure.Ideal.ToString(CultureInfo.InvariantCulture),
        _ => "",
    };

    public static string Method(string key) => key switch
    {
        "out_of_bag" => "out-of-bag bootstrap",
        "nested_cv" => "nested cross-validation",
        "cross_validation" => "cross-validation",
        "apparent" => "apparent (training cases)",
        "leave_one_site_out" => "leave-one-site-out",
        "hold_out" => "hold-out",
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
        "leave_one_site_out" => "sites left out",
        "hold_out" => "hold-out",
        "external" => "locked model",
        _ => Method(key),
    };

    /// <summary>A model's key in the study file.</summary>
    public static string Model(string key) => Readable(key);

    private static Measure? Known(string key) => MeasureRegistry.All.FirstOrDefault(m => m.Name == key);

    private static string Readable(string key) => key.Replace('_', ' ');
}
