using System.Buffers.Binary;
using Microsoft.Extensions.Logging.Abstractions;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Service.Exchanges;
using RadiogenomicsCloud.Service.Folders;
using RadiogenomicsCloud.Service.Hosting;
using RadiogenomicsCloud.Service.Intake;
using RadiogenomicsCloud.Service.Jobs;
using RadiogenomicsCloud.Service.Models;
using RadiogenomicsCloud.Service.Ports;
using RadiogenomicsCloud.Service.Tests.Folders;
using RadiogenomicsCloud.Service.Workflows;

namespace RadiogenomicsCloud.Service.Tests.Exchanges;

/// <summary>A service on a folder with one locked model, its clock and its random numbers in the hand of the test.</summary>
internal sealed class ExchangeRig : IAsyncDisposable
{
    public const string Owner = "ann@example.org";
    private readonly TestFolder folder = new();
    private long secrets;

    /// <param name="over">What stands between the service and its folder; null for nothing.</param>
    public ExchangeRig(Func<IServiceStorage, IServiceStorage>? over = null)
    {
        Folder = FolderServiceStorage.Open(folder.Path, Time, freeBytes: 0);
        Storage = over is null ? Folder : over(Folder);
        Folder.FolderLinks.ServeAt(new("http://127.0.0.1:5000/"));
        Jobs = new(Storage.Records, Storage.Artifacts, Time);
        Registry = new(Storage.Records, new([Owner]), Time);
        ExchangeJobs = new(Jobs, new IntakeLimits(ManifestBytes: 1 << 20));
        Service = new(Storage, Registry, ExchangeJobs, ExchangeSettings.Default, Time, Fill);
        Starter = new(Storage, ExchangeJobs, Time);
        Sweep = new(Storage, Service, Starter, ExchangeJobs, Time, NullLogger<ExchangeSweep>.Instance);
    }

    public FolderServiceStorage Folder { get; }

    public IServiceStorage Storage { get; }

    /// <summary>Begins with the clock of the machine, since files of a folder carry that.</summary>
    public ManualTime Time { get; } = new(TimeProvider.System.GetUtcNow());

    public JobRegister Jobs { get; }

    public ModelRegistry Registry { get; }

    public ExchangeJobs ExchangeJobs { get; }

    public ExchangeService Service { get; }

    public ExchangeStarter Starter { get; }

    public ExchangeSweep Sweep { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await Folder.DisposeAsync();
        folder.Dispose();
    }

    /// <summary>Prepares the storage and enters and locks a model.</summary>
    public async Task Begin()
    {
        await Storage.Prepare(Cancel);
        var file = await Storage.Artifacts.Put(
            stream =>
            {
                TabularCohort.ModelsOf("clinical").Write(stream);
                return Task.CompletedTask;
            },
            Cancel);
        await Registry.Register(new("tables", file, "run", "cohort", file, file, file), "service", Cancel);
        await Registry.Lock("tables", 1, Owner, Cancel);
    }

    public Task<Invitation> Invite(ExchangeTerms? terms = null, TimeSpan? time = null, string? range = null) =>
        Service.Invite(new("North Site", "tables", 1, terms ?? new(), time, range), Owner, Cancel);

    /// <summary>Puts a file into an inbox as a partner's client would.</summary>
    public Task Upload(Exchange exchange, string path, string text) =>
        Write(ExchangeAreas.Inbox(exchange.Id, exchange.Submission.Number), path, text);

    public Task Write(string area, string path, string text) =>
        Storage.Files.Area(area).Write(path, stream => stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text)).AsTask(), WriteCondition.None, Cancel);

    /// <summary>Uploads a cohort of one table with its marker, and tells the service.</summary>
    public async Task<JobRecord?> Submit(Exchange exchange, string? clinical = null)
    {
        await Upload(exchange, "clinical.csv", clinical ?? TabularCohort.Clinical("N", 60));
        await Upload(exchange, ExchangeAreas.Marker, "");
        return await Starter.Completed(ExchangeAreas.Inbox(exchange.Id, exchange.Submission.Number), Cancel);
    }

    /// <summary>Runs a job's workflow to its end on a host of its own.</summary>
    public async Task Run(JobRecord job)
    {
        var steps = CohortSteps.Catalogue()
            .AddIntake(Storage, Jobs)
            .Add(new RegisterModelStep(Registry)).Add(new RecordIntakeStep(Storage, Time)).Add(new PrepareScoringStep(Storage.Records, Registry, Time, "test"))
            .Add(new ReleaseStep(Storage, Registry, ExchangeSettings.Default, Time)).Add(new FailExchangeStep(Storage, Time));
        var workflows = new WorkflowCatalogue().Add(ExchangeIntakeWorkflow.Definition).Add(ExchangeScoringWorkflow.Definition);
        var runtime = new ServiceRuntime(Storage, steps, workflows, Time, "test", NullLoggerFactory.Instance);
        var host = new LocalHost(runtime.RunnerFor(job.Id, job.Place), new(2), TimeProvider.System);
        await host.Run(workflows.Get(job.Workflow, job.WorkflowVersion), job.Id, await Jobs.InputOf(job, Cancel), Cancel);
    }

    /// <summary>An exchange whose submission is in review.</summary>
    public async Task<Exchange> InReview(string? clinical = null, ExchangeTerms? terms = null)
    {
        var invitation = await Invite(terms);
        await Run((await Submit(invitation.Exchange, clinical))!);
        return await Find(invitation.Exchange.Id);
    }

    public async Task<Exchange> Find(string id) => (await Service.Find(id, Cancel))!;

    public async Task<List<string>> History(string id) => await Service.History(id, Cancel).Select(e => e.What).ToListAsync(Cancel);

    public async Task<string?> Read(string area, string path)
    {
        await using var stream = await Storage.Files.Area(area).Open(path, null, Cancel);
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Cancel);
    }

    public async Task<List<string>> Files(string area) =>
        await Storage.Files.Exists(area, Cancel) ? await Storage.Files.Area(area).List("", Cancel).Select(f => f.Path).ToListAsync(Cancel) : [];

    private void Fill(Span<byte> bytes)
    {
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(number, Interlocked.Increment(ref secrets));
        bytes.Clear();
        number[..Math.Min(8, bytes.Length)].CopyTo(bytes);
    }
}
