using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Links;

/// <summary>How often the links to each area were revoked: a link is of one generation and ends with it. Outlives the area.</summary>
internal sealed class LinkGenerations(IRecordStore records)
{
    private const string Partition = "links";

    public async Task<int> Of(string area, CancellationToken cancel) =>
        (await records.Find<LinkGeneration>(Partition, area, cancel).ConfigureAwait(false))?.Value.Number ?? 0;

    public async Task Raise(string area, CancellationToken cancel)
    {
        while (true)
        {
            var old = await records.Find<LinkGeneration>(Partition, area, cancel).ConfigureAwait(false);
            var next = new LinkGeneration((old?.Value.Number ?? 0) + 1);
            var change = old is null ? RecordChange.Insert(area, next) : RecordChange.Replace(old, next);
            if (await records.Commit(Partition, [change], cancel).ConfigureAwait(false))
                return;
        }
    }

    internal sealed record LinkGeneration(int Number);
}
