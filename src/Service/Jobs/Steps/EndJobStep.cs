using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Service.Jobs;

/// <summary>How the workflow of a job ended.</summary>
public enum WorkflowEnd
{
    Returned,

    Cancelled,

    /// <summary>By a deterministic failure.</summary>
    Failed,

    /// <summary>By trouble of the host or its storage, or a bug of ours: to be begun again.</summary>
    Troubled,
}

/// <param name="Problem">Where the workflow failed or met trouble.</param>
public sealed record EndJobInput(string JobId, WorkflowEnd End, Failure? Problem = null);

/// <summary>
/// For hosts whose workflows reach the register by steps only: writes how a job ended, unless the workflow has said so itself.
/// </summary>
public sealed class EndJobStep(JobRegister jobs) : IStepHandler<EndJobInput, JobState>
{
    public static readonly Step<EndJobInput, JobState> Definition = new("end-job", 1, StepKind.Effect);

    public Step<EndJobInput, JobState> Step => Definition;

    /// <exception cref="InvalidOperationException">There is no such job.</exception>
    public async Task<Outcome<JobState>> Run(EndJobInput input, StepContext context, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(input);
        var job = await jobs.Change(input.JobId, job => job.HasEnded ? job : Ended(job, input), cancel).ConfigureAwait(false);
        return Outcome.Of((job ?? throw RecordEndStep.Unknown(input.JobId)).State);
    }

    private static JobRecord Ended(JobRecord job, EndJobInput input) => input.End switch
    {
        WorkflowEnd.Returned => job with { State = JobState.Completed, Problem = null },
        WorkflowEnd.Cancelled => job with { State = JobState.Cancelled, Problem = null },
        WorkflowEnd.Failed => job with { State = JobState.Failed, Problem = input.Problem },
        _ => JobPatience.Default.AfterTrouble(job, input.Problem ?? new Failure("service.trouble", "The host met trouble that it cannot name.", null)),
    };
}
