using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using RadiogenomicsCloud.Functions.Durable;
using RadiogenomicsCloud.Service.Hosting;
using RadiogenomicsCloud.Service.Jobs;

namespace RadiogenomicsCloud.Functions.Triggers;

/// <summary>
/// Finds what no event told: complete cohorts that were never started, exchanges whose time is over, jobs that nobody runs. The host lets one
/// instance of the app do it at a time.
/// </summary>
internal sealed class SweepFunction(ServiceParts parts)
{
    [Function("Sweep")]
    public async Task Run([TimerTrigger("%SweepSchedule%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        var host = new DurableJobHost(client, parts.Runtime, parts.Jobs);
        await Task.WhenAll(
            new CohortWatcher(parts.Storage.Files, parts.Intake, host).Look(cancel),
            StartAll(await parts.ExchangeSweep.Run(cancel), host, cancel),
            new JobSweep(parts.Jobs, host, parts.Time).Run(cancel));
    }

    private static async Task StartAll(IReadOnlyList<JobRecord> jobs, DurableJobHost host, CancellationToken cancel)
    {
        foreach (var job in jobs)
            await host.Start(job, cancel);
    }
}
