namespace RadiogenomicsCloud.Pipeline.Steps;

public sealed record OpenShardInput(ArtifactRef Shards, int Index);

/// <summary>Reads one shard, so that the list of all cases never passes through a workflow.</summary>
public sealed class OpenShardStep : IStepHandler<OpenShardInput, Shard>
{
    public static readonly Step<OpenShardInput, Shard> Definition = new("open-shard", 1);

    public Step<OpenShardInput, Shard> Step => Definition;

    public async Task<Outcome<Shard>> Run(OpenShardInput input, StepContext context, CancellationToken cancel) =>
        Outcome.Of((await context.Artifacts.GetJson<ShardList>(input.Shards, cancel)).Shards[input.Index]);
}
