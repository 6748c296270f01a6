using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Steps;

namespace RadiogenomicsCloud.Service.Intake;

public sealed record OpenIntakePartInput(ArtifactRef Listing, int Index);

/// <param name="Part">An <see cref="IntakePart"/>.</param>
public sealed record OpenIntakePartOutput(ArtifactRef Part, IReadOnlyList<UnitKey> Units);

/// <summary>A unit as a workflow knows it.</summary>
/// <param name="Content">Hash over its files with their versions, lengths and promised hashes.</param>
public sealed record UnitKey(string? CaseId, string Content);

/// <summary>Reads one part, so that the list of all files never passes through a workflow.</summary>
public sealed class OpenIntakePartStep : IStepHandler<OpenIntakePartInput, OpenIntakePartOutput>
{
    public static readonly Step<OpenIntakePartInput, OpenIntakePartOutput> Definition = new("open-intake-part", 1);

    public Step<OpenIntakePartInput, OpenIntakePartOutput> Step => Definition;

    public async Task<Outcome<OpenIntakePartOutput>> Run(OpenIntakePartInput input, StepContext context, CancellationToken cancel)
    {
        var listing = await context.Artifacts.GetJson<IntakeListing>(input.Listing, cancel).ConfigureAwait(false);
        var part = listing.Parts[input.Index];
        var units = (await context.Artifacts.GetJson<IntakePart>(part, cancel).ConfigureAwait(false)).Units;
        return Outcome.Of(new OpenIntakePartOutput(part, [.. units.Select(u => new UnitKey(u.CaseId, CanonicalJson.Hash(u)))]));
    }
}
