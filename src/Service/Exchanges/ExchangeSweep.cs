using Microsoft.Extensions.Logging;
using RadiogenomicsCloud.Service.Jobs;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Exchanges;

/// <summary>
/// What time does to exchanges, and what events and killed processes left undone: called by a timer, any number of times, by any number of
/// hosts.
/// </summary>
public sealed partial class ExchangeSweep(
    IServiceStorage storage, ExchangeService service, ExchangeStarter starter, ExchangeJobs jobs, TimeProvider time, ILogger<ExchangeSweep> logger)
{
    private readonly ExchangeBook book = new(storage.Records, time);
    private readonly ExchangeLinkDesk links = new(storage, time);

    /// <summary>Looks after every exchange. Trouble with one is logged and does not keep the others waiting.</summary>
    /// <returns>The jobs that stand open, for the host to start.</returns>
    public async Task<IReadOnlyList<JobRecord>> Run(CancellationToken cancel)
    {
        var open = new List<JobRecord>();
        await foreach (var exchange in book.List(cancel).ConfigureAwait(false))
        {
            try
            {
                if (await LookAfter(exchange, cancel).ConfigureAwait(false) is { HasEnded: false } job)
                    open.Add(job);
            }
            catch (RadiogenomicsException trouble)
            {
                LogTrouble(exchange.Id, trouble.Code);
            }
        }
        return open;
    }

    private async Task<JobRecord?> LookAfter(Exchange exchange, CancellationToken cancel)
    {
        if (exchange.FilesRemoved)
        {
            await EndLinks(exchange, cancel).ConfigureAwait(false);
            return null;
        }
        JobRecord? job = null;
        var inbox = ExchangeAreas.Inbox(exchange.Id, exchange.Submission.Number);
        var there = await storage.Files.Exists(inbox, cancel).ConfigureAwait(false);
        if (exchange.State != ExchangeState.Withdrawn && there
            && await storage.Files.Area(inbox).Find(ExchangeAreas.WithdrawalMarker, cancel).ConfigureAwait(false) is not null)
        {
            await service.Withdraw(exchange.Id, ExchangeStarter.Partner, "The partner took its cohort back.", cancel).ConfigureAwait(false);
            return null;
        }
        if (there && ExchangeRules.TakesFiles(exchange.State))
        {
            job = await starter.Completed(inbox, cancel).ConfigureAwait(false);
            exchange = await NoticeUpload(exchange.Id, inbox, cancel).ConfigureAwait(false);
        }
        var now = time.GetUtcNow();
        if (now >= exchange.ExpiresAt && ExchangeRules.Decide(exchange.State, ExchangeCommand.Expire).Next is ExchangeState.Expired)
            exchange = await Expire(exchange, cancel).ConfigureAwait(false);
        job = exchange.State switch
        {
            ExchangeState.Submitted => await jobs.EnsureIntake(exchange, cancel).ConfigureAwait(false),
            ExchangeState.Accepted => await jobs.EnsureScoring(exchange, cancel).ConfigureAwait(false),
            _ => job,
        };
        if (exchange.State == ExchangeState.Withdrawn || (exchange.State == ExchangeState.Revoked && now >= exchange.CloseBy))
            exchange = await links.Close(book, exchange, ExchangeBook.Service, cancel).ConfigureAwait(false);
        else if (ExchangeRules.IsClosed(exchange.State) && now >= exchange.CloseBy)
            exchange = await links.RemoveFiles(book, exchange, ExchangeBook.Service, cancel).ConfigureAwait(false);
        await ExchangeStatus.Write(storage.Files, exchange, cancel).ConfigureAwait(false);
        // Last, since a storage may be unable to end links before their time.
        await EndLinks(exchange, cancel).ConfigureAwait(false);
        return job;
    }

    private async Task EndLinks(Exchange exchange, CancellationToken cancel)
    {
        if (exchange.State is ExchangeState.Revoked or ExchangeState.Withdrawn)
            await links.End(book, exchange, ExchangeBook.Service, cancel).ConfigureAwait(false);
    }

    private async Task<Exchange> NoticeUpload(string id, string inbox, CancellationToken cancel)
    {
        var exchange = await book.Find(id, cancel).ConfigureAwait(false) ?? throw ExchangeErrors.Missing(id);
        if (exchange.State != ExchangeState.Invited)
            return exchange;
        await foreach (var _ in storage.Files.Area(inbox).List("", cancel).ConfigureAwait(false))
            return await book.Change(id, ExchangeCommand.SeeUpload, ExchangeStarter.Partner, e => e, cancel).ConfigureAwait(false);
        return exchange;
    }

    private Task<Exchange> Expire(Exchange exchange, CancellationToken cancel)
    {
        var reason = new ExchangeReason("exchange.expired", exchange.Submission.Marker is null
            ? "Nothing was submitted by the deadline."
            : "It was not decided in time.");
        return book.Change(exchange.Id, ExchangeCommand.Expire, ExchangeBook.Service, e => e with { Reason = reason }, cancel);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The exchange {Exchange} could not be looked after ({Code}); the next sweep tries again.")]
    private partial void LogTrouble(string exchange, string code);
}
