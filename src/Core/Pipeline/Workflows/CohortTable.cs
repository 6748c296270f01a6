using RadiogenomicsCloud.Imaging.Archives;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Pipeline.Steps.Assembly;

namespace RadiogenomicsCloud.Pipeline.Workflows;

/// <param name="Snapshot">A <see cref="CohortSnapshot"/>.</param>
/// <param name="Content">See <see cref="RunIdentity.CohortHash(CohortSnapshot)"/>.</param>
/// <param name="Name">Names the cohort in the identities of rows: the study's name.</param>
/// <param name="Settings">An <see cref="AssemblySettings"/>.</param>
/// <param name="FewestOfAClass">With fewer cases of either class the study cannot be done.</param>
public sealed record CohortTableInput(
    ArtifactRef Snapshot, string Content, string Name, ArtifactRef Settings, IReadOnlyList<ImagingEntry> Images, int FewestOfAClass,
    ArchiveLimits? ArchiveLimits = null);

/// <summary>The first half of every job, part of its workflow: inventory, images in shards, one table.</summary>
internal static class CohortTable
{
    private const int ShardsAtOnce = 16;
    private const string Stage = "cases";

    public static async Task<AssembleOutput> Make(IWorkflow run, CohortTableInput input)
    {
        await run.Checkpoint(new("inventory", 0, 1));
        var inventory = (await run.Run(InventoryStep.Definition, new(input.Snapshot, input.Content, input.Settings, ShardWorkflow.ImagesPerShard, input.FewestOfAClass))).Require();
        await run.Checkpoint(new("inventory", 1, 1));
        var images = input.Images.Count == 0 ? null : await Images(run, input, inventory);
        return (await run.Run(AssembleStep.Definition, new(
            input.Snapshot, input.Content, images, input.Name, input.Settings, input.FewestOfAClass))).Require();
    }

    private static async Task<ArtifactRef> Images(IWorkflow run, CohortTableInput input, InventoryOutput inventory)
    {
        var done = 0;
        await run.Checkpoint(new(Stage, 0, inventory.CasesWithImages));
        var parts = await Enumerable.Range(0, inventory.ShardCount).ToList().FanOut(ShardsAtOnce, async (index, _) =>
        {
            var shard = await run.Run(ShardWorkflow.Definition, $"shard-{index}", new ShardInput(input.Snapshot, inventory.Shards, index, input.Images, input.ArchiveLimits));
            done += shard.Cases;
            await run.Checkpoint(new(Stage, done, inventory.CasesWithImages));
            return shard.Results;
        });
        while (parts.Length > 1)
        {
            parts = await parts.Chunk(JoinImagesStep.MaximumParts).ToList().FanOut(
                ShardsAtOnce, async (some, _) => (await run.Run(JoinImagesStep.Definition, new(some))).Require());
        }
        return parts[0];
    }
}
