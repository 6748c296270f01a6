using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using RadiogenomicsCloud.AzureStorage;
using RadiogenomicsCloud.Cli.Tests.Running;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Service.Folders;
using RadiogenomicsCloud.Service.Jobs;
using RadiogenomicsCloud.Service.Ports;
using RadiogenomicsCloud.Tests.Azurite;

namespace RadiogenomicsCloud.Cli.Tests.Service;

/// <summary>On what a service stands in a test.</summary>
public enum BedKind
{
    Folder,
    Azurite,
}

/// <summary>A storage of one test's own, which <c>serve</c> processes and the test itself use at the same time.</summary>
internal abstract class ServiceBed : IAsyncDisposable
{
    private const string OutcomeRoot = "outcomes/";

    private IServiceStorage? shared;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public abstract BedKind Kind { get; }

    /// <summary>Null of a folder.</summary>
    public virtual AzuriteServer? Emulator => null;

    /// <summary>What <c>--storage</c> says.</summary>
    public abstract string Address { get; }

    /// <summary>For what the test writes beside the storage.</summary>
    public TestFolder Folder { get; } = new();

    /// <summary>The storage as the test itself has it open.</summary>
    public IServiceStorage Shared => shared ??= Open();

    /// <summary>Skips the test where the storage cannot run.</summary>
    public static async Task<ServiceBed> Make(BedKind kind) => kind == BedKind.Folder ? new FolderBed() : await AzuriteBed.Start();

    public abstract IServiceStorage Open();

    /// <summary>The steps of a job as they were logged, oldest first.</summary>
    public abstract Task<IReadOnlyList<LedgerLine>> Ledger(string jobId);

    /// <summary>Does what a minute does: the leases of processes that are gone end.</summary>
    public abstract Task EndLeases();

    /// <summary>The files below a prefix of an area.</summary>
    public async Task<SortedDictionary<string, byte[]>> Files(string area, string prefix)
    {
        var storage = Shared;
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        await foreach (var file in storage.Files.Area(area).List(prefix, Cancel))
        {
            await using var stream = await storage.Files.Area(area).Open(file.Path, file.Version, Cancel);
            using var bytes = new MemoryStream();
            await stream!.CopyToAsync(bytes, Cancel);
            files[file.Path[prefix.Length..]] = bytes.ToArray();
        }
        return files;
    }

    /// <summary>The published files of the cohort's newest run; the report is among them.</summary>
    public async Task<SortedDictionary<string, byte[]>> ResultsOf(string cohort, string runId)
    {
        var files = await Files(AreaNames.Results, $"{cohort}/{runId}/");
        Assert.Contains(RunFileNames.Report, files.Keys);
        return files;
    }

    /// <summary>Every outcome that is kept: the hash of its content by the key of its step.</summary>
    public async Task<Dictionary<string, string>> Outcomes() =>
        (await Files(AreaNames.Store, OutcomeRoot)).ToDictionary(file => Reference.KeyOf(file.Key), file => Reference.HashOf(file.Value));

    /// <summary>The newest job of a cohort; null before there is one.</summary>
    public async Task<JobRecord?> JobOf(string cohort) =>
        (await new JobRegister(Shared.Records, Shared.Artifacts, TimeProvider.System).List(Cancel)).Where(job => job.Subject == cohort).MaxBy(job => job.Created);

    /// <summary>Demands that a cohort's run ended as it does undisturbed, and that no step gave anything else than there.</summary>
    public async Task EndedAs(Reference reference, string cohort)
    {
        reference.Run.HasTheBytesOf(await ResultsOf(cohort, reference.Run.RunId));
        var outcomes = await Outcomes();
        Assert.NotEmpty(reference.Outcomes);
        Assert.All(reference.Outcomes, outcome => Assert.Equal(outcome.Value, outcomes.GetValueOrDefault(outcome.Key)));
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (shared is not null)
            await shared.DisposeAsync();
        Folder.Dispose();
    }

    /// <summary>A line of a ledger from its facts.</summary>
    protected static LedgerLine Line(string name, IReadOnlyDictionary<string, string> facts) =>
        new(name, facts.GetValueOrDefault("step"), facts.GetValueOrDefault("key"), facts.GetValueOrDefault("result"));

    private sealed class FolderBed : ServiceBed
    {
        public FolderBed() => Directory.CreateDirectory(Address);

        public override BedKind Kind => BedKind.Folder;

        public override string Address => Folder.At("storage");

        public override IServiceStorage Open() => FolderServiceStorage.Open(Address, TimeProvider.System);

        public override async Task<IReadOnlyList<LedgerLine>> Ledger(string jobId)
        {
            var reader = (FolderServiceStorage)Shared;
            return await reader.ReadLedger(jobId, Cancel).Select(entry => Line(entry.Event, entry.Facts)).ToListAsync(Cancel);
        }

        /// <summary>The system ends the locks of a process with the process.</summary>
        public override Task EndLeases() => Task.CompletedTask;
    }

    private sealed class AzuriteBed(AzuriteServer server) : ServiceBed
    {
        public static async Task<AzuriteBed> Start() => new(await AzuriteServer.OrSkip(AzuriteServer.Start()));

        public override BedKind Kind => BedKind.Azurite;

        public override AzuriteServer? Emulator => server;

        public override string Address => server.ConnectionString;

        public override IServiceStorage Open() => AzureServiceStorage.Open(Address, new() { TemporaryFolder = Folder.At("temporary") });

        public override async Task<IReadOnlyList<LedgerLine>> Ledger(string jobId)
        {
            var table = new TableClient(Address, "ledger");
            var rows = await table.QueryAsync<TableEntity>(row => row.PartitionKey == jobId, cancellationToken: Cancel).ToListAsync(Cancel);
            return [.. rows.Select(row => Line(
                row.GetString("Event"),
                System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetBinary("Facts"), CanonicalJson.Options)!))];
        }

        public override async Task EndLeases()
        {
            var container = new BlobContainerClient(Address, AreaNames.Store);
            await foreach (var blob in container.GetBlobsAsync(new() { Prefix = "leases/" }, Cancel))
            {
                if (blob.Properties.LeaseState == LeaseState.Leased)
                    await new BlobLeaseClient(container.GetBlobClient(blob.Name)).BreakAsync(TimeSpan.Zero, cancellationToken: Cancel);
            }
        }

        public override ValueTask DisposeAsync()
        {
            server.Process.Kill();
            return base.DisposeAsync();
        }
    }
}
