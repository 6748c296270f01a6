using System.Collections.Concurrent;
using System.Text.Json;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Ports;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Cli.Tests.Service;

/// <summary>What a <see cref="TroubledStorage"/> does to a call.</summary>
internal enum Trouble
{
    /// <summary>As a 503: nothing was done, a retry may mend it.</summary>
    Busy,

    /// <summary>Nothing was done, and a retry is not said to mend it.</summary>
    Refused,

    /// <summary>It was done, and the caller is told that storage is busy.</summary>
    LostAnswer,

    /// <summary>As a 409 or 412: a conditional change was not made, as if another had been faster.</summary>
    Overtaken,

    /// <summary>A file of a cohort that cannot be read for the moment: the step that reads it fails.</summary>
    Unreadable,
}

/// <summary>A storage that fails a share of the calls, by chance with a seed; and each file of a cohort at its first opening.</summary>
internal sealed class TroubledStorage(IServiceStorage inner, double share, ulong seed) : IServiceStorage
{
    private readonly DeterministicRandom random = new(seed);
    private readonly ConcurrentDictionary<string, bool> opened = [];
    private readonly Lock turn = new();
    private bool owed;

    public ConcurrentDictionary<Trouble, int> Met { get; } = [];

    public string Description => inner.Description;

    public IFileAreas Files => new Areas(this, inner.Files);

    public IRecordStore Records => new RecordsOf(this, inner.Records);

    public IArtifactStore Artifacts => new ArtifactsOf(this, inner.Artifacts);

    public IOutcomeStore Outcomes => new OutcomesOf(this, inner.Outcomes);

    public IRunLease Leases => new LeasesOf(this, inner.Leases);

    public ILinkIssuer Links => inner.Links;

    public string TemporaryFolder => inner.TemporaryFolder;

    public ILedger Ledger(string runId) => new LedgerOf(this, inner.Ledger(runId));

    public Task Prepare(CancellationToken cancel) => inner.Prepare(cancel);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    /// <param name="refused">What the caller is told where another was faster; null where that cannot be.</param>
    private async Task<T> Try<T>(Func<Task<T>> call, Func<T>? refused = null)
    {
        if (Meets(conditional: refused is not null) is not { } met)
            return await call();
        Count(met);
        switch (met)
        {
            case Trouble.Overtaken:
                return refused!();
            case Trouble.Refused:
                throw new StorageException("storage.io", "Refused by the test.");
            case Trouble.LostAnswer:
                await call();
                break;
        }
        throw Busy();
    }

    private Task<bool> Try(Func<Task> call) => Try(async () =>
    {
        await call();
        return true;
    });

    private Trouble? Meets(bool conditional)
    {
        lock (turn)
        {
            Trouble? trouble = random.NextDouble() < share ? (Trouble)random.NextInt((int)Trouble.Overtaken + 1) : null;
            if (conditional ? owed : trouble == Trouble.Overtaken)
            {
                owed = !conditional; // Conditional changes are few: the next one has it.
                return conditional ? Trouble.Overtaken : Trouble.Busy;
            }
            return trouble;
        }
    }

    private bool Fails()
    {
        lock (turn)
            return random.NextDouble() < share;
    }

    private void Count(Trouble trouble) => Met.AddOrUpdate(trouble, 1, (_, times) => times + 1);

    private static TransientException Busy() => new("storage.busy", "Busy by the test.");

    private void OpenAgain(string area, string path)
    {
        if (area == AreaNames.Cohorts && opened.TryAdd(path, true))
        {
            Count(Trouble.Unreadable);
            throw Busy();
        }
    }

    private sealed class Areas(TroubledStorage storage, IFileAreas areas) : IFileAreas
    {
        public IFileArea Area(string name) => new AreaOf(storage, areas.Area(name));

        public Task Create(string name, CancellationToken cancel) => storage.Try(() => areas.Create(name, cancel));

        public Task<bool> Exists(string name, CancellationToken cancel) => storage.Try(() => areas.Exists(name, cancel));

        public Task Delete(string name, CancellationToken cancel) => storage.Try(() => areas.Delete(name, cancel));
    }

    private sealed class AreaOf(TroubledStorage storage, IFileArea area) : IFileArea
    {
        public string Name => area.Name;

        public async IAsyncEnumerable<StoredFile> List(string prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
        {
            await storage.Try(() => Task.FromResult(true));
            await foreach (var file in area.List(prefix, cancel))
                yield return file;
        }

        public async IAsyncEnumerable<string> ListFolders(string prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
        {
            await storage.Try(() => Task.FromResult(true));
            await foreach (var name in area.ListFolders(prefix, cancel))
                yield return name;
        }

        public Task<StoredFile?> Find(string path, CancellationToken cancel) => storage.Try(() => area.Find(path, cancel));

        public Task<Stream?> Open(string path, string? version, CancellationToken cancel)
        {
            storage.OpenAgain(Name, path);
            return storage.Try(() => area.Open(path, version, cancel));
        }

        public Task<StoredFile?> Write(string path, Func<Stream, Task> write, WriteCondition condition, CancellationToken cancel) => storage.Try(
            () => area.Write(path, write, condition, cancel), condition.Version is null ? null : () => null);

        public Task<bool> Delete(string path, CancellationToken cancel) => storage.Try(() => area.Delete(path, cancel));
    }

    private sealed class RecordsOf(TroubledStorage storage, IRecordStore records) : IRecordStore
    {
        public Task<StoredRecord<T>?> Find<T>(string partition, string key, CancellationToken cancel) =>
            storage.Try(() => records.Find<T>(partition, key, cancel));

        public async IAsyncEnumerable<StoredRecord<T>> List<T>(
            string partition, string keyPrefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
        {
            await storage.Try(() => Task.FromResult(true));
            await foreach (var record in records.List<T>(partition, keyPrefix, cancel))
                yield return record;
        }

        public Task<bool> Commit(string partition, IReadOnlyList<RecordChange> changes, CancellationToken cancel) =>
            storage.Try(() => records.Commit(partition, changes, cancel), () => false);
    }

    private sealed class ArtifactsOf(TroubledStorage storage, IArtifactStore artifacts) : IArtifactStore
    {
        public Task<Stream?> Open(ArtifactRef reference, CancellationToken cancel) => storage.Try(() => artifacts.Open(reference, cancel));

        public Task<ArtifactRef> Put(Func<Stream, Task> write, CancellationToken cancel) => storage.Try(() => artifacts.Put(write, cancel));
    }

    private sealed class OutcomesOf(TroubledStorage storage, IOutcomeStore outcomes) : IOutcomeStore
    {
        public Task<JsonElement?> Find(string key, CancellationToken cancel) => storage.Try(() => outcomes.Find(key, cancel));

        public Task<JsonElement> Keep(string key, JsonElement outcome, CancellationToken cancel) => storage.Try(() => outcomes.Keep(key, outcome, cancel));

        public Task Drop(string key, CancellationToken cancel) => storage.Try(() => outcomes.Drop(key, cancel));
    }

    private sealed class LeasesOf(TroubledStorage storage, IRunLease leases) : IRunLease
    {
        // No lost answers: a lease that is taken and not handed out ends with its process, as a killed one's does.
        public Task<IAsyncDisposable?> TryTake(string runId, CancellationToken cancel)
        {
            if (!storage.Fails())
                return leases.TryTake(runId, cancel);
            storage.Count(Trouble.Overtaken);
            return Task.FromResult<IAsyncDisposable?>(null);
        }
    }

    private sealed class LedgerOf(TroubledStorage storage, ILedger ledger) : ILedger
    {
        public Task Append(string eventName, IReadOnlyDictionary<string, string> facts, CancellationToken cancel) =>
            storage.Try(() => ledger.Append(eventName, facts, cancel));
    }
}
