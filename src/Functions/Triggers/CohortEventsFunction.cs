using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using RadiogenomicsCloud.AzureStorage.Events;
using RadiogenomicsCloud.Functions.Durable;
using RadiogenomicsCloud.Functions.Hosting;
using RadiogenomicsCloud.Service.Hosting;
using RadiogenomicsCloud.Service.Intake;
using RadiogenomicsCloud.Service.Jobs;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Functions.Triggers;

/// <summary>
/// Starts what a marker completes. An event says only where to look: it may come twice, late or out of order, and what counts is the marker
/// that lies there. A message that meets trouble is delivered again, and after the attempts of host.json goes to the poison queue; the
/// sweep finds the cohort all the same.
/// </summary>
internal sealed partial class CohortEventsFunction(ServiceParts parts, ILogger<CohortEventsFunction> logger)
{
    [Function("CohortEvents")]
    public Task Run(
        [QueueTrigger("%CohortEvents%", Connection = StorageSettings.Connection)] string message, [DurableClient] DurableTaskClient client,
        CancellationToken cancel) => Handle(message, new DurableJobHost(client, parts.Runtime, parts.Jobs), cancel);

    internal async Task Handle(string message, IJobHost host, CancellationToken cancel)
    {
        foreach (var file in BlobEvents.Read(message))
        {
            var job = file.Area == AreaNames.Cohorts
                ? IntakeStarter.CohortOfMarker(file.Path) is { } cohort ? (await parts.Intake.Start(cohort, cancel))?.Job : null
                : await parts.ExchangeStarter.Completed(file.Area, cancel);
            if (job is null)
                LogNothing(file.Area.Length);
            else
                await host.Start(job, cancel);
        }
    }

    // Names in events are chosen by whoever uploads, and are kept out of the log.
    [LoggerMessage(Level = LogLevel.Information, Message = "An event of a file in an area with a name of {Length} characters started nothing.")]
    private partial void LogNothing(int length);
}
