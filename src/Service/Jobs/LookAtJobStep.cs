using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Service.Jobs;

/// <param name="Progress">Written into the record; null leaves that as it is.</param>
public sealed record LookAtJobInput(string JobId, Progress? Progress);

/// <param name="Stop">The job was asked to stop, or has ended in another way: its workflow ends.</param>
public sealed record LookAtJobOutput(bool Stop);

/// <summary>
/// For hosts whose workflows reach the register by steps only: notes that a job is running and where, and says whether it is to stop.
/// </summary>
public sealed class LookAtJobStep(JobRegister jobs) : IStepHandler<LookAtJobInput, LookAtJobOutput>
{
    public static readonly Step<LookAtJobInput, LookAtJobOutput> Definition = new("look-at-job", 1, StepKind.Effect);

    public Step<LookAtJobInput, LookAtJobOutput> Step => Definition;

    public async Task<Outcome<LookAtJobOutput>> Run(LookAtJobInput input, StepContext context, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(input);
        var job = await jobs.Change(input.JobId, job => Seen(job, input.Progress), cancel).ConfigureAwait(false);
        return Outcome.Of(new LookAtJobOutput(job is null || job.HasEnded || job.CancelRequested));
    }

    /// <summary>Progress also takes the note of the last trouble away.</summary>
    private static JobRecord Seen(JobRecord job, Progress? progress) => job switch
    {
        { HasEnded: true } or { CancelRequested: true } => job,
        _ when progress is null => job,
        _ => job with { State = JobState.Running, Progress = progress, Problem = null },
    };
}
