using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Service.Jobs;

/// <param name="Intake">An intake document.</param>
/// <param name="Snapshot">A <see cref="Pipeline.Steps.CohortSnapshot"/> of what was let in.</param>
/// <param name="RunId">Of the run that follows; null if none does.</param>
public sealed record RecordAdmissionInput(string JobId, ArtifactRef Intake, ArtifactRef Snapshot, string? RunId);

/// <summary>Enters into a job's record what its intake let in.</summary>
public sealed class RecordAdmissionStep(JobRegister jobs) : IStepHandler<RecordAdmissionInput, JobState>
{
    public static readonly Step<RecordAdmissionInput, JobState> Definition = new("record-admission", 1, StepKind.Effect);

    public Step<RecordAdmissionInput, JobState> Step => Definition;

    public async Task<Outcome<JobState>> Run(RecordAdmissionInput input, StepContext context, CancellationToken cancel)
    {
        var job = await jobs.Change(input.JobId, job => job with { Intake = input.Intake, Snapshot = input.Snapshot, RunId = input.RunId ?? job.RunId }, cancel).ConfigureAwait(false);
        return Outcome.Of((job ?? throw RecordEndStep.Unknown(input.JobId)).State);
    }
}
