using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics.LocalIntensity;

namespace RadiogenomicsCloud.Radiomics;

/// <summary>From an imported image and its contour to features: the whole IBSI scheme in one call.</summary>
public static class RadiomicsExtraction
{
    /// <summary>Prepares the region (<see cref="ImagePreparation"/>), discretises it and computes the wanted features.</summary>
    /// <returns>
    /// The features of <see cref="FeatureCatalogue.WantedFeatures"/>, NaN where undefined, with warnings that say why. That includes
    /// all that need grey levels, where a fixed bin size makes too many of this region's intensities.
    /// </returns>
    /// <exception cref="BadInputException">Settings (checked before anything is computed), or an image and mask that do not fit.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ExtractedFeatures Run(
        Volume image, Mask mask, PreprocessingSettings preprocessing, FeatureSettings features, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(preprocessing);
        FeatureExtractor.CheckDiscretisation(preprocessing.Discretise is not null, features);
        preprocessing.Validate();
        features.Validate();
        var roi = ImagePreparation.Prepare(image, mask, preprocessing, cancel);
        var values = FeatureExtractor.Extract(roi, preprocessing.Discretise, features, cancel);
        string[] surroundings = roi.SurroundingsWarning is { } warning && values.Any(v => v.Definition.Family == LocalIntensityFamily.FamilyKey) ? [warning] : [];
        return new ExtractedFeatures(values, [.. roi.Warnings, .. surroundings, .. MissingValues.Describe(values)]);
    }
}
