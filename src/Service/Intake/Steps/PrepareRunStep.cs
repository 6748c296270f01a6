using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Pipeline.Workflows;

namespace RadiogenomicsCloud.Service.Intake;

/// <param name="Snapshot">A <see cref="CohortSnapshot"/>.</param>
/// <param name="Study">A <see cref="Pipeline.Study"/>.</param>
/// <param name="Version">Of the product.</param>
public sealed record PrepareRunInput(ArtifactRef Snapshot, ArtifactRef Study, string Version);

/// <summary>Decides the id of the run on what was admitted, and the input of its workflow.</summary>
public sealed class PrepareRunStep : IStepHandler<PrepareRunInput, RunRequest<CohortRunInput>>
{
    public static readonly Step<PrepareRunInput, RunRequest<CohortRunInput>> Definition = new("prepare-run", 1);

    public Step<PrepareRunInput, RunRequest<CohortRunInput>> Step => Definition;

    public async Task<Outcome<RunRequest<CohortRunInput>>> Run(PrepareRunInput input, StepContext context, CancellationToken cancel)
    {
        var study = await context.Artifacts.GetJson<Study>(input.Study, cancel).ConfigureAwait(false);
        var snapshot = await context.Artifacts.GetJson<CohortSnapshot>(input.Snapshot, cancel).ConfigureAwait(false);
        return Outcome.Of(await RunRequest.CohortRun(study, snapshot, input.Version, context.Artifacts, cancel).ConfigureAwait(false));
    }
}
