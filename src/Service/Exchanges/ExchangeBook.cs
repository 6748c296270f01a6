using System.Globalization;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Exchanges;

/// <summary>Changes exchanges by the rules, again from the start where another was faster, and writes their history.</summary>
internal sealed class ExchangeBook(IRecordStore records, TimeProvider time)
{
    public const string Service = "service";

    private readonly ExchangeStore store = new(records);

    public async Task<Exchange?> Find(string id, CancellationToken cancel) => (await store.Find(id, cancel).ConfigureAwait(false))?.Value;

    public Task<bool> Announce(string id, CancellationToken cancel) => store.Announce(id, cancel);

    public IAsyncEnumerable<Exchange> List(CancellationToken cancel) => store.List(cancel);

    public IAsyncEnumerable<AuditEntry> History(string id, CancellationToken cancel) => store.History(id, cancel);

    public IAsyncEnumerable<LinkEntry> Links(string id, CancellationToken cancel) => store.Links(id, cancel);

    /// <summary>Writes a new exchange with its first links.</summary>
    /// <param name="rowsAllowed">Consent was given to a model that holds training rows.</param>
    public async Task<(Exchange Exchange, IReadOnlyList<LinkEntry> Links)> Open(
        Exchange exchange, string who, bool rowsAllowed, IReadOnlyList<LinkEntry> links, CancellationToken cancel)
    {
        var facts = Facts(exchange);
        facts["partner"] = exchange.Partner;
        facts["model"] = string.Create(CultureInfo.InvariantCulture, $"{exchange.Model.Name}/v{exchange.Model.Version}");
        facts["modelSha256"] = exchange.Model.Sha256;
        facts["agreed"] = string.Create(
            CultureInfo.InvariantCulture,
            $"performance {exchange.Terms.Performance}, calibration {exchange.Terms.Calibration}, counts {exchange.Terms.Counts}, from {exchange.Terms.SmallestCount}");
        facts["deadline"] = exchange.Deadline.ToString("O", CultureInfo.InvariantCulture);
        if (rowsAllowed)
            facts["consent"] = "model with training rows";
        return await store.Commit(null, exchange, new(exchange.Created, who, "exchange.invited", facts), links, cancel).ConfigureAwait(false) ?? throw new InvalidOperationException($"The exchange {exchange.Id} was announced and is there already.");
    }

    /// <summary>Carries out a command. One that leads to the state that is there changes nothing.</summary>
    /// <param name="apply">What else changes with the state; done only where the state does.</param>
    /// <exception cref="BadInputException"><c>exchange.missing</c>; or <c>exchange.not-now</c>, after the refusal was written down.</exception>
    /// <param name="due">Asked of the exchange as it is when it is changed: false leaves it so. Null asks nothing.</param>
    public async Task<Exchange> Change(
        string id, ExchangeCommand command, string who, Func<Exchange, Exchange> apply, CancellationToken cancel, Func<Exchange, bool>? due = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        while (true)
        {
            var old = await store.Find(id, cancel).ConfigureAwait(false) ?? throw ExchangeErrors.Missing(id);
            if (due?.Invoke(old.Value) == false)
                return old.Value;
            var move = ExchangeRules.Decide(old.Value.State, command);
            if (move.Next is not { } next)
            {
                var refusal = ExchangeErrors.NotNow(old.Value, move.Refusal!);
                if (await WriteRefusal(old, old.Value, command.ToString(), refusal, who, cancel).ConfigureAwait(false) is not null)
                    throw refusal;
                continue;
            }
            if (next == old.Value.State)
                return old.Value;
            var now = time.GetUtcNow();
            var changed = apply(old.Value) with { State = next, Changed = now };
            var facts = Facts(changed);
            facts["from"] = Word(old.Value.State);
            if (changed.Reason is { } reason && reason != old.Value.Reason)
                (facts["code"], facts["reason"]) = (reason.Code, reason.Text);
            if (await store.Commit(old, changed, new(now, who, "exchange." + Word(next), facts), [], cancel).ConfigureAwait(false) is { } written)
                return written.Exchange;
        }
    }

    /// <summary>Writes down that a command was refused for a reason that the rules do not know.</summary>
    /// <param name="mark">Changes the exchange with it; returning null leaves it unwritten.</param>
    public async Task Refuse(
        string id, string what, BadInputException refusal, string who, Func<Exchange, Exchange?> mark, CancellationToken cancel)
    {
        while (await store.Find(id, cancel).ConfigureAwait(false) is { } old)
        {
            if (mark(old.Value) is not { } marked || await WriteRefusal(old, marked, what, refusal, who, cancel).ConfigureAwait(false) is not null)
                return;
        }
    }

    /// <summary>Writes something that is no change of state, with links if there are any.</summary>
    /// <param name="note">From the exchange as it is: as it shall be, the entry, the links; null writes nothing. May throw.</param>
    public async Task<(Exchange Exchange, IReadOnlyList<LinkEntry> Links)> Note(
        string id, string who, Func<Exchange, DateTimeOffset, (Exchange Next, string What, Dictionary<string, string> Facts, IReadOnlyList<LinkEntry> Links)?> note,
        CancellationToken cancel)
    {
        while (true)
        {
            var old = await store.Find(id, cancel).ConfigureAwait(false) ?? throw ExchangeErrors.Missing(id);
            var now = time.GetUtcNow();
            if (note(old.Value, now) is not { } noted)
                return (old.Value, []);
            var entry = new AuditEntry(now, who, noted.What, noted.Facts);
            if (await store.Commit(old, noted.Next, entry, noted.Links, cancel).ConfigureAwait(false) is { } written)
                return written;
        }
    }

    public static string Word(ExchangeState state) => state == ExchangeState.InReview ? "in-review" : state.ToString().ToLowerInvariant();

    public static Dictionary<string, string> Facts(Exchange exchange) => new()
    {
        ["submission"] = exchange.Submission.Number.ToString(CultureInfo.InvariantCulture),
    };

    private async Task<Exchange?> WriteRefusal(
        StoredRecord<Exchange> old, Exchange next, string what, BadInputException refusal, string who, CancellationToken cancel)
    {
        var facts = Facts(old.Value);
        (facts["command"], facts["state"], facts["code"], facts["reason"]) = (what.ToLowerInvariant(), Word(old.Value.State), refusal.Code, refusal.Message);
        return (await store.Commit(old, next, new(time.GetUtcNow(), who, "exchange.refused", facts), [], cancel).ConfigureAwait(false))?.Exchange;
    }
}
