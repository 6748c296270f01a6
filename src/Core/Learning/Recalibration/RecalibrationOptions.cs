using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>What maps a model's probabilities to calibrated ones.</summary>
public enum CalibrationMethod
{
    /// <summary>Logistic regression of the outcome on the logit of the probability.</summary>
    Platt,

    /// <summary>Isotonic regression of the outcome on the probability.</summary>
    Isotonic,

    /// <summary>A shift of the logit alone: calibration in the large.</summary>
    Intercept,
}

/// <summary>Validated options of a recalibration.</summary>
/// <param name="Folds">Inner folds of subjects whose held-out predictions it is fitted on.</param>
public sealed record RecalibrationOptions(CalibrationMethod Method, int Folds)
{
    internal const string RegistryName = "recalibrate";

    internal static readonly RegistryEntry Entry = new(
        RegistryName, RegistryKind.Recalibration, "Recalibrates the probabilities of the model on predictions of inner folds by the whole pipeline; part of the locked model.",
    [
        new("method", OptionType.String, "platt", null, null, ["platt", "isotonic", "intercept"],
            "Logistic regression on the logit, isotonic regression, or a shift of the logit."),
        new("folds", OptionType.Integer, 5, 2, 100, null, "Inner folds; at most as many are used as the rarest class has patients."),
    ])
    {
        Endpoints = [EndpointKind.Binary, EndpointKind.Multiclass],
    };

    public static RecalibrationOptions From(OptionValues options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var method = options.String("method") switch
        {
            "isotonic" => CalibrationMethod.Isotonic,
            "intercept" => CalibrationMethod.Intercept,
            _ => CalibrationMethod.Platt,
        };
        return new(method, options.Integer("folds"));
    }
}
