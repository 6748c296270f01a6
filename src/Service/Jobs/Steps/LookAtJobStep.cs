using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Service.Jobs;

/// <param name="Progress">Of the workflow that looks, the job's own or a child.</param>
public sealed record LookAtJobInput(string JobId, Progress Progress);

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

    /// <summary>
    /// A stage is written by whoever comes to it first: many children come to the same one, and count it differently. Progress also takes the
    /// note of the last trouble away.
    /// </summary>
    private static JobRecord Seen(JobRecord job, Progress progress) => job switch
    {
        { HasEnded: true } or { CancelRequested: true } => job,
        { State: JobState.Running, Problem: null, Progress.Stage: { } stage } when stage == progress.Stage => job,
        _ => job with { State = JobState.Running, Progress = progress, Problem = null },
    };
}
