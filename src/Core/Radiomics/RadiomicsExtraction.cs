using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Radiomics;

/// <summary>From an imported image and its contour to features: the whole IBSI scheme in one call.</summary>
public static class RadiomicsExtraction
{
    /// <summary>Prepares the region (<see cref="ImagePreparation"/>), discretises it and computes the wanted features.</summary>
    /// <returns>As <see cref="FeatureExtractor"/>: the features of <see cref="FeatureCatalogue.WantedFeatures"/>, NaN where undefined.</returns>
    /// <exception cref="BadInputException">Settings (checked before anything is computed), or an image and mask that do not fit.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IReadOnlyList<FeatureValue> Run(
        Volume image, Mask mask, PreprocessingSettings preprocessing, FeatureSettings features, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(preprocessing);
        FeatureExtractor.CheckDiscretisation(preprocessing.Discretise is not null, features);
        preprocessing.Validate();
        var roi = ImagePreparation.Prepare(image, mask, preprocessing, cancel);
        return FeatureExtractor.Extract(roi, preprocessing.Discretise, features, cancel);
    }
}
