using RadiogenomicsCloud.Imaging.Archives;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Service.Intake;

namespace RadiogenomicsCloud.Service.Workflows;

/// <summary>Consecutive parts of a cohort.</summary>
/// <param name="Listing">What <see cref="OpenCohortStep"/> made.</param>
/// <param name="FirstPart">From 0.</param>
/// <param name="PartCount">At least 1.</param>
/// <param name="Cases">For the progress alone; 0 where there are none, or where only the whole knows.</param>
public sealed record IntakeRange(ArtifactRef Listing, int FirstPart, int PartCount, int Cases, ArchiveLimits Archives, bool RequireDeidentified);

/// <param name="Checked">What was checked, in the order of the parts.</param>
public sealed record IntakeRangeOutput(ArtifactRef Checked, int Cases);

/// <summary>A range of parts as child workflows: shards, or groups of them where those would be too many for one history.</summary>
public static class IntakeGroupWorkflow
{
    /// <summary>Some 400 events; no more than <see cref="JoinCheckedStep"/> takes.</summary>
    internal const int MostChildren = 100;

    private const int ShardsAtOnce = 16;
    private const int GroupsAtOnce = 2;

    public static readonly Workflow<IntakeRange, IntakeRangeOutput> Definition = new("intake-group", 1, Body);

    private static async Task<IntakeRangeOutput> Body(IWorkflow run, IntakeRange input)
    {
        var size = IntakeShardWorkflow.MostParts;
        while ((long)size * MostChildren < input.PartCount)
            size *= MostChildren;
        var children = Enumerable.Range(0, (input.PartCount + size - 1) / size).Select(n => input with
        {
            FirstPart = input.FirstPart + (n * size),
            PartCount = Math.Min(size, input.PartCount - (n * size)),
            Cases = 0,
        }).ToList();
        var isShard = size == IntakeShardWorkflow.MostParts;
        var done = 0;
        var outputs = await children.FanOut(isShard ? ShardsAtOnce : GroupsAtOnce, async (child, index) =>
        {
            var output = isShard
                ? await run.Run(IntakeShardWorkflow.Definition, $"shard-{index}", child)
                : await run.Run(Definition, $"group-{index}", child);
            done += output.Cases;
            if (input.Cases > 0)
                await run.Checkpoint(new(CohortIntake.Stage, done, input.Cases));
            return output;
        });
        var joined = outputs.Length == 1 ? outputs[0].Checked : (await run.Run(JoinCheckedStep.Definition, new([.. outputs.Select(o => o.Checked)]))).Require();
        return new(joined, done);
    }
}
