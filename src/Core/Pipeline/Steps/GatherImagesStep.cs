namespace RadiogenomicsCloud.Pipeline.Steps;

/// <summary>Turns the results of one part into an artifact.</summary>
public sealed class GatherImagesStep : IStepHandler<ImageResults, ArtifactRef>
{
    public static readonly Step<ImageResults, ArtifactRef> Definition = new("gather-images", 1);

    public Step<ImageResults, ArtifactRef> Step => Definition;

    public async Task<Outcome<ArtifactRef>> Run(ImageResults input, StepContext context, CancellationToken cancel) =>
        Outcome.Of(await context.Artifacts.PutJson(input, cancel));
}

public sealed record JoinImagesInput(IReadOnlyList<ArtifactRef> Parts);

/// <summary>Joins artifacts of results into one, in order.</summary>
public sealed class JoinImagesStep : IStepHandler<JoinImagesInput, ArtifactRef>
{
    /// <summary>Artifacts of one call, so that their references fit into a payload.</summary>
    public const int MaximumParts = 120;

    public static readonly Step<JoinImagesInput, ArtifactRef> Definition = new("join-images", 1);

    public Step<JoinImagesInput, ArtifactRef> Step => Definition;

    public async Task<Outcome<ArtifactRef>> Run(JoinImagesInput input, StepContext context, CancellationToken cancel)
    {
        var results = new List<ImageResult>();
        foreach (var part in input.Parts)
            results.AddRange((await context.Artifacts.GetJson<ImageResults>(part, cancel)).Results);
        return Outcome.Of(await context.Artifacts.PutJson(new ImageResults(results), cancel));
    }
}
