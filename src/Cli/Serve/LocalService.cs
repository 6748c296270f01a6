using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using RadiogenomicsCloud.Service.Api;
using RadiogenomicsCloud.Service.Exchanges;
using RadiogenomicsCloud.Service.Folders;
using RadiogenomicsCloud.Service.Hosting;
using RadiogenomicsCloud.Service.Intake;
using RadiogenomicsCloud.Service.Jobs;
using RadiogenomicsCloud.Service.Links;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Cli.Serve;

/// <summary>The whole service in this process: its jobs, what recurs, and its web side.</summary>
internal sealed class LocalService : IAsyncDisposable
{
    private static readonly TimeSpan FolderPoll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AccountPoll = TimeSpan.FromSeconds(30);

    private readonly LocalJobHost host;
    private readonly Scheduler scheduler;
    private readonly WebServer web;

    private LocalService(LocalJobHost host, Scheduler scheduler, WebServer web) => (this.host, this.scheduler, this.web) = (host, scheduler, web);

    /// <summary>The address that lets its reader in.</summary>
    public Uri Address => web.Access.AddressWithKey;

    /// <summary>Puts the service together over a prepared storage, and begins to listen.</summary>
    public static async Task<LocalService> Start(ServeOptions options, IServiceStorage storage, TimeProvider time, ILoggerFactory logging, CancellationToken cancel)
    {
        var settings = new ServiceSettings(LocalRuns.Version, IntakePolicy.Default with { RequireDeidentified = !options.AcceptIdentified }, new([Environment.UserName]), ExchangeSettings.Default);
        var parts = new ServiceParts(storage, settings, time, RandomNumberGenerator.Fill, logging);
        var poll = options.Poll ?? (storage is FolderServiceStorage ? FolderPoll : AccountPoll);
        var host = new LocalJobHost(parts.Runtime, parts.Jobs, new(options.Workers) { ScanEvery = poll }, logging.CreateLogger<LocalJobHost>());
        var watcher = new CohortWatcher(storage.Files, parts.Intake, host);
        var scheduler = new Scheduler(
            [
                new("Looking for complete cohorts", poll, watcher.Look),
                new("Looking after exchanges", poll, stop => Enter(parts.ExchangeSweep.Run, host, stop)),
                new("Looking at locked models", options.RevalidateEvery, stop => Enter(parts.Revalidation.EnterDue, host, stop)),
            ],
            time, logging.CreateLogger<Scheduler>());
        var api = ServiceApi.Create(
            new(parts, host, () => new(host.Running, scheduler.Statuses, host.Trouble)), logging);
        var links = storage is FolderServiceStorage folder
            ? new LinkEndpoint(new BlobGateway(folder, BlobLimits.Default, logging.CreateLogger<BlobGateway>()))
            : null;
        var web = await WebServer.Start(options.Port, api, links, logging, cancel);
        (storage as FolderServiceStorage)?.FolderLinks.ServeAt(web.Access.Address);
        return new(host, scheduler, web);
    }

    /// <summary>Works until told to stop, then until running steps have ended.</summary>
    public Task Run(CancellationToken stop) => Task.WhenAll(host.Run(stop), scheduler.Run(stop));

    public async ValueTask DisposeAsync()
    {
        await web.DisposeAsync();
        host.Dispose();
    }

    private static async Task Enter(Func<CancellationToken, Task<IReadOnlyList<JobRecord>>> due, LocalJobHost host, CancellationToken cancel)
    {
        foreach (var job in await due(cancel))
            await host.Start(job, cancel);
    }
}
