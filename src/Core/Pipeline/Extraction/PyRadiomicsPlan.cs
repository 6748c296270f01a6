using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;
using RadiogenomicsCloud.Radiomics.PyRadiomics;

namespace RadiogenomicsCloud.Pipeline.Extraction;

/// <summary>
/// Features under PyRadiomics' names and by its definitions: as one of its parameter files asks for them, or of a region that is prepared
/// as an imaging entry says.
/// </summary>
public sealed class PyRadiomicsPlan : IExtractionPlan
{
    private readonly PyRadiomicsFeatureSettings _features;
    private readonly Func<ImportedImage, CancellationToken, RegionOfInterest> _prepare;

    private PyRadiomicsPlan(
        ImageSelection selection, int? label, PyRadiomicsFeatureSettings features, Func<ImportedImage, CancellationToken, RegionOfInterest> prepare)
    {
        (Selection, Label) = (selection, label);
        Columns = PyRadiomicsExtraction.Columns(features);
        (_features, _prepare) = (features, prepare);
    }

    public ImageSelection Selection { get; }

    public int? Label { get; }

    public IReadOnlyList<FeatureDefinition> Columns { get; }

    /// <summary>Region and features as in PyRadiomics.</summary>
    /// <param name="selection">Which image is meant, of which PyRadiomics' parameters say nothing.</param>
    public static PyRadiomicsPlan Of(PyRadiomicsSettings settings, ImageSelection selection)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(selection);
        return new(
            selection,
            settings.Label,
            settings.Features,
            (image, cancel) => PyRadiomicsExtraction.Prepare(image.Image, image.Mask, settings.Processing, cancel));
    }

    /// <summary>
    /// The region of an imaging entry, with bins of the width or number of its <c>discretise</c> (of width 25 where it has none), and the
    /// classes of its families.
    /// </summary>
    /// <exception cref="BadInputException">The entry has what PyRadiomics' features cannot have, or contradicts itself.</exception>
    public static PyRadiomicsPlan Of(ImagingEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        entry.Preprocessing.Validate();
        entry.Features.Validate();
        var without = entry.Features switch
        {
            { Aggregations: not null } => "aggregations: each feature of PyRadiomics has one",
            { Except: not null } => "except: list the features of PyRadiomics in a parameter file",
            { Texture: not null } => "settings of texture matrices: give a parameter file of PyRadiomics",
            _ => null,
        };
        if (without is not null)
            throw new BadInputException("pyradiomics.combination", $"Features under PyRadiomics' names take no {without}.", without[..without.IndexOf(':', StringComparison.Ordinal)]);
        var features = new PyRadiomicsFeatureSettings(
            PyRadiomicsCatalogue.OfFamilies(entry.Features), entry.Preprocessing.Discretise?.BinWidth ?? 25, entry.Preprocessing.Discretise?.Bins);
        return new(entry.Selection, null, features, (image, cancel) => ImagePreparation.Prepare(image.Image, image.Mask, entry.Preprocessing, cancel));
    }

    public ExtractedFeatures Extract(ImportedImage image, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(image);
        return PyRadiomicsExtraction.Extract(_prepare(image, cancel), _features, cancel);
    }
}
