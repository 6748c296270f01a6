using RadiogenomicsCloud.Pipeline.Steps.Assembly;

namespace RadiogenomicsCloud.Pipeline.Steps;

/// <param name="Content">Hash over the paths and contents of all files of the cohort (<see cref="RunIdentity.CohortHash(CohortSnapshot)"/>).</param>
/// <param name="Settings">An <see cref="AssemblySettings"/>.</param>
/// <param name="CasesPerPart">At least 1.</param>
/// <param name="FewestOfAClass">With fewer patients of either class the study cannot be done.</param>
public sealed record InventoryInput(
    [property: NotInKey] ArtifactRef Snapshot, string Content, ArtifactRef Settings, int CasesPerPart, int FewestOfAClass = 1);

/// <param name="Parts">A <see cref="PartList"/> of the cases that have images, in ordinal order.</param>
public sealed record InventoryOutput(ArtifactRef Parts, int PartCount, int CasesWithImages);

/// <summary>
/// Finds the cases and cuts them into parts, after it has made sure that the study can be done at all: a clinical table with an endpoint
/// of two classes, each of enough patients, and every table and genomic file that the study names. An image costs much more than reading those twice.
/// </summary>
public sealed class InventoryStep(SnapshotReader snapshots) : IStepHandler<InventoryInput, InventoryOutput>
{
    public static readonly Step<InventoryInput, InventoryOutput> Definition = new("inventory", 2);

    public Step<InventoryInput, InventoryOutput> Step => Definition;

    public async Task<Outcome<InventoryOutput>> Run(InventoryInput input, StepContext context, CancellationToken cancel)
    {
        var snapshot = await snapshots.Get(context, input.Snapshot, cancel);
        var settings = await context.Artifacts.GetJson<AssemblySettings>(input.Settings, cancel);
        var cases = await CohortCases.Read(snapshot, settings.Columns, context.Cohort, cancel);
        cases.RequirePatients(input.FewestOfAClass, settings.Columns);
        var tables = await CohortSources.Read(settings with { Images = [] }, snapshot, cases, [], new([]), context.Cohort, cancel);
        if (tables.Count > 0)
            _ = CohortSources.Join(tables);
        var withImages = cases.CaseIds.Where(cases.ImagingIdByCase.ContainsKey).Select(id =>
        {
            var imagingId = cases.ImagingIdByCase[id];
            return new CaseImages(id, imagingId, CohortSnapshot.ContentOf(snapshot.ImagesOf(imagingId)));
        }).ToList();
        if (settings.Images.Count > 0 && withImages.Count == 0)
            throw new BadInputException("cohort.no-images", "The study has imaging entries, but the cohort has no imaging/<case>/ and no imaging/<case>.zip.", "imaging/");
        if (settings.Images.Count == 0)
            withImages.Clear();
        var parts = withImages.Chunk(input.CasesPerPart).Select(part => new CasePart(part)).ToList();
        return Outcome.Of(new InventoryOutput(await context.Artifacts.PutJson(new PartList(parts), cancel), parts.Count, withImages.Count));
    }
}
