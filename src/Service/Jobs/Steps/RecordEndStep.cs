using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Service.Jobs;

/// <param name="State">One of those in which a job has ended.</param>
/// <param name="ResultsPrefix">Below the area of results; null where there are none.</param>
/// <param name="Problem">Why it was refused or failed.</param>
public sealed record RecordEndInput(string JobId, JobState State, string? ResultsPrefix = null, Failure? Problem = null);

/// <summary>Enters into a job's record how it ended. One that was started again after it had failed ends as it does now.</summary>
public sealed class RecordEndStep(JobRegister jobs) : IStepHandler<RecordEndInput, JobState>
{
    public static readonly Step<RecordEndInput, JobState> Definition = new("record-end", 1, StepKind.Effect);

    public Step<RecordEndInput, JobState> Step => Definition;

    public async Task<Outcome<JobState>> Run(RecordEndInput input, StepContext context, CancellationToken cancel)
    {
        var job = await jobs.Change(
            input.JobId, job => job with { State = input.State, ResultsPrefix = input.ResultsPrefix ?? job.ResultsPrefix, Problem = input.Problem }, cancel).ConfigureAwait(false);
        return Outcome.Of((job ?? throw Unknown(input.JobId)).State);
    }

    /// <summary>A workflow of the service that no record stands for: a mistake of ours.</summary>
    internal static InvalidOperationException Unknown(string jobId) => new($"There is no record of the job '{jobId}'.");
}
