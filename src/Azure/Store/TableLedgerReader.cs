using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure.Data.Tables;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.AzureStorage.Store;

/// <summary>Reads what a <see cref="TableLedger"/> wrote.</summary>
internal static class TableLedgerReader
{
    public static async IAsyncEnumerable<LedgerEntry> Read(TableClient table, string runId, [EnumeratorCancellation] CancellationToken cancel)
    {
        var partition = TableLedger.Partition(runId);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition}");
        await foreach (var row in AzureErrors.Translate(table.QueryAsync<TableEntity>(filter, cancellationToken: cancel), $"the history of '{runId}'", cancel).ConfigureAwait(false))
        {
            var facts = row.GetBinary("Facts") is { } json ? JsonSerializer.Deserialize<Dictionary<string, string>>(json) : null;
            yield return new(row.GetDateTimeOffset("Time") ?? default, row.GetString("Event") ?? "", facts ?? []);
        }
    }
}
