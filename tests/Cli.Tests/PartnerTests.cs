using System.Text.Json;
using RadiogenomicsCloud.Cli.Tests.Running;
using RadiogenomicsCloud.Service.Folders;
using RadiogenomicsCloud.Service.Models;

namespace RadiogenomicsCloud.Cli.Tests;

/// <summary>The owner's side of exchanges, on a folder.</summary>
public sealed class PartnerTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_owner_invites_lists_shows_issues_links_and_revokes()
    {
        await LockModel();
        var invited = await Partner("invite", "North Site", "--model", "tables", "--version", "1", "--ip", "192.0.2.7", "--json");
        invited.Succeeded();
        using var invitation = JsonDocument.Parse(invited.Output);
        var id = invitation.RootElement.GetProperty("exchange").GetProperty("id").GetString()!;
        Assert.Equal(12, id.Length);
        var link = invitation.RootElement.GetProperty("links")[0].GetProperty("link").GetString()!;
        Assert.StartsWith($"http://127.0.0.1:8470/blob/x-{id}-1-in?sp=c&", link, StringComparison.Ordinal);

        Assert.Contains($"{id}  North Site  tables/v1  submission 1  Invited", (await Partner("list")).Output, StringComparison.Ordinal);
        var shown = (await Partner("show", id)).Output;
        Assert.Contains("exchange.invited", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("sig=", shown, StringComparison.Ordinal);
        Assert.Contains("sp=r&", (await Partner("links", id, "--issue", "results")).Output, StringComparison.Ordinal);
        var ledger = (await Partner("links", id)).Output;
        Assert.Equal(3, ledger.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.DoesNotContain("sig=", ledger, StringComparison.Ordinal);

        (await Partner("accept", id, "--reason", "Fine.")).Refused("exchange.not-now", "no complete submission yet");
        (await Partner("resubmit", id, "--reason", "Again.")).Refused("exchange.not-now");
        Assert.Contains("Revoked", (await Partner("revoke", id, "--reason", "Wrong site.")).Output, StringComparison.Ordinal);
        (await Partner("links", id, "--issue", "upload")).Refused("exchange.not-now", "revoked");
        var history = (await Partner("show", id, "--json")).Output;
        using var details = JsonDocument.Parse(history);
        Assert.Equal(
            ["exchange.invited", "exchange.link-issued", "exchange.refused", "exchange.refused", "exchange.revoked", "exchange.links-ended", "exchange.refused"],
            details.RootElement.GetProperty("history").EnumerateArray().Select(e => e.GetProperty("what").GetString()));
    }

    [Fact]
    public async Task What_is_not_there_or_not_said_is_one_clear_sentence()
    {
        await LockModel();
        (await Partner("show", "0123456789ab")).Refused("exchange.missing", "0123456789ab");
        (await Partner("invite", "Site", "--model", "tables", "--version", "2")).Refused("model.missing");
        (await Partner("invite", "Site", "--model", "tables", "--version", "1", "--days", "9999")).Refused("exchange.upload-time");
        (await Partner("invite", "Site", "--model", "tables", "--version", "1", "--address", "http://example.org/")).Refused("links.endpoint");
        (await Radiogenomics.Run("partner", "list")).Refused("partner.storage", "--storage");
        (await Partner("accept", "0123456789ab")).Refused(null, "--reason");
        (await Radiogenomics.Run(
            [("RADIOGENOMICS_STORAGE", "https://account.blob.core.windows.net"), ("RADIOGENOMICS_ACCOUNT_ID", "account")], ["partner", "list"])).Refused("storage.resource_id", "'account'");
    }

    private Task<CommandResult> Partner(string verb, params string[] args) =>
        Radiogenomics.Run([("RADIOGENOMICS_STORAGE", folder.Path)], ["partner", verb, .. args]);

    private async Task LockModel()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var storage = FolderServiceStorage.Open(folder.Path, TimeProvider.System, freeBytes: 0);
        await storage.Prepare(cancel);
        var file = await storage.Artifacts.Put(stream => stream.WriteAsync("{}"u8.ToArray(), cancel).AsTask(), cancel);
        var registry = new ModelRegistry(storage.Records, new(["ann"]), TimeProvider.System);
        await registry.Register(new("tables", file, "run", "cohort", file, file, file), "service", cancel);
        await registry.Lock("tables", 1, "ann", cancel);
    }
}
