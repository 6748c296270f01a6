using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Imaging.Archives;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;
using RadiogenomicsCloud.Reporting.Previews;

namespace RadiogenomicsCloud.Pipeline.Steps;

/// <summary>One image of one case: the unit of work that is redone when its files or its settings change, and only then.</summary>
/// <param name="ImagingId">Where to look; not part of what the features are.</param>
/// <param name="Content">See <see cref="CohortSnapshot.ContentOf"/>.</param>
public sealed record ExtractInput(
    [property: NotInKey] ArtifactRef Snapshot,
    [property: NotInKey] string ImagingId,
    string Content,
    ImageSelection Selection,
    PreprocessingSettings Preprocessing,
    FeatureSettings Features,
    ArchiveLimits? ArchiveLimits = null);

/// <param name="Features">An <see cref="ImageFeaturesDocument"/>.</param>
/// <param name="Preview">A <see cref="TumourPreview"/>.</param>
public sealed record ExtractOutput(ArtifactRef Features, ArtifactRef Preview);

/// <summary>A feature by its IBSI tag; NaN is missing.</summary>
public sealed record NamedValue(string Tag, double Value);

/// <summary>The features of one image of one case.</summary>
public sealed record ImageFeaturesDocument(
    string Modality, string Source, IReadOnlyList<string> Roi, IReadOnlyList<string> Warnings, IReadOnlyList<NamedValue> Features);

/// <summary>Imports one image with its region, prepares it and computes its features.</summary>
public sealed class ExtractStep(SnapshotReader snapshots) : IStepHandler<ExtractInput, ExtractOutput>
{
    public static readonly Step<ExtractInput, ExtractOutput> Definition = new("extract", 2);

    public Step<ExtractInput, ExtractOutput> Step => Definition;

    public async Task<Outcome<ExtractOutput>> Run(ExtractInput input, StepContext context, CancellationToken cancel)
    {
        var snapshot = await snapshots.Get(context, input.Snapshot, cancel);
        using var files = await CaseImageFiles.Open(context.Cohort, snapshot.ImagesOf(input.ImagingId), input.ArchiveLimits, cancel);
        var imported = ImageImporter.Import(files.Files, input.Selection, cancel);
        var extracted = RadiomicsExtraction.Run(imported.Image, imported.Mask, input.Preprocessing, input.Features, cancel);
        var document = new ImageFeaturesDocument(
            imported.Modality, imported.Source, imported.Roi, [.. imported.Warnings, .. extracted.Warnings],
            [.. extracted.Values.Select(v => new NamedValue(v.Definition.Tag, v.Value))]);
        var preview = TumourPreview.Render(imported.Image, imported.Mask);
        return Outcome.Of(new ExtractOutput(
            await context.Artifacts.PutJson(document, cancel), await context.Artifacts.PutJson(preview, cancel)));
    }
}
