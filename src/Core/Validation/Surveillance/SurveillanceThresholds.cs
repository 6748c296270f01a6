namespace RadiogenomicsCloud.Validation;

/// <summary>When a locked model that meets new cases is to be looked at: the study's <c>revalidate</c>.</summary>
/// <param name="FewestCases">New cases that are awaited before anything is compared.</param>
/// <param name="AucDrop">Fall of the AUC, of survival of Harrell's C, below the locked figure.</param>
/// <param name="CalibrationInTheLarge">Change of calibration in the large, in log-odds, either way.</param>
/// <param name="CalibrationSlope">Change of the calibration slope, either way.</param>
/// <param name="InputDrift">Kolmogorov–Smirnov distance of a predictor between training and new cases.</param>
/// <param name="MissingRise">Rise of the share of cases in which a predictor is missing.</param>
public sealed record SurveillanceThresholds(
    int FewestCases = 20, double AucDrop = 0.1, double CalibrationInTheLarge = 0.5, double CalibrationSlope = 0.5, double InputDrift = 0.3,
    double MissingRise = 0.2)
{
    /// <summary>With fewer new cases of either class there is no performance to speak of.</summary>
    public const int FewestOfAClass = 5;
}
