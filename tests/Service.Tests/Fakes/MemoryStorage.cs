using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Tests.Fakes;

/// <summary>A storage in memory, for tests of what stands on it.</summary>
internal sealed class MemoryStorage : IServiceStorage, IFileAreas, IRecordStore, IArtifactStore, IOutcomeStore, IRunLease, ILedger
{
    private readonly ConcurrentDictionary<string, MemoryArea> areas = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (JsonElement Value, long Version)> records = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte[]> artifacts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, JsonElement> outcomes = new(StringComparer.Ordinal);
    private long versions;

    public string Description => "memory";

    public IFileAreas Files => this;

    public IRecordStore Records => this;

    public IArtifactStore Artifacts => this;

    public IOutcomeStore Outcomes => this;

    public IRunLease Leases => this;

    public ILinkIssuer Links => throw new NotSupportedException("No links in memory.");

    public string TemporaryFolder { get; } = Path.Combine(Path.GetTempPath(), "radiogenomics-memory-storage");

    /// <summary>Names of the steps that were really done, with how often.</summary>
    public ConcurrentDictionary<string, int> Computed { get; } = new(StringComparer.Ordinal);

    public MemoryArea Cohorts => Of(AreaNames.Cohorts);

    public MemoryArea Results => Of(AreaNames.Results);

    public ILedger Ledger(string runId) => this;

    public Task Append(string eventName, IReadOnlyDictionary<string, string> facts, CancellationToken cancel)
    {
        if (facts["result"] != "found")
            Computed.AddOrUpdate(facts["step"], 1, (_, n) => n + 1);
        return Task.CompletedTask;
    }

    public Task Prepare(CancellationToken cancel) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public IFileArea Area(string name) => Of(name);

    public Task Create(string name, CancellationToken cancel) => Task.FromResult(Of(name));

    public Task<bool> Exists(string name, CancellationToken cancel) => Task.FromResult(areas.ContainsKey(name));

    Task IFileAreas.Delete(string name, CancellationToken cancel) => Task.FromResult(areas.TryRemove(name, out _));

    public Task<StoredRecord<T>?> Find<T>(string partition, string key, CancellationToken cancel)
    {
        lock (records)
            return Task.FromResult(records.TryGetValue($"{partition}\n{key}", out var found) ? Stored<T>(partition, key, found) : null);
    }

    public async IAsyncEnumerable<StoredRecord<T>> List<T>(string partition, string keyPrefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        List<StoredRecord<T>> found;
        lock (records)
        {
            found = [.. records.Where(r => r.Key.StartsWith($"{partition}\n{keyPrefix}", StringComparison.Ordinal))
                .Select(r => Stored<T>(partition, r.Key[(partition.Length + 1)..], r.Value))];
        }
        foreach (var record in found)
        {
            await Task.CompletedTask;
            yield return record;
        }
    }

    public Task<bool> Commit(string partition, IReadOnlyList<RecordChange> changes, CancellationToken cancel)
    {
        lock (records)
        {
            foreach (var change in changes)
            {
                var there = records.TryGetValue($"{partition}\n{change.Key}", out var old) ? Text(old.Version) : null;
                if (there != change.ExpectedVersion)
                    return Task.FromResult(false);
            }
            foreach (var change in changes)
            {
                if (change.Value is { } value)
                    records[$"{partition}\n{change.Key}"] = (value, ++versions);
                else
                    records.Remove($"{partition}\n{change.Key}");
            }
            return Task.FromResult(true);
        }
    }

    public Task<Stream?> Open(ArtifactRef reference, CancellationToken cancel) =>
        Task.FromResult<Stream?>(artifacts.TryGetValue(reference.Sha256, out var bytes) ? new MemoryStream(bytes, writable: false) : null);

    public async Task<ArtifactRef> Put(Func<Stream, Task> write, CancellationToken cancel)
    {
        using var content = new MemoryStream();
        await write(content);
        var bytes = content.ToArray();
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        artifacts[hash] = bytes;
        return new(hash, bytes.Length);
    }

    public Task<JsonElement?> Find(string key, CancellationToken cancel) =>
        Task.FromResult<JsonElement?>(outcomes.TryGetValue(key, out var outcome) ? outcome : null);

    public Task<JsonElement> Keep(string key, JsonElement outcome, CancellationToken cancel) => Task.FromResult(outcomes.GetOrAdd(key, outcome));

    public Task Drop(string key, CancellationToken cancel) => Task.FromResult(outcomes.TryRemove(key, out _));

    public Task<IAsyncDisposable?> TryTake(string runId, CancellationToken cancel) => Task.FromResult<IAsyncDisposable?>(this);

    private static StoredRecord<T> Stored<T>(string partition, string key, (JsonElement Value, long Version) found) =>
        new(partition, key, CanonicalJson.FromElement<T>(found.Value), Text(found.Version));

    private static string Text(long version) => version.ToString(CultureInfo.InvariantCulture);

    private MemoryArea Of(string name) => areas.GetOrAdd(name, n => new(n));
}
