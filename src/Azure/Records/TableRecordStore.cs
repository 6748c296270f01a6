using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.AzureStorage.Records;

/// <summary>
/// Records as rows of one table. The value is binary, so that the largest commit stays below the 4 MiB of a transaction whatever characters
/// it holds. The version of a record is its ETag.
/// </summary>
internal sealed class TableRecordStore(TableClient table) : IRecordStore
{
    public const string TableName = "records";
    private const string ValueColumn = "Value";

    /// <summary>The writer's own mark, by which a commit whose answer was lost is told from another's.</summary>
    private const string CommitColumn = "Commit";

    public Task<StoredRecord<T>?> Find<T>(string partition, string key, CancellationToken cancel)
    {
        RecordRules.RequireName(partition);
        RecordRules.RequireName(key);
        return AzureErrors.Translate(
            async () =>
            {
                var answer = await table.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancel).ConfigureAwait(false);
                return answer.HasValue ? Record<T>(answer.Value!) : null;
            },
            Where(partition),
            cancel);
    }

    public async IAsyncEnumerable<StoredRecord<T>> List<T>(string partition, string keyPrefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        RecordRules.RequireName(partition);
        if (keyPrefix.Length > 0)
            RecordRules.RequireName(keyPrefix);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {keyPrefix}");
        await foreach (var row in AzureErrors.Translate(table.QueryAsync<TableEntity>(filter, cancellationToken: cancel), Where(partition), cancel).ConfigureAwait(false))
        {
            if (!row.RowKey.StartsWith(keyPrefix, StringComparison.Ordinal))
                yield break; // Rows come in the order of their keys.
            yield return Record<T>(row);
        }
    }

    public async Task<bool> Commit(string partition, IReadOnlyList<RecordChange> changes, CancellationToken cancel)
    {
        RecordRules.RequireCommit(partition, changes);
        if (changes.Count == 0)
            return true;
        var mark = RandomNumberGenerator.GetHexString(24, lowercase: true);
        var actions = changes.Select(change => Action(partition, change, mark)).ToArray();
        return await AzureErrors.Translate(
            async () =>
            {
                try
                {
                    await table.SubmitTransactionAsync(actions, cancel).ConfigureAwait(false);
                    return true;
                }
                catch (RequestFailedException failed) when (AzureErrors.IsCondition(failed) || AzureErrors.IsNoFile(failed))
                {
                    return await IsMine(actions, mark, cancel).ConfigureAwait(false);
                }
            },
            Where(partition),
            cancel).ConfigureAwait(false);
    }

    private static string Where(string partition) => $"records '{partition}'";

    private static StoredRecord<T> Record<T>(TableEntity row)
    {
        try
        {
            var value = JsonSerializer.Deserialize<T>(row.GetBinary(ValueColumn) ?? [], CanonicalJson.Options);
            return new StoredRecord<T>(row.PartitionKey, row.RowKey, value ?? throw new JsonException("null"), row.ETag.ToString());
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new StorageException(
                "storage.record", $"The record '{row.RowKey}' of '{row.PartitionKey}' cannot be read: it was written by another version or by hand.",
                row.RowKey, exception);
        }
    }

    private static TableTransactionAction Action(string partition, RecordChange change, string mark)
    {
        if (change.Value is not { } value)
            return new(TableTransactionActionType.Delete, new TableEntity(partition, change.Key), new ETag(change.ExpectedVersion!));
        var json = CanonicalJson.Serialize(value);
        var row = new TableEntity(partition, change.Key) { [ValueColumn] = json, [CommitColumn] = mark };
        return change.ExpectedVersion is { } expected
            ? new(TableTransactionActionType.UpdateReplace, row, new ETag(expected))
            : new(TableTransactionActionType.Add, row);
    }

    /// <summary>Whether the rows that stand are of this very commit: it was done and its answer lost, and the SDK's next try was refused.</summary>
    private async Task<bool> IsMine(TableTransactionAction[] actions, string mark, CancellationToken cancel)
    {
        if (actions.FirstOrDefault(a => a.ActionType != TableTransactionActionType.Delete) is not { } written)
            return false;
        var standing = await table.GetEntityIfExistsAsync<TableEntity>(
            written.Entity.PartitionKey, written.Entity.RowKey, [CommitColumn], cancel).ConfigureAwait(false);
        return standing.HasValue && standing.Value!.GetString(CommitColumn) == mark;
    }
}
