using RadiogenomicsCloud.Imaging.Archives;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Steps;

namespace RadiogenomicsCloud.Pipeline.Workflows;

/// <param name="Snapshot">A <see cref="CohortSnapshot"/>.</param>
/// <param name="Shards">A <see cref="ShardList"/>.</param>
public sealed record ShardInput(ArtifactRef Snapshot, ArtifactRef Shards, int Index, IReadOnlyList<ImagingEntry> Images, ArchiveLimits? ArchiveLimits = null);

/// <param name="Results">An <see cref="ImageResults"/>.</param>
public sealed record ShardOutput(ArtifactRef Results, int Cases);

/// <summary>Every image of every case of one shard.</summary>
public static class ShardWorkflow
{
    /// <summary>Images of a shard: their results, failures with the longest messages included, fit into one payload.</summary>
    public const int ImagesPerShard = 16;

    public static readonly Workflow<ShardInput, ShardOutput> Definition = new("shard", 1, Body);

    private static async Task<ShardOutput> Body(IWorkflow run, ShardInput input)
    {
        var shard = (await run.Run(OpenShardStep.Definition, new(input.Shards, input.Index))).Require();
        var units = shard.Cases.SelectMany(c => input.Images, (c, image) => (Case: c, Image: image)).ToList();
        var results = await units.FanOut(ImagesPerShard, async (unit, _) =>
        {
            var outcome = await run.Run(ExtractStep.Definition, new(
                input.Snapshot, unit.Case.ImagingId, unit.Case.Content, unit.Image.Selection, unit.Image.Preprocessing, unit.Image.Features, input.ArchiveLimits));
            return new ImageResult(unit.Case.CaseId, unit.Image.Name, outcome.Value, outcome.Failure);
        });
        var gathered = (await run.Run(GatherImagesStep.Definition, new(results))).Require();
        return new(gathered, shard.Cases.Count);
    }
}
