using RadiogenomicsCloud.Service.Jobs;

namespace RadiogenomicsCloud.Service.Hosting;

/// <summary>Starts every job that is entered and not ended: those whose start was lost, and those that rest after trouble and are due again.</summary>
public sealed class JobSweep(JobRegister register, IJobHost host, TimeProvider time)
{
    /// <summary>Looks once. Trouble with one job does not keep the others waiting.</summary>
    /// <exception cref="RadiogenomicsException">The first trouble, once every job was looked at.</exception>
    public async Task Run(CancellationToken cancel)
    {
        RadiogenomicsException? first = null;
        foreach (var job in await register.List(cancel).ConfigureAwait(false))
        {
            if (!JobPatience.Default.IsDue(job, time.GetUtcNow()))
                continue;
            try
            {
                await host.Start(job, cancel).ConfigureAwait(false);
            }
            catch (RadiogenomicsException trouble)
            {
                first ??= trouble;
            }
        }
        if (first is not null)
            throw first;
    }
}
