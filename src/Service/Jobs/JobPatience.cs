namespace RadiogenomicsCloud.Service.Jobs;

/// <summary>How often and how soon a job is begun again after trouble of its host or its storage.</summary>
/// <param name="Attempts">Times that trouble may end it before it is given up; at least 1.</param>
/// <param name="FirstDelay">Before it is begun again for the first time; doubled before each further one.</param>
/// <param name="LongestDelay">No delay is longer.</param>
public sealed record JobPatience(int Attempts, TimeSpan FirstDelay, TimeSpan LongestDelay)
{
    /// <summary>Ten attempts, after 5 seconds to 5 minutes.</summary>
    public static JobPatience Default { get; } = new(10, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5));

    /// <summary>Whether a job that has not ended may be begun, or begun again, now.</summary>
    public bool IsDue(JobRecord job, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(job);
        // A request to cancel need not wait for the next attempt.
        return !job.HasEnded && (job.CancelRequested || job.Attempts == 0 || job.Changed + DelayAfter(job.Attempts) <= now);
    }

    /// <summary>The record after one more trouble: to be begun again, or failed if that was the last attempt.</summary>
    public JobRecord AfterTrouble(JobRecord job, Pipeline.Failure trouble)
    {
        ArgumentNullException.ThrowIfNull(job);
        var attempts = job.Attempts + 1;
        return job with { Attempts = attempts, Problem = trouble, State = attempts < Attempts ? job.State : JobState.Failed };
    }

    /// <param name="attempts">At least 1.</param>
    internal TimeSpan DelayAfter(int attempts) =>
        TimeSpan.FromTicks((long)Math.Min(LongestDelay.Ticks, FirstDelay.Ticks * Math.Pow(2, attempts - 1)));
}
