using System.Globalization;
using System.Runtime.CompilerServices;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Exchanges;

/// <summary>
/// The records of exchanges. All of one lie in one partition: the exchange, its history, its ledger of links; each change is one transaction
/// that rewrites the exchange, so that of two at once one is told to look again.
/// </summary>
internal sealed class ExchangeStore(IRecordStore records)
{
    private const string Index = "exchanges";
    private const string HeadKey = "exchange";
    private const string AuditPrefix = "audit:";
    private const string LinkPrefix = "link:";

    private sealed record Listed(string Id);

    public Task<StoredRecord<Exchange>?> Find(string id, CancellationToken cancel) => ExchangeAreas.IsId(id)
        ? records.Find<Exchange>(Partition(id), HeadKey, cancel)
        : Task.FromResult<StoredRecord<Exchange>?>(null);

    /// <summary>Lists the id before the exchange is there, so that no exchange is ever without one. False if the id is taken.</summary>
    public Task<bool> Announce(string id, CancellationToken cancel) => records.Commit(Index, [RecordChange.Insert(id, new Listed(id))], cancel);

    /// <summary>In ordinal order of the ids.</summary>
    public async IAsyncEnumerable<Exchange> List([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var listed in records.List<Listed>(Index, "", cancel).ConfigureAwait(false))
        {
            if (await Find(listed.Value.Id, cancel).ConfigureAwait(false) is { } found)
                yield return found.Value;
        }
    }

    public IAsyncEnumerable<AuditEntry> History(string id, CancellationToken cancel) => Values<AuditEntry>(id, AuditPrefix, cancel);

    public IAsyncEnumerable<LinkEntry> Links(string id, CancellationToken cancel) => Values<LinkEntry>(id, LinkPrefix, cancel);

    /// <summary>Writes an exchange with the entries that tell of the change.</summary>
    /// <param name="links">Their numbers are given here.</param>
    /// <returns>The exchange as written, and the link's entry; null if another was faster.</returns>
    public async Task<(Exchange Exchange, IReadOnlyList<LinkEntry> Links)?> Commit(
        StoredRecord<Exchange>? old, Exchange next, AuditEntry entry, IReadOnlyList<LinkEntry> links, CancellationToken cancel)
    {
        var numbered = links.Select((link, i) => link with { Number = next.Links + i + 1 }).ToList();
        var counted = next with { Entries = next.Entries + 1, Links = next.Links + links.Count };
        var changes = new List<RecordChange>
        {
            old is null ? RecordChange.Insert(HeadKey, counted) : RecordChange.Replace(old, counted),
            RecordChange.Insert(AuditPrefix + Number(counted.Entries), entry),
        };
        changes.AddRange(numbered.Select(link => RecordChange.Insert(LinkPrefix + Number(link.Number), link)));
        return await records.Commit(Partition(next.Id), changes, cancel).ConfigureAwait(false) ? (counted, numbered) : null;
    }

    private async IAsyncEnumerable<T> Values<T>(string id, string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (!ExchangeAreas.IsId(id))
            yield break;
        await foreach (var record in records.List<T>(Partition(id), prefix, cancel).ConfigureAwait(false))
            yield return record.Value;
    }

    private static string Partition(string id) => "exchange:" + id;

    private static string Number(int number) => number.ToString("D8", CultureInfo.InvariantCulture);
}
