using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Azure.Data.Tables;
using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.AzureStorage.Store;

/// <summary>
/// The history of runs as rows of the table <c>ledger</c>: partition the run, row key the time and a mark of this process, so that rows sort
/// by time and those of two hosts do not collide. What arrives while a write is on its way goes together with the next.
/// </summary>
internal sealed class TableLedger(TableClient table, string runId, TimeProvider time) : ILedger
{
    public const string TableName = "ledger";

    /// <summary>What one transaction of a table takes.</summary>
    private const int MostPerTransaction = 100;
    private const int LongestEventJson = 30_000;

    private static readonly string Process = RandomNumberGenerator.GetHexString(8, lowercase: true);
    private static long rows;

    private readonly Lock gate = new();
    private readonly List<TableEntity> waiting = [];
    private Task writing = Task.CompletedTask;
    private Task? next;

    public Task Append(string eventName, IReadOnlyDictionary<string, string> facts, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(facts);
        cancel.ThrowIfCancellationRequested();
        var now = time.GetUtcNow();
        var json = JsonSerializer.SerializeToUtf8Bytes(facts, CanonicalJson.Options);
        if (json.Length > LongestEventJson)
            throw new ArgumentException($"The facts of an event take at most {LongestEventJson} bytes.", nameof(facts));
        var row = new TableEntity(Partition(runId), RowKey(now)) { ["Time"] = now, ["Event"] = eventName, ["Facts"] = json };
        lock (gate)
        {
            waiting.Add(row);
            return next ??= WriteAfter(writing);
        }
    }

    /// <summary>Characters that a key may not have, written as their code.</summary>
    internal static string Partition(string runId) => string.Concat(runId.Select(c =>
        char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '~' ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"!{(int)c:x4}")));

    private static string RowKey(DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture, $"{now.UtcDateTime:yyyyMMdd'T'HHmmss.fffffff}-{Process}-{Interlocked.Increment(ref rows):x8}");

    private async Task WriteAfter(Task before)
    {
        await Task.WhenAny(before).ConfigureAwait(false); // What was wrong with that its own callers learn.
        await Task.Yield();
        TableEntity[] batch;
        lock (gate)
        {
            batch = [.. waiting];
            waiting.Clear();
            writing = next!;
            next = null;
        }
        foreach (var part in batch.Chunk(MostPerTransaction))
            await AzureErrors.Translate(() => Write(part), $"the history of '{runId}'", CancellationToken.None).ConfigureAwait(false);
    }

    // Upserts: the SDK's second try of a request whose answer was lost does no harm.
    private Task Write(TableEntity[] part) => part.Length == 1
        ? table.UpsertEntityAsync(part[0], TableUpdateMode.Replace)
        : table.SubmitTransactionAsync(part.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)));
}
