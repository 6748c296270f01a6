using RadiogenomicsCloud.Imaging.Archives;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Steps;

namespace RadiogenomicsCloud.Pipeline.Workflows;

/// <summary>A range of parts of a cohort: all of it, a group of shards, or one shard.</summary>
/// <param name="Snapshot">A <see cref="CohortSnapshot"/>.</param>
/// <param name="Parts">A <see cref="PartList"/>.</param>
/// <param name="FirstPart">The range's first part in the list, from 0.</param>
/// <param name="PartCount">At least 1.</param>
/// <param name="Cases">Cases of the range.</param>
public sealed record ShardInput(
    ArtifactRef Snapshot, ArtifactRef Parts, int FirstPart, int PartCount, int Cases, IReadOnlyList<ImagingEntry> Images, ArchiveLimits? ArchiveLimits = null);

/// <param name="Results">An <see cref="ImageResults"/> of every image of every case of the range, in the order of the parts.</param>
public sealed record ShardOutput(ArtifactRef Results);

/// <summary>Every image of every case of a few parts: as much as one history can bear.</summary>
public static class ShardWorkflow
{
    internal const int ImagesAtOnce = 32;

    public static readonly Workflow<ShardInput, ShardOutput> Definition = new("shard", 2, Body);

    private static async Task<ShardOutput> Body(IWorkflow run, ShardInput input)
    {
        await run.Checkpoint(new(ShardGroupWorkflow.Stage, 0, input.Cases));
        var places = Enumerable.Range(0, input.PartCount).ToList();
        var parts = await places.FanOut(
            ImagesAtOnce, async (place, _) => (await run.Run(OpenPartStep.Definition, new(input.Parts, input.FirstPart + place))).Require());

        // All parts side by side: an image that takes long holds up the end of the shard alone.
        var units = places.SelectMany(p => parts[p].Cases.SelectMany(c => input.Images, (c, image) => (Part: p, Case: c, Image: image))).ToList();
        var done = 0;
        var results = await units.FanOut(ImagesAtOnce, async (unit, _) =>
        {
            var outcome = await run.Run(ExtractStep.Definition, new(
                input.Snapshot, unit.Case.ImagingId, unit.Case.Content, unit.Image.Selection, unit.Image.Preprocessing, unit.Image.Features, input.ArchiveLimits));
            await run.Checkpoint(new(ShardGroupWorkflow.Stage, ++done / input.Images.Count, input.Cases));
            return (unit.Part, Image: new ImageResult(unit.Case.CaseId, unit.Image.Name, outcome.Value, outcome.Failure));
        });
        var gathered = await results.GroupBy(r => r.Part, r => r.Image).ToList().FanOut(
            ImagesAtOnce, async (part, _) => (await run.Run(GatherImagesStep.Definition, new([.. part]))).Require());
        return new(await ShardGroupWorkflow.Join(run, gathered));
    }
}
