using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Radiomics.PyRadiomics;

/// <summary>
/// The features that PyRadiomics also has, under its names and with its deviations from the standard. Values come as
/// <see cref="FeatureValue"/>s whose tag is PyRadiomics' name (<c>original_glcm_JointEntropy</c>), family its class and IBSI code that
/// of the feature that it is computed from, or empty.
/// </summary>
public static class PyRadiomicsExtraction
{
    /// <summary>Processing and features as a parameter file asks for them.</summary>
    /// <exception cref="BadInputException">Settings out of range; an image and mask that do not fit; a region smaller than asked for.</exception>
    public static ExtractedFeatures Run(Volume image, Mask mask, PyRadiomicsSettings settings, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(settings);
        PyRadiomicsValidation.Check(settings.Features);
        return Extract(Prepare(image, mask, settings.Processing, cancel), settings.Features, cancel);
    }

    /// <inheritdoc cref="PyRadiomicsPreparation.Prepare"/>
    public static RegionOfInterest Prepare(Volume image, Mask mask, PyRadiomicsProcessing settings, CancellationToken cancel) =>
        PyRadiomicsPreparation.Prepare(image, mask, settings, cancel);

    /// <summary>Grey levels of a region as PyRadiomics makes them.</summary>
    /// <exception cref="BadInputException">As <see cref="Discretiser.Discretise"/>.</exception>
    public static DiscretisedRegion Discretise(RegionOfInterest roi, PyRadiomicsFeatureSettings settings) =>
        PyRadiomicsLevels.Of(roi, settings);

    /// <summary>The features of a region that was prepared in any way, with the warnings of its preparation.</summary>
    /// <exception cref="BadInputException">Settings out of range.</exception>
    public static ExtractedFeatures Extract(RegionOfInterest roi, PyRadiomicsFeatureSettings settings, CancellationToken cancel)
    {
        var values = PyRadiomicsView.Extract(roi, settings, cancel);
        return new(values, [.. roi.Warnings, .. MissingValues.Describe(values)]);
    }

    /// <summary>What <see cref="Extract"/> gives, in its order.</summary>
    public static IReadOnlyList<FeatureDefinition> Columns(PyRadiomicsFeatureSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return [.. PyRadiomicsView.Wanted(settings).Select(f => f.Definition)];
    }
}
