using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Steps;

namespace RadiogenomicsCloud.Pipeline.Workflows;

/// <summary>
/// A range of parts as child workflows: shards, or, where those would be too many for one history, groups of shards. The run does its
/// whole cohort in the same way.
/// </summary>
public static class ShardGroupWorkflow
{
    internal const string Stage = "cases";

    /// <summary>With <see cref="ShardWorkflow.ImagesAtOnce"/>: enough to keep 500 processors busy.</summary>
    private const int ShardsAtOnce = 16;

    /// <summary>A second one, so that the last shards of a group do not leave the machines idle.</summary>
    private const int GroupsAtOnce = 2;

    public static readonly Workflow<ShardInput, ShardOutput> Definition = new("shard-group", 1, Fan);

    /// <summary>Runs the parts of a range as children, then joins their results.</summary>
    internal static async Task<ShardOutput> Fan(IWorkflow run, ShardInput range)
    {
        var layout = ShardLayout.Of(range.Images);
        var children = layout.Split(range);
        var (done, leaves) = (0, layout.IsShard(children[0]));
        await run.Checkpoint(new(Stage, 0, range.Cases));
        var results = await children.FanOut(leaves ? ShardsAtOnce : GroupsAtOnce, async (child, index) =>
        {
            var output = leaves
                ? await run.Run(ShardWorkflow.Definition, $"shard-{index}", child)
                : await run.Run(Definition, $"group-{index}", child);
            done += child.Cases;
            await run.Checkpoint(new(Stage, done, range.Cases));
            return output.Results;
        });
        return new(await Join(run, results));
    }

    /// <summary>At most <see cref="JoinImagesStep.MaximumParts"/> results as one.</summary>
    internal static async Task<ArtifactRef> Join(IWorkflow run, ArtifactRef[] results) =>
        results.Length == 1 ? results[0] : (await run.Run(JoinImagesStep.Definition, new(results))).Require();
}
