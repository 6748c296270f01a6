using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Service.Jobs;

/// <summary>Runs the workflows of jobs: in this process, or as durable orchestrations.</summary>
public interface IJobHost
{
    /// <summary>Sees to it that a queued job runs. Called twice for one job it runs once.</summary>
    Task Start(JobRecord job, CancellationToken cancel);

    /// <summary>Where a running job is; null if this host does not know.</summary>
    Task<Progress?> ProgressOf(string jobId, CancellationToken cancel);
}
