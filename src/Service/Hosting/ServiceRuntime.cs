using System.Globalization;
using Microsoft.Extensions.Logging;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Hosting;

/// <summary>What every host of the service shares: its storage, its steps, its workflows, its clock.</summary>
/// <param name="version">Of the product; part of every run's identity.</param>
public sealed class ServiceRuntime(
    IServiceStorage storage, StepCatalogue steps, WorkflowCatalogue workflows, TimeProvider time, string version, ILoggerFactory logging)
{
    private long runners;

    public IServiceStorage Storage => storage;

    public WorkflowCatalogue Workflows => workflows;

    public TimeProvider Time => time;

    public string Version => version;

    /// <summary>A runner of the steps of one job.</summary>
    /// <param name="place">The cohort that the steps read.</param>
    public IStepRunner RunnerFor(string jobId, CohortPlace place)
    {
        ArgumentNullException.ThrowIfNull(place);
        var temporary = Path.Combine(storage.TemporaryFolder, "runner-" + Interlocked.Increment(ref runners).ToString(CultureInfo.InvariantCulture));
        return new StepRunner(
            steps,
            new(place.In(storage.Files), storage.Artifacts, storage.Outcomes, storage.Ledger(jobId), temporary, time, _ => { }),
            logging.CreateLogger<StepRunner>());
    }
}
