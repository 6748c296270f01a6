using System.CommandLine;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using RadiogenomicsCloud.Service.Exchanges;
using RadiogenomicsCloud.Service.Folders;
using RadiogenomicsCloud.Service.Hosting;
using RadiogenomicsCloud.Service.Intake;

namespace RadiogenomicsCloud.Cli.Commands;

/// <summary><c>partner</c>: exchanges with partners, for the owner's side.</summary>
internal static class PartnerCommand
{
    /// <summary>Work on the exchanges of a storage, in the name of whoever calls the command.</summary>
    private delegate Task<int> Work(ExchangeService exchanges, string who, CancellationToken cancel);

    public static Command Create()
    {
        var command = new Command("partner", "Exchanges with partners: a locked model is scored on a partner's cohort, and agreed figures come back.")
        {
            Invite(), List(), Show(), Decision("accept", "Score the locked model on a submission that is in review, and release the results.", (e, id, who, why, c) => e.Accept(id, who, why, c)),
            Decision("reject", "Send a submission back.", (e, id, who, why, c) => e.Reject(id, who, why, c)), Resubmit(), Revoke(), Links(),
        };
        return command;
    }

    private static Command Invite()
    {
        var partner = new Argument<string>("NAME") { Description = "Name of the partner's site." };
        var model = new Option<string>("--model") { Description = "Name of a model of the registry.", Required = true, HelpName = "NAME" };
        var version = new Option<int>("--version") { Description = "Its version, which must be locked.", Required = true, HelpName = "N" };
        var days = Days();
        var range = new Option<string?>("--ip") { Description = "From where the links work: one IPv4 address, or two with a hyphen.", HelpName = "RANGE" };
        var noPerformance = new Option<bool>("--no-performance") { Description = "The owner gets no AUC and no Brier score." };
        var noCalibration = new Option<bool>("--no-calibration") { Description = "The owner gets nothing of calibration." };
        var noCounts = new Option<bool>("--no-counts") { Description = "The owner gets no counts of cases and events." };
        var smallest = new Option<int>("--smallest")
        {
            Description = "Smallest count that the owner may see.",
            DefaultValueFactory = _ => ExchangeTerms.DefaultSmallestCount,
            HelpName = "N",
        };
        var rows = new Option<bool>("--allow-rows") { Description = "Consent to a model whose file holds values of training cases." };
        var json = Arguments.Json();
        return Over("invite", "Open an exchange: two links for the partner, one to upload and one to fetch results.", [partner, model, version, days, range, noPerformance, noCalibration, noCounts, smallest, rows, json], parsed =>
            async (exchanges, who, cancel) =>
            {
                var terms = new ExchangeTerms(
                    !parsed.GetValue(noPerformance), !parsed.GetValue(noCalibration), !parsed.GetValue(noCounts), parsed.GetValue(smallest));
                return PartnerOutput.Print(
                    await exchanges.Invite(
                        new(parsed.GetValue(partner)!, parsed.GetValue(model)!, parsed.GetValue(version), terms, Time(parsed.GetValue(days)), parsed.GetValue(range), parsed.GetValue(rows)), who, cancel),
                    parsed.GetValue(json));
            });
    }

    private static Command List()
    {
        var json = Arguments.Json();
        return Over("list", "List the exchanges.", [json], parsed => async (exchanges, _, cancel) =>
            PartnerOutput.Print(await exchanges.List(cancel).OrderBy(e => e.Created).ToListAsync(cancel), parsed.GetValue(json)));
    }

    private static Command Show()
    {
        var (id, json) = (Id(), Arguments.Json());
        return Over("show", "Show an exchange and all that happened to it.", [id, json], parsed => async (exchanges, _, cancel) =>
        {
            var exchange = await Find(exchanges, parsed.GetValue(id)!, cancel);
            return PartnerOutput.Print(exchange, await exchanges.History(exchange.Id, cancel).ToListAsync(cancel), parsed.GetValue(json));
        });
    }

    private static Command Decision(string name, string description, Func<ExchangeService, string, string, string, CancellationToken, Task<Exchange>> decide)
    {
        var (id, reason, json) = (Id(), Reason(), Arguments.Json());
        return Over(name, description, [id, reason, json], parsed => async (exchanges, who, cancel) =>
            PartnerOutput.Print([await decide(exchanges, parsed.GetValue(id)!, who, parsed.GetValue(reason)!, cancel)], parsed.GetValue(json)));
    }

    private static Command Resubmit()
    {
        var (id, reason, days, json) = (Id(), Reason(), Days(), Arguments.Json());
        return Over("resubmit", "Ask for a further submission after a rejection: new links.", [id, reason, days, json], parsed => async (exchanges, who, cancel) =>
            PartnerOutput.Print(
                await exchanges.Resubmit(parsed.GetValue(id)!, who, parsed.GetValue(reason)!, Time(parsed.GetValue(days)), cancel), parsed.GetValue(json)));
    }

    private static Command Revoke()
    {
        var (id, reason, json) = (Id(), Reason(), Arguments.Json());
        var withdrawn = new Option<bool>("--withdrawn") { Description = "The partner takes its cohort back: its files are removed at once." };
        return Over("revoke", "End an exchange and its links.", [id, reason, withdrawn, json], parsed => async (exchanges, who, cancel) =>
        {
            var end = parsed.GetValue(withdrawn) ? exchanges.Withdraw : new Func<string, string, string, CancellationToken, Task<Exchange>>(exchanges.Revoke);
            return PartnerOutput.Print([await end(parsed.GetValue(id)!, who, parsed.GetValue(reason)!, cancel)], parsed.GetValue(json));
        });
    }

    private static Command Links()
    {
        var (id, json) = (Id(), Arguments.Json());
        var issue = new Option<LinkPurpose?>("--issue") { Description = "Make a new link, to upload or to fetch results.", HelpName = "upload|results" };
        return Over("links", "List the links that were issued, or issue another.", [id, issue, json], parsed => async (exchanges, who, cancel) =>
        {
            if (parsed.GetValue(issue) is { } purpose)
                return PartnerOutput.Print([await exchanges.IssueLink(parsed.GetValue(id)!, purpose, who, cancel)], parsed.GetValue(json));
            var exchange = await Find(exchanges, parsed.GetValue(id)!, cancel);
            return PartnerOutput.Print(await exchanges.LinksOf(exchange.Id, cancel).ToListAsync(cancel), parsed.GetValue(json));
        });
    }

    private static Command Over(string name, string description, IReadOnlyList<Symbol> symbols, Func<ParseResult, Work> work)
    {
        var storage = Arguments.Storage();
        var address = new Option<string>("--address")
        {
            Description = "Of a folder storage: the address at which 'serve' is reached, which links begin with.",
            DefaultValueFactory = _ => $"http://127.0.0.1:{ServeCommand.DefaultPort}/",
            HelpName = "URL",
        };
        var command = new Command(name, description) { storage, address };
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
                command.Add(argument);
            else
                command.Add((Option)symbol);
        }
        command.SetAction((parsed, cancel) => Run(parsed.GetValue(storage), parsed.GetValue(address)!, work(parsed), cancel));
        return command;
    }

    private static async Task<int> Run(string? place, string address, Work work, CancellationToken cancel)
    {
        if (place is null)
            throw new BadInputException("partner.storage", "Say which service: --storage with the folder, or with the storage account by its connection string or https address.");
        if (!Uri.TryCreate(address, UriKind.Absolute, out var served))
            throw new BadInputException("partner.address", "--address must be the address of the service, as 'serve' prints it.");
        await using var storage = await StorageArgument.Open(place, TimeProvider.System, NullLoggerFactory.Instance, cancel);
        (storage as FolderServiceStorage)?.FolderLinks.ServeAt(served);
        var settings = new ServiceSettings(LocalRuns.Version, IntakePolicy.Default, new([]), ExchangeSettings.Default);
        var parts = new ServiceParts(storage, settings, TimeProvider.System, RandomNumberGenerator.Fill, NullLoggerFactory.Instance);
        return await work(parts.Exchanges, Environment.UserName, cancel);
    }

    private static async Task<Exchange> Find(ExchangeService exchanges, string id, CancellationToken cancel) =>
        await exchanges.Find(id, cancel)
        ?? throw new BadInputException("exchange.missing", $"There is no exchange '{id}'; 'partner list' shows what there is.", id);

    private static Argument<string> Id() => new("ID") { Description = "Id of the exchange." };

    private static Option<string> Reason() => new("--reason") { Description = "Why, in one line; the partner reads it.", Required = true, HelpName = "TEXT" };

    private static Option<int?> Days() => new("--days") { Description = "Days until the deadline; 14 if not given.", HelpName = "N" };

    // What is out of range is refused by the service, with its own sentence.
    private static TimeSpan? Time(int? days) => days is { } given ? TimeSpan.FromDays(Math.Clamp(given, 0, 1000)) : null;
}
