using System.Globalization;
using System.Text.Json;
using RadiogenomicsCloud.Cli.Terminal;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Exchanges;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Cli.Commands;

/// <summary>What <c>partner</c> prints: results on standard output, plain or as JSON. A link is printed once and kept nowhere.</summary>
internal static class PartnerOutput
{
    private sealed record ExchangeRow(
        string Id, string Partner, string Model, ExchangeState State, int Submission, DateTimeOffset Deadline, DateTimeOffset CloseBy, IntakeCounts? Intake, ExchangeReason? Reason)
    {
        public static ExchangeRow Of(Exchange e) => new(
            e.Id, e.Partner, string.Create(CultureInfo.InvariantCulture, $"{e.Model.Name}/v{e.Model.Version}"), e.State, e.Submission.Number, e.Deadline, e.CloseBy,
            e.Submission.Intake, e.Reason);
    }

    private sealed record LinkRow(LinkPurpose Purpose, string Link, DateTimeOffset? Expires, string? IpRange, bool IpEnforced)
    {
        public static LinkRow Of(IssuedLink link) =>
            new(link.Purpose, link.Link.AbsoluteUri, link.Entry.Expiry, link.Entry.IpRange, link.Entry.IpEnforced);
    }

    public static int Print(Invitation invitation, bool json)
    {
        var links = new[] { LinkRow.Of(invitation.Upload), LinkRow.Of(invitation.Results) };
        if (json)
            return Json(new { exchange = ExchangeRow.Of(invitation.Exchange), links, modelDiscloses = invitation.Discloses });
        Write(invitation.Exchange);
        if (invitation.Discloses is { } discloses)
            Messages.Note($"The file of the model can tell of single training cases: {discloses}. It stays here; the partner gets predictions for its own cases.");
        return Print([invitation.Upload, invitation.Results], json);
    }

    public static int Print(IReadOnlyList<Exchange> exchanges, bool json)
    {
        if (json)
            return Json(exchanges.Select(ExchangeRow.Of));
        foreach (var exchange in exchanges)
            Write(exchange);
        return ExitCodes.Done;
    }

    public static int Print(Exchange exchange, IReadOnlyList<AuditEntry> history, bool json)
    {
        if (json)
            return Json(new { exchange = ExchangeRow.Of(exchange), history });
        Write(exchange);
        if (exchange.Submission.Intake is { } intake)
            Line(string.Create(CultureInfo.InvariantCulture, $"  intake: at least {intake.AdmittedAtLeast} cases with images let in, at least {intake.QuarantinedAtLeast} kept out"));
        foreach (var entry in history)
            Line($"  {Time(entry.At)}  {entry.Who}  {entry.What}  {string.Join(", ", entry.Facts.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}: {f.Value}"))}");
        return ExitCodes.Done;
    }

    public static int Print(IReadOnlyList<IssuedLink> links, bool json)
    {
        if (json)
            return Json(links.Select(LinkRow.Of));
        foreach (var link in links)
        {
            Line($"  {(link.Purpose == LinkPurpose.Upload ? "to upload" : "for results")}, until {Time(link.Entry.Expiry!.Value)}:");
            Line("  " + link.Link.AbsoluteUri);
        }
        if (links.Any(link => link.Entry is { IpRange: not null, IpEnforced: false }))
            Messages.Warning("This storage does not check from which address a link is used.");
        Messages.Note("Whoever has a link can use it: send it to the partner alone. It is not shown again.");
        return ExitCodes.Done;
    }

    public static int Print(IReadOnlyList<LinkEntry> ledger, bool json)
    {
        if (json)
            return Json(ledger);
        foreach (var entry in ledger)
        {
            Line(string.Create(CultureInfo.InvariantCulture, $"{entry.Number}  {Time(entry.At)}  {entry.By}  {entry.Area}  ") + (entry.Revocation
                ? "all links ended"
                : $"{entry.Right}, until {Time(entry.Expiry!.Value)}, {entry.Signature}{(entry.IpRange is null ? "" : $", from {entry.IpRange}")}"));
        }
        return ExitCodes.Done;
    }

    private static void Write(Exchange e) => Line(string.Create(
        CultureInfo.InvariantCulture,
        $"{e.Id}  {e.Partner}  {e.Model.Name}/v{e.Model.Version}  submission {e.Submission.Number}  {e.State}, {Until(e)}{(e.Reason is { } reason ? $"  ({reason.Text})" : "")}"));

    private static string Until(Exchange e) => ExchangeRules.IsClosed(e.State)
        ? $"since {Time(e.Changed)}"
        : ExchangeRules.TakesFiles(e.State) ? $"upload until {Time(e.Deadline)}" : $"closes {Time(e.CloseBy)}";

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    // Names and reasons are what people wrote.
    private static void Line(string text) => Console.Out.WriteLine(Messages.Printable(text));

    private static int Json<T>(T value)
    {
        Console.Out.WriteLine(JsonSerializer.Serialize(value, CanonicalJson.Options));
        return ExitCodes.Done;
    }
}
