using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Radiomics.PyRadiomics;

/// <summary>Checks of settings, with the ranges that can be asked for. Names in messages are those of the parameter file.</summary>
internal static class PyRadiomicsValidation
{
    /// <exception cref="BadInputException"><c>settings.pyradiomics</c>.</exception>
    public static void Check(PyRadiomicsFeatureSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Require(settings.BinWidth > 0 && double.IsFinite(settings.BinWidth), "binWidth", "must be a number greater than 0");
        Require(settings.BinCount is null or (>= 1 and <= SettingsValidation.MaxLevels), "binCount", FormattableString.Invariant(
            $"must be a whole number from 1 to {SettingsValidation.MaxLevels}"));
        Require(double.IsFinite(settings.VoxelArrayShift), "voxelArrayShift", "must be a finite number");
        Require(settings.Weighting is not { } weighting || Enum.IsDefined(weighting), "weightingNorm", "must be manhattan, euclidean, infinity or no_weighting");
        Require(settings.SliceAxis is null or (>= 0 and <= 2), "force2Ddimension", "must be 0, 1 or 2");
        Require(settings.DependenceCutoff is >= 0 and <= SettingsValidation.MaxLevels, "gldm_a", FormattableString.Invariant(
            $"must be a whole number from 0 to {SettingsValidation.MaxLevels}"));
    }

    /// <exception cref="BadInputException"><c>settings.pyradiomics</c>.</exception>
    public static void Check(PyRadiomicsProcessing settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Require(settings.MinimumDimensions is >= 1 and <= 3, "minimumROIDimensions", "must be 1, 2 or 3");
        Require(settings.MinimumSize is null or > 0, "minimumROISize", "must be greater than 0");
        if (settings.Normalise is { } normalise)
        {
            Require(normalise.Scale > 0 && double.IsFinite(normalise.Scale), "normalizeScale", "must be a number greater than 0");
            Require(normalise.Outliers is null || (normalise.Outliers > 0 && double.IsFinite(normalise.Outliers.Value)), "removeOutliers", "must be a number greater than 0");
        }
        if (settings.Resample is { } resample)
        {
            Require(
                resample.SpacingMm is { Count: 3 } && resample.SpacingMm.All(s => s is 0 or (>= SettingsValidation.MinSpacingMm and <= SettingsValidation.MaxSpacingMm)),
                "resampledPixelSpacing",
                FormattableString.Invariant($"takes three numbers, each 0 or from {SettingsValidation.MinSpacingMm} to {SettingsValidation.MaxSpacingMm} mm"));
            Require(Enum.IsDefined(resample.Image), "interpolator", "must be nearest, linear or cubic");
        }
        if (settings.Resegment is { } resegment)
        {
            Require(double.IsFinite(resegment.Low) && double.IsFinite(resegment.High ?? 0), "resegmentRange", "takes finite numbers");
            Require(!(resegment.Low > resegment.High), "resegmentRange", "has a lower bound above its upper bound");
            Require(Enum.IsDefined(resegment.Mode), "resegmentMode", "must be absolute, relative or sigma");
        }
    }

    private static void Require(bool condition, string key, string what)
    {
        if (!condition)
            throw new BadInputException("settings.pyradiomics", $"The setting '{key}' {what}.", key);
    }
}
