using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Jobs;

namespace RadiogenomicsCloud.Service.Revalidation;

public sealed record FailLookInput(string JobId, Failure Problem);

/// <summary>Notes why a look could not be taken.</summary>
public sealed class FailLookStep(JobRegister jobs) : IStepHandler<FailLookInput, bool>
{
    public static readonly Step<FailLookInput, bool> Definition = new("fail-look", 1, StepKind.Effect);

    public Step<FailLookInput, bool> Step => Definition;

    public async Task<Outcome<bool>> Run(FailLookInput input, StepContext context, CancellationToken cancel)
    {
        await jobs.Change(input.JobId, job => job with { State = JobState.Failed, Problem = input.Problem }, cancel).ConfigureAwait(false);
        return Outcome.Of(true);
    }
}
