using System.Globalization;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Exchanges;

/// <summary>Issues and ends the links of exchanges, and keeps their ledger.</summary>
internal sealed class ExchangeLinkDesk(IServiceStorage storage, TimeProvider time)
{
    /// <summary>
    /// Makes a link. It is handed out only after the ledger holds it, in one transaction with the state that allowed it: a revocation at
    /// the same moment either comes after, and ends it, or comes before, and it is never handed out.
    /// </summary>
    /// <exception cref="BadInputException"><c>exchange.missing</c>, <c>exchange.not-now</c> or <c>exchange.over</c>; the last two are audited.</exception>
    public async Task<IssuedLink> Issue(ExchangeBook book, string id, LinkPurpose purpose, string who, CancellationToken cancel)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        while (true)
        {
            var exchange = await book.Find(id, cancel).ConfigureAwait(false) ?? throw ExchangeErrors.Missing(id);
            var now = time.GetUtcNow();
            if (Refusal(exchange, purpose, now) is { } refusal)
            {
                await book.Refuse(id, "link", refusal, who, e => e, cancel).ConfigureAwait(false);
                throw refusal;
            }
            var (entry, link) = await Make(exchange, purpose, who, now, cancel).ConfigureAwait(false);
            var (_, written) = await book.Note(
                id, who,
                (e, at) => Refusal(e, purpose, at) is null && Request(e, purpose, now) == Request(exchange, purpose, now)
                    ? (e, "exchange.link-issued", Facts(e, entry), [entry])
                    : null,
                cancel).ConfigureAwait(false);
            if (written.Count > 0)
                return new(purpose, written[0], link);
        }
    }

    /// <summary>Makes a link and its entry for the ledger. Not to be handed out before that is written.</summary>
    public async Task<(LinkEntry Entry, Uri Link)> Make(
        Exchange exchange, LinkPurpose purpose, string who, DateTimeOffset now, CancellationToken cancel)
    {
        var request = Request(exchange, purpose, now);
        var link = await storage.Links.Issue(request, cancel).ConfigureAwait(false);
        return (
            new(
                0, Revocation: false, request.Area, request.Right, storage.Links.Signature, request.Start, request.Expiry, request.IpRange,
                request.IpRange is not null && storage.Links.EnforcesIpRange, exchange.Partner, who, now),
            link);
    }

    /// <summary>Ends every link to the areas of an exchange; does nothing where that was done.</summary>
    public async Task<Exchange> End(ExchangeBook book, Exchange exchange, string who, CancellationToken cancel)
    {
        if (exchange.LinksEnded)
            return exchange;
        var areas = Areas(exchange);
        foreach (var area in areas)
        {
            if (await storage.Files.Exists(area, cancel).ConfigureAwait(false))
                await storage.Links.Revoke(area, cancel).ConfigureAwait(false);
        }
        var (ended, _) = await book.Note(
            exchange.Id, who,
            (e, now) => e.LinksEnded
                ? null
                : (e with { LinksEnded = true }, "exchange.links-ended", ExchangeBook.Facts(e), [.. areas.Select(area => new LinkEntry(
                    0, Revocation: true, area, null, storage.Links.Signature, null, null, null, IpEnforced: false, e.Partner, who, now))]),
            cancel).ConfigureAwait(false);
        return ended;
    }

    /// <summary>Removes the inboxes and outboxes of an exchange; does nothing where that was done.</summary>
    public async Task<Exchange> RemoveFiles(ExchangeBook book, Exchange exchange, string who, CancellationToken cancel)
    {
        if (exchange.FilesRemoved)
            return exchange;
        foreach (var area in Areas(exchange))
            await storage.Files.Delete(area, cancel).ConfigureAwait(false);
        var (removed, _) = await book.Note(
            exchange.Id, who,
            (e, _) => e.FilesRemoved ? null : (e with { FilesRemoved = true }, "exchange.files-removed", ExchangeBook.Facts(e), []),
            cancel).ConfigureAwait(false);
        return removed;
    }

    /// <summary>Ends the links and removes the files of an exchange that is over before its time.</summary>
    public async Task<Exchange> Close(ExchangeBook book, Exchange exchange, string who, CancellationToken cancel)
    {
        try
        {
            exchange = await End(book, exchange, who, cancel).ConfigureAwait(false);
        }
        catch (StorageException)
        {
            // A storage that cannot end links must not keep the files of a partner who took them back: with its area a link ends too.
        }
        exchange = await RemoveFiles(book, exchange, who, cancel).ConfigureAwait(false);
        return await End(book, exchange, who, cancel).ConfigureAwait(false);
    }

    private static List<string> Areas(Exchange exchange) =>
    [
        .. Enumerable.Range(1, exchange.Submission.Number)
            .SelectMany(n => new[] { ExchangeAreas.Inbox(exchange.Id, n), ExchangeAreas.Outbox(exchange.Id, n) }),
    ];

    private static BadInputException? Refusal(Exchange exchange, LinkPurpose purpose, DateTimeOffset now)
    {
        if (exchange.State is ExchangeState.Revoked or ExchangeState.Withdrawn or ExchangeState.Expired)
            return ExchangeErrors.NotNow(exchange, ExchangeRules.Decide(exchange.State, ExchangeCommand.SeeUpload).Refusal!);
        if (purpose == LinkPurpose.Results)
            return now < exchange.CloseBy ? null : ExchangeErrors.Over(exchange, "its results can be fetched no longer");
        if (!ExchangeRules.TakesFiles(exchange.State))
            return ExchangeErrors.NotNow(exchange, ExchangeRules.Decide(exchange.State, ExchangeCommand.SeeUpload).Refusal!);
        return now < exchange.Deadline ? null : ExchangeErrors.Over(exchange, "its deadline has passed");
    }

    private LinkRequest Request(Exchange exchange, LinkPurpose purpose, DateTimeOffset now)
    {
        var (area, right, end) = purpose == LinkPurpose.Upload
            ? (ExchangeAreas.Inbox(exchange.Id, exchange.Submission.Number), storage.Links.UploadRight, exchange.Deadline)
            : (ExchangeAreas.Outbox(exchange.Id, exchange.Submission.Number), LinkRight.Read, exchange.CloseBy);
        var start = now - ExchangeSettings.LinkHeadStart;
        var longest = start + LinkRequest.LongestLife;
        return new(area, right, start, end < longest ? end : longest, exchange.IpRange);
    }

    private static Dictionary<string, string> Facts(Exchange exchange, LinkEntry link)
    {
        var facts = ExchangeBook.Facts(exchange);
        facts["area"] = link.Area;
        facts["right"] = link.Right.ToString()!;
        facts["expiry"] = link.Expiry!.Value.ToString("O", CultureInfo.InvariantCulture);
        return facts;
    }
}
