using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using RadiogenomicsCloud.Functions.Durable;
using RadiogenomicsCloud.Service.Hosting;

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
        await new CohortWatcher(parts.Storage.Files, parts.Cohorts, host).Look(cancel);
        await parts.ExchangeSweep.Run(cancel);
        // Last, because it also starts what the others entered.
        await new JobSweep(parts.Jobs, host, parts.Time).Run(cancel);
    }
}
