using System.Globalization;
using System.Runtime.CompilerServices;
using RadiogenomicsCloud.Service.Exchanges;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Links;

/// <summary>The owner's own upload links, which open all cohorts, and the ledger of those that were issued. The links themselves are kept nowhere.</summary>
public sealed class OwnerLinks(IServiceStorage storage, TimeProvider time)
{
    private const string Partition = "owner-links";
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(15);

    /// <summary>A link to the cohorts, entered before it is given out.</summary>
    /// <exception cref="BadInputException">It would live longer than <see cref="LinkRequest.LongestLife"/>.</exception>
    public async Task<(Uri Link, DateTimeOffset Expiry)> Issue(TimeSpan life, string who, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        // A cohort grows and is corrected: its owner may overwrite, and runs are pinned to what they saw.
        var request = new LinkRequest(AreaNames.Cohorts, LinkRight.CreateOrOverwrite, now - ClockDifference, now + life, null);
        var link = await storage.Links.Issue(request, cancel).ConfigureAwait(false);
        await Note(
            number => new(number, Revocation: false, request.Area, request.Right, storage.Links.Signature, request.Start, request.Expiry, null, IpEnforced: false, who, who, now),
            cancel).ConfigureAwait(false);
        return (link, request.Expiry);
    }

    /// <summary>Ends every link of the owner that was issued before.</summary>
    /// <exception cref="StorageException">The storage cannot end links before their time.</exception>
    public async Task Revoke(string who, CancellationToken cancel)
    {
        await storage.Links.Revoke(AreaNames.Cohorts, cancel).ConfigureAwait(false);
        var now = time.GetUtcNow();
        await Note(
            number => new(number, Revocation: true, AreaNames.Cohorts, null, storage.Links.Signature, null, null, null, IpEnforced: false, who, who, now), cancel).ConfigureAwait(false);
    }

    /// <summary>All that was issued and revoked, in order.</summary>
    public async IAsyncEnumerable<LinkEntry> Ledger([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var record in storage.Records.List<LinkEntry>(Partition, "", cancel).ConfigureAwait(false))
            yield return record.Value;
    }

    private async Task Note(Func<int, LinkEntry> make, CancellationToken cancel)
    {
        for (var number = await Ledger(cancel).CountAsync(cancel).ConfigureAwait(false) + 1; ; number++)
        {
            var key = number.ToString("D8", CultureInfo.InvariantCulture);
            if (await storage.Records.Commit(Partition, [RecordChange.Insert(key, make(number))], cancel).ConfigureAwait(false))
                return;
        }
    }
}
