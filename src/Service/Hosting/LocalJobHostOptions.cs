using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Service.Jobs;

namespace RadiogenomicsCloud.Service.Hosting;

/// <summary>What a <see cref="LocalJobHost"/> may do at once, and how patient it is.</summary>
/// <param name="Workers">Steps that run at the same time, over all jobs; at least 1.</param>
public sealed record LocalJobHostOptions(int Workers)
{
    /// <summary>Jobs at the same time; they share the workers, so that a small one need not wait for the end of a large one. At least 1.</summary>
    public int Jobs { get; init; } = 4;

    /// <summary>Between two looks for jobs that nobody runs: those of a host that was killed, and those that another host entered.</summary>
    public TimeSpan ScanEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Between two looks at the record of a running job: its progress is written, a request to cancel it is read.</summary>
    public TimeSpan RecordEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often and how soon a job is begun again after trouble.</summary>
    public JobPatience Patience { get; init; } = JobPatience.Default;

    /// <summary>How a single step is tried again inside a job; null is <see cref="RetryPolicy.Default"/>.</summary>
    public RetryPolicy? StepRetry { get; init; }
}
