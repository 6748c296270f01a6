using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Service.Exchanges;
using RadiogenomicsCloud.Service.Hosting;
using RadiogenomicsCloud.Service.Intake;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Cli.Tests.Service;

/// <summary>The parts and the host of <c>serve</c> in this process, over any storage, impatient; without its web side.</summary>
internal sealed class InProcessService : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly LocalJobHost host;
    private readonly Task running;

    private InProcessService(IServiceStorage storage, bool watches)
    {
        var settings = new ServiceSettings(LocalRuns.Version, IntakePolicy.Default, new([]), ExchangeSettings.Default);
        Parts = new(storage, settings, TimeProvider.System, RandomNumberGenerator.Fill, NullLoggerFactory.Instance);
        var often = TimeSpan.FromMilliseconds(50);
        host = new(
            Parts.Runtime, Parts.Jobs,
            new(2)
            {
                ScanEvery = often,
                RecordEvery = often,
                Patience = new(100_000, often / 5, often), // The limit of time ends a test, not a count that chance may reach.
                StepRetry = RetryPolicy.Default with { FirstDelay = often / 10 },
            },
            NullLogger<LocalJobHost>.Instance);
        var watcher = new CohortWatcher(storage.Files, Parts.Intake, host);
        var scheduler = new Scheduler(watches ? [new("Looking", often, watcher.Look)] : [], TimeProvider.System, NullLogger<Scheduler>.Instance);
        running = Task.WhenAll(host.Run(stop.Token), scheduler.Run(stop.Token));
    }

    public ServiceParts Parts { get; }

    /// <param name="watches">Whether it looks for markers itself; otherwise it hears of them.</param>
    public static InProcessService Start(IServiceStorage storage, bool watches = true) => new(storage, watches);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        host.Dispose();
        stop.Dispose();
    }
}
