using RadiogenomicsCloud.Service.Jobs;

namespace RadiogenomicsCloud.Service.Hosting;

/// <summary>Enters the job of a cohort of the owner.</summary>
public interface ICohortStarter
{
    /// <param name="again">On a person's word: a job that failed or was cancelled is queued again.</param>
    /// <returns>The job of the marker that lies there now, and whether this call queued it; null if there is no marker.</returns>
    Task<(JobRecord Job, bool Queued)?> Start(string cohort, bool again, CancellationToken cancel);
}
