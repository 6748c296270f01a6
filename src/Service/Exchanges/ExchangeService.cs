using System.Globalization;
using RadiogenomicsCloud.Service.Models;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Exchanges;

/// <summary>
/// What an owner does with exchanges. Every member that changes one writes the change and the entry of its history in one transaction; a
/// command that is refused is an entry too, and a <see cref="BadInputException"/>.
/// </summary>
public sealed class ExchangeService(
    IServiceStorage storage, ModelRegistry models, ExchangeJobs jobs, ExchangeSettings settings, TimeProvider time, SecretSource random)
{
    private readonly ExchangeBook book = new(storage.Records, time);
    private readonly ExchangeLinkDesk links = new(storage, time);

    /// <summary>Opens an exchange: its areas, its record, its links.</summary>
    /// <exception cref="BadInputException">
    /// The model is not locked, holds training rows without consent to it, or something of the request is not as it must be.
    /// </exception>
    public async Task<Invitation> Invite(InvitationRequest request, string who, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        var partner = ExchangeText.Require("name of the partner", request.Partner, ExchangeText.LongestName);
        var range = ExchangeText.RequireRange(request.IpRange);
        request.Terms.Require();
        var uploadTime = RequireTime(request.UploadTime ?? settings.UploadTime);
        var model = await models.RequireLocked(request.Model, request.Version, cancel).ConfigureAwait(false);
        if (model.HoldsRows && !request.AllowRows)
            throw ExchangeErrors.HoldsRows(model.Label);
        var id = await NewId(cancel).ConfigureAwait(false);
        await CreateAreas(id, 1, cancel).ConfigureAwait(false);
        var now = time.GetUtcNow();
        var draft = new Exchange(
            id, partner, new(model.Name, model.Version, model.Model.Sha256), request.Terms, range, ExchangeState.Invited, now, now,
            now + uploadTime, now + uploadTime + settings.ClosingTime, new(1, now));
        // First, since an exchange whose links cannot be made is none.
        var upload = await links.Make(draft, LinkPurpose.Upload, who, now, cancel).ConfigureAwait(false);
        var results = await links.Make(draft, LinkPurpose.Results, who, now, cancel).ConfigureAwait(false);
        var (exchange, entries) = await book.Open(draft, who, model.HoldsRows, [upload.Entry, results.Entry], cancel).ConfigureAwait(false);
        await ExchangeStatus.Write(storage.Files, exchange, cancel).ConfigureAwait(false);
        return new(exchange, new(LinkPurpose.Upload, entries[0], upload.Link), new(LinkPurpose.Results, entries[1], results.Link)) { Discloses = model.Discloses };
    }

    /// <summary>Lets the locked model be scored on what is in review, and enters the job; once more where that job failed.</summary>
    public async Task<Exchange> Accept(string id, string who, string why, CancellationToken cancel)
    {
        var reason = Reason("accepted", why);
        var before = await Require(id, cancel).ConfigureAwait(false);
        if (before.State == ExchangeState.InReview)
            await models.RequireLocked(before.Model.Name, before.Model.Version, cancel).ConfigureAwait(false);
        var exchange = await book.Change(id, ExchangeCommand.Accept, who, e => e with { Reason = reason }, cancel).ConfigureAwait(false);
        await jobs.EnterScoring(exchange, cancel).ConfigureAwait(false);
        await ExchangeStatus.Write(storage.Files, exchange, cancel).ConfigureAwait(false);
        return exchange;
    }

    /// <summary>Sends a submission back, at any time before its release.</summary>
    public async Task<Exchange> Reject(string id, string who, string why, CancellationToken cancel)
    {
        var reason = Reason("rejected", why);
        var exchange = await book.Change(id, ExchangeCommand.Reject, who, e => e with { Reason = reason }, cancel).ConfigureAwait(false);
        await jobs.Cancel(exchange, cancel).ConfigureAwait(false);
        await ExchangeStatus.Write(storage.Files, exchange, cancel).ConfigureAwait(false);
        return exchange;
    }

    /// <summary>Asks for a further submission: new areas, new links, a new deadline.</summary>
    /// <param name="uploadTime">From now; null for the setting of the service.</param>
    public async Task<Invitation> Resubmit(string id, string who, string why, TimeSpan? uploadTime, CancellationToken cancel)
    {
        var reason = Reason("resubmission", why);
        var given = RequireTime(uploadTime ?? settings.UploadTime);
        var before = await Require(id, cancel).ConfigureAwait(false);
        if (before.State == ExchangeState.Rejected)
        {
            await models.RequireLocked(before.Model.Name, before.Model.Version, cancel).ConfigureAwait(false);
            await CreateAreas(id, before.Submission.Number + 1, cancel).ConfigureAwait(false);
        }
        var now = time.GetUtcNow();
        var exchange = await book.Change(
            id, ExchangeCommand.Resubmit, who,
            e => e with
            {
                Reason = reason,
                Deadline = now + given,
                CloseBy = now + given + settings.ClosingTime,
                Submission = new(e.Submission.Number + 1, now),
            },
            cancel).ConfigureAwait(false);
        return await Links(exchange, who, cancel).ConfigureAwait(false);
    }

    /// <summary>Ends an exchange and its links at once. What was uploaded is removed when the exchange closes.</summary>
    public async Task<Exchange> Revoke(string id, string who, string why, CancellationToken cancel)
    {
        var reason = Reason("revoked", why);
        var exchange = await book.Change(id, ExchangeCommand.Revoke, who, e => e with { Reason = reason }, cancel).ConfigureAwait(false);
        await jobs.Cancel(exchange, cancel).ConfigureAwait(false);
        return await links.End(book, exchange, who, cancel).ConfigureAwait(false);
    }

    /// <summary>Ends an exchange for the partner: its links, and its files, which are removed at once.</summary>
    public async Task<Exchange> Withdraw(string id, string who, string why, CancellationToken cancel)
    {
        var reason = Reason("withdrawn", why);
        var exchange = await book.Change(id, ExchangeCommand.Withdraw, who, e => e with { Reason = reason }, cancel).ConfigureAwait(false);
        await jobs.Cancel(exchange, cancel).ConfigureAwait(false);
        return await links.Close(book, exchange, who, cancel).ConfigureAwait(false);
    }

    /// <summary>A new link to the inbox or outbox of the current submission, for at most seven days and not past the exchange's own times.</summary>
    public async Task<IssuedLink> IssueLink(string id, LinkPurpose purpose, string who, CancellationToken cancel) =>
        await links.Issue(book, id, purpose, who, cancel).ConfigureAwait(false);

    /// <summary>Null if there is none.</summary>
    public Task<Exchange?> Find(string id, CancellationToken cancel) => book.Find(id, cancel);

    /// <summary>In ordinal order of the ids.</summary>
    public IAsyncEnumerable<Exchange> List(CancellationToken cancel) => book.List(cancel);

    /// <summary>All that happened, in order.</summary>
    public IAsyncEnumerable<AuditEntry> History(string id, CancellationToken cancel) => book.History(id, cancel);

    /// <summary>The ledger of links, in order.</summary>
    public IAsyncEnumerable<LinkEntry> LinksOf(string id, CancellationToken cancel) => book.Links(id, cancel);

    private async Task<Invitation> Links(Exchange exchange, string who, CancellationToken cancel)
    {
        var upload = await links.Issue(book, exchange.Id, LinkPurpose.Upload, who, cancel).ConfigureAwait(false);
        var results = await links.Issue(book, exchange.Id, LinkPurpose.Results, who, cancel).ConfigureAwait(false);
        exchange = await Require(exchange.Id, cancel).ConfigureAwait(false);
        await ExchangeStatus.Write(storage.Files, exchange, cancel).ConfigureAwait(false);
        return new(exchange, upload, results);
    }

    private async Task<Exchange> Require(string id, CancellationToken cancel) =>
        await book.Find(id, cancel).ConfigureAwait(false) ?? throw ExchangeErrors.Missing(id);

    private async Task CreateAreas(string id, int submission, CancellationToken cancel)
    {
        await storage.Files.Create(ExchangeAreas.Inbox(id, submission), cancel).ConfigureAwait(false);
        await storage.Files.Create(ExchangeAreas.Outbox(id, submission), cancel).ConfigureAwait(false);
    }

    private async Task<string> NewId(CancellationToken cancel)
    {
        var bytes = new byte[ExchangeAreas.IdLength / 2];
        while (true)
        {
            random(bytes);
            var id = Convert.ToHexStringLower(bytes);
            if (await book.Announce(id, cancel).ConfigureAwait(false))
                return id;
        }
    }

    private static ExchangeReason Reason(string code, string why) => new("exchange." + code, ExchangeText.Require("reason", why, ExchangeText.LongestReason));

    private static TimeSpan RequireTime(TimeSpan uploadTime) => uploadTime >= TimeSpan.FromHours(1) && uploadTime <= ExchangeSettings.LongestTime
        ? uploadTime
        : throw new BadInputException(
            "exchange.upload-time",
            string.Create(CultureInfo.InvariantCulture, $"The time to upload must be from one hour to {ExchangeSettings.LongestTime.TotalDays} days."), "uploadTime");
}
