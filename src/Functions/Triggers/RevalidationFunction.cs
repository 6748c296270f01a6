using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using RadiogenomicsCloud.Functions.Durable;
using RadiogenomicsCloud.Service.Hosting;

namespace RadiogenomicsCloud.Functions.Triggers;

/// <summary>Looks again at every locked model whose cohort has changed since its last look.</summary>
internal sealed class RevalidationFunction(ServiceParts parts)
{
    [Function("Revalidation")]
    public async Task Run([TimerTrigger("%RevalidationSchedule%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        var host = new DurableJobHost(client, parts.Runtime, parts.Jobs);
        foreach (var job in await parts.Revalidation.EnterDue(cancel))
            await host.Start(job, cancel);
    }
}
