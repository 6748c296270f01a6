using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Storage;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Folders;

/// <summary>
/// Records as files <c>root/PARTITION/KEY.json</c> (names as <see cref="RecordFileName"/> makes them). Commits of a partition take turns
/// across processes; its lock file counts them, and the count is the version of what a commit wrote, so that no version comes twice.
/// </summary>
/// <remarks>
/// A commit of several changes is decided at the moment that its journal stands (<see cref="RecordJournal"/>). Whoever finds a journal,
/// reader or writer, first waits for the commit that is going on, or finishes that of a process that was killed. So nobody goes back
/// behind a change that somebody saw.
/// </remarks>
public sealed class FolderRecordStore : IRecordStore
{
    private const string LockFile = ".lock";
    private const string Extension = ".json";
    private readonly CountingLocks locks = new();
    private readonly string root;

    internal FolderRecordStore(string root) => this.root = root;

    public async Task<StoredRecord<T>?> Find<T>(string partition, string key, CancellationToken cancel)
    {
        var folder = FolderOf(partition);
        var path = PathOf(folder, key);
        return await StorageTrouble.Translate(
            async () =>
            {
                await WaitForJournal(folder, cancel).ConfigureAwait(false);
                return await RecordFile.Read(path, cancel).ConfigureAwait(false) is { } content ? Stored<T>(partition, key, content) : null;
            },
            path).ConfigureAwait(false);
    }

    public async IAsyncEnumerable<StoredRecord<T>> List<T>(string partition, string keyPrefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (!RecordRules.IsNamePrefix(keyPrefix))
            RecordRules.RequireName(keyPrefix);
        var folder = FolderOf(partition);
        var keys = await StorageTrouble.Translate(
            async () =>
            {
                await WaitForJournal(folder, cancel).ConfigureAwait(false);
                return KeysIn(folder, keyPrefix);
            },
            folder).ConfigureAwait(false);
        foreach (var key in keys)
        {
            if (await Find<T>(partition, key, cancel).ConfigureAwait(false) is { } record)
                yield return record;
        }
    }

    public async Task<bool> Commit(string partition, IReadOnlyList<RecordChange> changes, CancellationToken cancel)
    {
        RecordRules.RequireCommit(partition, changes);
        var folder = FolderOf(partition);
        return changes.Count == 0 || await StorageTrouble.Translate(() => CommitInTurn(folder, changes, cancel), folder).ConfigureAwait(false);
    }

    private static StoredRecord<T> Stored<T>(string partition, string key, RecordContent content)
    {
        try
        {
            return new(partition, key, CanonicalJson.FromElement<T>(content.Value), Text(content.Version));
        }
        catch (JsonException exception)
        {
            throw new StorageException(
                "records.shape", $"The record '{key}' of '{partition}' was not written by this version of the service, or was altered.", key, exception);
        }
    }

    private static string Text(long version) => version.ToString(CultureInfo.InvariantCulture);

    private static string PathOf(string folder, string key) => Path.Combine(folder, RecordFileName.Encode(key) + Extension);

    private static IReadOnlyList<string> KeysIn(string folder, string prefix) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*" + Extension)
            .Select(f => RecordFileName.Decode(Path.GetFileNameWithoutExtension(f)))
            .OfType<string>().Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)]
        : [];

    private string FolderOf(string partition) => Path.Combine(root, RecordFileName.Encode(partition));

    private async Task WaitForJournal(string folder, CancellationToken cancel)
    {
        if (!RecordJournal.Stands(folder))
            return;
        using var held = await locks.Take(Path.Combine(folder, LockFile), cancel).ConfigureAwait(false);
        await RecordJournal.Finish(folder, key => PathOf(folder, key), cancel).ConfigureAwait(false);
    }

    private async Task<bool> CommitInTurn(string folder, IReadOnlyList<RecordChange> changes, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        using var held = await locks.Take(Path.Combine(folder, LockFile), cancel).ConfigureAwait(false);
        await RecordJournal.Finish(folder, key => PathOf(folder, key), cancel).ConfigureAwait(false);
        var newest = 0L;
        foreach (var change in changes)
        {
            var standing = await RecordFile.Read(PathOf(folder, change.Key), cancel).ConfigureAwait(false);
            if (change.ExpectedVersion != (standing is null ? null : Text(standing.Version)))
                return false;
            newest = Math.Max(newest, standing?.Version ?? 0);
        }
        // The count may be behind where the machine lost its power.
        var version = held.Next(newest + 1);
        if (changes.Count > 1)
            await RecordJournal.Write(folder, new(version, [.. changes.Select(c => new JournalChange(c.Key, c.Value))]), cancel).ConfigureAwait(false);
        // From here on it is done, whoever asks to stop.
        if (changes.Count > 1)
            await RecordJournal.Finish(folder, key => PathOf(folder, key), CancellationToken.None).ConfigureAwait(false);
        else
            await RecordFile.Apply(PathOf(folder, changes[0].Key), changes[0].Value, version, cancel).ConfigureAwait(false);
        return true;
    }
}
