using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Pipeline.Extraction;

/// <summary>Features by the standard's definitions, under the tags of its reference tables, as an imaging entry asks for them.</summary>
public sealed class ImagingPlan : IExtractionPlan
{
    /// <summary>Family of the diagnostic values, which are no features.</summary>
    public const string DiagnosticsFamily = "diagnostics";

    private readonly ImagingEntry _entry;
    private readonly bool _diagnostics;

    /// <param name="diagnostics">Also the values of <see cref="ImageDiagnostics"/>, after the features.</param>
    /// <exception cref="BadInputException">The settings ask for what is not there or contradict each other.</exception>
    public ImagingPlan(ImagingEntry entry, bool diagnostics)
    {
        ArgumentNullException.ThrowIfNull(entry);
        (_entry, _diagnostics) = (entry, diagnostics);
        entry.Preprocessing.Validate();
        entry.Features.Validate();
        FeatureExtractor.CheckDiscretisation(entry.Preprocessing.Discretise is not null, entry.Features);
        var features = FeatureCatalogue.WantedFeatures(entry.Features);
        if (features.Count == 0)
            throw new BadInputException("extract.nothing", "No feature is left of the families that are asked for; leave out fewer by 'except'.", "except");
        Columns = diagnostics ? [.. features, .. ImageDiagnostics.Tags.Select(Diagnostic)] : features;
    }

    public ImageSelection Selection => _entry.Selection;

    public int? Label => null;

    public IReadOnlyList<FeatureDefinition> Columns { get; }

    public ExtractedFeatures Extract(ImportedImage image, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(image);
        var extracted = RadiomicsExtraction.Run(image.Image, image.Mask, _entry.Preprocessing, _entry.Features, cancel);
        if (!_diagnostics)
            return extracted;
        var diagnostics = ImageDiagnostics.Compute(image.Image, image.Mask, _entry.Preprocessing, cancel);
        return extracted with { Values = [.. extracted.Values, .. diagnostics.Select(d => new FeatureValue(Diagnostic(d.Tag), d.Value))] };
    }

    private static FeatureDefinition Diagnostic(string tag) => new(tag, "", tag, DiagnosticsFamily, null, "");
}
