using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Steps;

namespace RadiogenomicsCloud.Service.Intake;

/// <param name="Parts">Each a <see cref="CheckedUnits"/>.</param>
public sealed record JoinCheckedInput(IReadOnlyList<ArtifactRef> Parts);

/// <summary>Joins what was checked, in order.</summary>
public sealed class JoinCheckedStep : IStepHandler<JoinCheckedInput, ArtifactRef>
{
    /// <summary>Parts of one call, so that their references fit into a payload.</summary>
    public const int MaximumParts = 120;

    public static readonly Step<JoinCheckedInput, ArtifactRef> Definition = new("join-checked", 1);

    public Step<JoinCheckedInput, ArtifactRef> Step => Definition;

    public async Task<Outcome<ArtifactRef>> Run(JoinCheckedInput input, StepContext context, CancellationToken cancel)
    {
        var units = new List<CheckedUnit>();
        foreach (var part in input.Parts)
            units.AddRange((await context.Artifacts.GetJson<CheckedUnits>(part, cancel).ConfigureAwait(false)).Units);
        return Outcome.Of(await context.Artifacts.PutJson(new CheckedUnits(units), cancel).ConfigureAwait(false));
    }
}
