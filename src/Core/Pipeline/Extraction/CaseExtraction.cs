using RadiogenomicsCloud.Imaging;

namespace RadiogenomicsCloud.Pipeline.Extraction;

/// <summary>The features of the regions of one case.</summary>
public static class CaseExtraction
{
    /// <summary>One result a region; what cannot be analysed is a result too, and the other regions go on.</summary>
    /// <param name="maskFiles">Null where they are among <paramref name="imageFiles"/>.</param>
    /// <param name="rois">As <see cref="ImageImporter.Open"/> takes them.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IReadOnlyList<RegionResult> Run(
        string caseId, IReadOnlyList<ImageFile> imageFiles, IReadOnlyList<ImageFile>? maskFiles, IReadOnlyList<string> rois, IExtractionPlan plan, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(rois);
        ArgumentNullException.ThrowIfNull(plan);
        ImageRegions regions;
        try
        {
            regions = ImageImporter.Open(imageFiles, maskFiles, plan.Selection, rois, plan.Label, cancel);
        }
        catch (BadInputException problem)
        {
            return [RegionResult.Failed(caseId, string.Join('+', rois), problem.ToFailure())];
        }
        var results = new RegionResult[regions.Names.Count];
        for (var r = 0; r < results.Length; r++)
            results[r] = Region(caseId, regions, r, plan, cancel);
        return results;
    }

    private static RegionResult Region(string caseId, ImageRegions regions, int region, IExtractionPlan plan, CancellationToken cancel)
    {
        try
        {
            var imported = regions.Import(region, cancel);
            var extracted = plan.Extract(imported, cancel);
            return new RegionResult(
                caseId, regions.Names[region], imported.Source, imported.Modality, extracted.Values, [.. imported.Warnings, .. extracted.Warnings], null);
        }
        catch (BadInputException problem)
        {
            return RegionResult.Failed(caseId, regions.Names[region], problem.ToFailure());
        }
    }
}
