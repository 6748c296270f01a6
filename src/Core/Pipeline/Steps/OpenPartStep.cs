namespace RadiogenomicsCloud.Pipeline.Steps;

/// <param name="Parts">A <see cref="PartList"/>.</param>
/// <param name="Index">Of the part in the list, from 0.</param>
public sealed record OpenPartInput(ArtifactRef Parts, int Index);

/// <summary>
/// Reads one part, so that the list of all cases never passes through a workflow. The list is read once a process, not once a part: of
/// 100,000 cases it has some 20 MB.
/// </summary>
public sealed class OpenPartStep : IStepHandler<OpenPartInput, CasePart>
{
    public static readonly Step<OpenPartInput, CasePart> Definition = new("open-part", 1);

    private readonly LastRead<PartList> last = new(
        (context, reference) => context.Artifacts.GetJson<PartList>(reference, CancellationToken.None));

    public Step<OpenPartInput, CasePart> Step => Definition;

    public async Task<Outcome<CasePart>> Run(OpenPartInput input, StepContext context, CancellationToken cancel) =>
        Outcome.Of((await last.Get(context, input.Parts, cancel)).Parts[input.Index]);
}
