using System.Text.Json;
using RadiogenomicsCloud.Service.Exchanges;
using RadiogenomicsCloud.Service.Jobs;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Tests.Exchanges;

public sealed class ExchangeServiceTests : IAsyncLifetime
{
    private readonly ExchangeRig rig = new();
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await rig.Begin();

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Fact]
    public async Task An_invitation_makes_two_areas_two_links_and_their_entries()
    {
        var invitation = await rig.Invite(range: "192.0.2.1-192.0.2.9");
        var exchange = invitation.Exchange;
        Assert.Equal("010000000000", exchange.Id);
        Assert.Equal(ExchangeState.Invited, exchange.State);
        Assert.Empty(await rig.Files(ExchangeAreas.Inbox(exchange.Id, 1)));
        Assert.Equal(["status.json"], await rig.Files(ExchangeAreas.Outbox(exchange.Id, 1)));
        var ledger = await rig.Service.LinksOf(exchange.Id, cancel).ToListAsync(cancel);
        Assert.Equal([invitation.Upload.Entry, invitation.Results.Entry], ledger);
        Assert.Equal(
            [(1, "x-010000000000-1-in", LinkRight.Create), (2, "x-010000000000-1-out", LinkRight.Read)], ledger.Select(l => (l.Number, l.Area, l.Right!.Value)));
        Assert.All(ledger, l =>
        {
            Assert.Equal(rig.Time.GetUtcNow() - TimeSpan.FromMinutes(15), l.Start);
            Assert.Equal(LinkRequest.LongestLife, l.Expiry - l.Start);
            Assert.Equal(("192.0.2.1-192.0.2.9", true, "North Site", ExchangeRig.Owner, false), (l.IpRange, l.IpEnforced, l.To, l.By, l.Revocation));
        });
        Assert.Equal(["exchange.invited"], await rig.History(exchange.Id));
    }

    [Fact]
    public async Task Neither_ledger_nor_history_nor_record_holds_a_link_or_its_signature()
    {
        var invitation = await rig.Invite();
        var again = await rig.Service.IssueLink(invitation.Exchange.Id, LinkPurpose.Upload, ExchangeRig.Owner, cancel);
        var written = string.Join('\n', JsonSerializer.Serialize(await rig.Find(invitation.Exchange.Id)),
            JsonSerializer.Serialize(await rig.Service.LinksOf(invitation.Exchange.Id, cancel).ToListAsync(cancel)),
            JsonSerializer.Serialize(await rig.Service.History(invitation.Exchange.Id, cancel).ToListAsync(cancel)),
            invitation.ToString(), again.ToString(), await rig.Read(ExchangeAreas.Outbox(invitation.Exchange.Id, 1), "status.json"));
        foreach (var link in new[] { invitation.Upload.Link, invitation.Results.Link, again.Link })
        {
            var signature = System.Web.HttpUtility.ParseQueryString(link.Query)["sig"]!;
            Assert.True(signature.Length > 20);
            Assert.DoesNotContain(signature, written, StringComparison.Ordinal);
            Assert.DoesNotContain(Uri.EscapeDataString(signature), written, StringComparison.Ordinal);
            Assert.DoesNotContain("sig=", written, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("", null, 5, 14, "exchange.text")]
    [InlineData("a\nb", null, 5, 14, "exchange.text")]
    [InlineData("Site", "10.0.0.1/8", 5, 14, "exchange.ip-range")]
    [InlineData("Site", "10.0.0.9-10.0.0.1", 5, 14, "exchange.ip-range")]
    [InlineData("Site", null, 2, 14, "exchange.smallest-count")]
    [InlineData("Site", null, 5, 0, "exchange.upload-time")]
    [InlineData("Site", null, 5, 366, "exchange.upload-time")]
    public async Task A_request_that_is_not_as_it_must_be_leaves_nothing_behind(string partner, string? range, int smallest, int days, string code)
    {
        Assert.Equal(code, (await Assert.ThrowsAsync<BadInputException>(() => rig.Service.Invite(
            new(partner, "tables", 1, new(SmallestCount: smallest), TimeSpan.FromDays(days), range), ExchangeRig.Owner, cancel))).Code);
        Assert.Empty(await rig.Service.List(cancel).ToListAsync(cancel));
    }

    [Fact]
    public void Half_a_character_is_no_text() => Assert.Equal(
        "exchange.text", Assert.Throws<BadInputException>(() => ExchangeText.Require("name", "a" + (char)0xD800, 10)).Code);

    [Fact]
    public async Task Only_a_locked_model_is_invited_for_and_accepted_for()
    {
        var model = (await rig.Registry.Find("tables", 1, cancel))!;
        await rig.Registry.Register(new("tables", model.Model, "other run", "cohort", model.Model, model.Model, model.Model), "service", cancel);
        Assert.Equal("model.not-locked", (await Assert.ThrowsAsync<BadInputException>(() => rig.Service.Invite(
            new("Site", "tables", 2, new()), ExchangeRig.Owner, cancel))).Code);
        Assert.Equal("model.missing", (await Assert.ThrowsAsync<BadInputException>(() => rig.Service.Invite(
            new("Site", "tables", 3, new()), ExchangeRig.Owner, cancel))).Code);
        var exchange = await rig.InReview();
        await rig.Registry.Retire("tables", 1, ExchangeRig.Owner, cancel);
        Assert.Equal("model.not-locked", (await Assert.ThrowsAsync<BadInputException>(() => rig.Service.Accept(exchange.Id, ExchangeRig.Owner, "Fine.", cancel))).Code);
        Assert.Equal(ExchangeState.InReview, (await rig.Find(exchange.Id)).State);
    }

    [Fact]
    public async Task A_model_that_holds_training_rows_is_used_for_a_partner_only_with_consent_which_is_written_down()
    {
        var model = (await rig.Registry.Find("tables", 1, cancel))!.Model;
        await rig.Registry.Register(new("tables", model, "another run", "cohort", model, model, model, HoldsRows: true), "service", cancel);
        await rig.Registry.Lock("tables", 2, ExchangeRig.Owner, cancel);
        var error = await Assert.ThrowsAsync<BadInputException>(() => rig.Service.Invite(new("Site", "tables", 2, new()), ExchangeRig.Owner, cancel));
        Assert.Equal(("exchange.model-holds-rows", "tables/v2"), (error.Code, error.Where));
        Assert.Empty(await rig.Service.List(cancel).ToListAsync(cancel));
        var invitation = await rig.Service.Invite(new("Site", "tables", 2, new(), AllowRows: true), ExchangeRig.Owner, cancel);
        var opened = await rig.Service.History(invitation.Exchange.Id, cancel).FirstAsync(cancel);
        Assert.Equal("model with training rows", opened.Facts["consent"]);
        var other = await rig.Service.Invite(new("Site", "tables", 1, new(), AllowRows: true), ExchangeRig.Owner, cancel);
        Assert.DoesNotContain("consent", (await rig.Service.History(other.Exchange.Id, cancel).FirstAsync(cancel)).Facts.Keys);
    }

    [Fact]
    public async Task A_link_ends_with_the_exchange_and_after_seven_days_at_the_latest()
    {
        var id = (await rig.Invite(time: TimeSpan.FromDays(10))).Exchange.Id;
        rig.Time.Now += TimeSpan.FromDays(8);
        var exchange = await rig.Find(id);
        Assert.Equal(exchange.Deadline, (await rig.Service.IssueLink(id, LinkPurpose.Upload, ExchangeRig.Owner, cancel)).Entry.Expiry);
        rig.Time.Now += TimeSpan.FromDays(3);
        await Refused("exchange.over", LinkPurpose.Upload);
        var results = (await rig.Service.IssueLink(id, LinkPurpose.Results, ExchangeRig.Owner, cancel)).Entry;
        Assert.Equal(LinkRequest.LongestLife, results.Expiry - results.Start);
        rig.Time.Now += TimeSpan.FromDays(30);
        await Refused("exchange.over", LinkPurpose.Results);
        Assert.Equal(2, (await rig.History(id)).Count(e => e == "exchange.refused"));

        async Task Refused(string code, LinkPurpose purpose) => Assert.Equal(
            code, (await Assert.ThrowsAsync<BadInputException>(() => rig.Service.IssueLink(id, purpose, ExchangeRig.Owner, cancel))).Code);
    }

    [Fact]
    public async Task After_a_submission_no_link_to_the_inbox_is_made()
    {
        var exchange = (await rig.Invite()).Exchange;
        await rig.Submit(exchange);
        Assert.Equal("exchange.not-now", (await Assert.ThrowsAsync<BadInputException>(
            () => rig.Service.IssueLink(exchange.Id, LinkPurpose.Upload, ExchangeRig.Owner, cancel))).Code);
        await rig.Service.IssueLink(exchange.Id, LinkPurpose.Results, ExchangeRig.Owner, cancel);
    }

    [Fact]
    public async Task A_revocation_ends_every_link_and_stands_in_the_ledger()
    {
        var exchange = (await rig.Invite()).Exchange;
        var revoked = await rig.Service.Revoke(exchange.Id, ExchangeRig.Owner, "Wrong site.", cancel);
        Assert.Equal((ExchangeState.Revoked, true, false), (revoked.State, revoked.LinksEnded, revoked.FilesRemoved));
        var ledger = await rig.Service.LinksOf(exchange.Id, cancel).ToListAsync(cancel);
        Assert.Equal(["x-010000000000-1-in", "x-010000000000-1-out"], ledger.Where(l => l.Revocation).Select(l => l.Area));
        foreach (var purpose in Enum.GetValues<LinkPurpose>())
        {
            Assert.Equal("exchange.not-now", (await Assert.ThrowsAsync<BadInputException>(
                () => rig.Service.IssueLink(exchange.Id, purpose, ExchangeRig.Owner, cancel))).Code);
        }
        Assert.Null(await rig.Submit(exchange));
        Assert.Null(await rig.Starter.Completed(ExchangeAreas.Inbox(exchange.Id, 1), cancel));
        Assert.Equal(
            ["exchange.invited", "exchange.revoked", "exchange.links-ended", "exchange.refused", "exchange.refused", "exchange.refused"],
            await rig.History(exchange.Id));
        Assert.Empty(await rig.Jobs.List(cancel));
    }

    [Fact]
    public async Task A_withdrawal_removes_the_files_at_once_whatever_the_state()
    {
        var exchange = await rig.InReview();
        var withdrawn = await rig.Service.Withdraw(exchange.Id, ExchangeRig.Owner, "The partner asked for it.", cancel);
        Assert.Equal((ExchangeState.Withdrawn, true, true), (withdrawn.State, withdrawn.LinksEnded, withdrawn.FilesRemoved));
        Assert.False(await rig.Storage.Files.Exists(ExchangeAreas.Inbox(exchange.Id, 1), cancel));
        Assert.False(await rig.Storage.Files.Exists(ExchangeAreas.Outbox(exchange.Id, 1), cancel));
        Assert.Equal("exchange.not-now", (await Assert.ThrowsAsync<BadInputException>(() => rig.Service.Accept(exchange.Id, ExchangeRig.Owner, "Fine.", cancel))).Code);
    }

    [Fact]
    public async Task Of_acceptances_at_once_one_counts_and_one_job_is_entered()
    {
        var exchange = await rig.InReview();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => rig.Service.Accept(exchange.Id, $"person{i}", "Fine.", cancel), cancel)));
        Assert.Single(await rig.History(exchange.Id), "exchange.accepted");
        Assert.Single(await rig.Jobs.List(cancel), job => job.Kind == JobKind.ExchangeScoring);
    }

    [Fact]
    public async Task An_acceptance_and_a_rejection_at_once_end_rejected_in_either_order()
    {
        var exchange = await rig.InReview();
        await Task.WhenAll(
            Task.Run(() => rig.Service.Reject(exchange.Id, "bob@example.org", "No.", cancel), cancel),
            Task.Run(
                async () =>
                {
                    try
                    {
                        await rig.Service.Accept(exchange.Id, "ann@example.org", "Fine.", cancel);
                    }
                    catch (BadInputException refusal)
                    {
                        Assert.Equal("exchange.not-now", refusal.Code);
                    }
                },
                cancel));
        Assert.Equal(ExchangeState.Rejected, (await rig.Find(exchange.Id)).State);
        var history = await rig.History(exchange.Id);
        Assert.Single(history, "exchange.rejected");
        Assert.Single(history, e => e is "exchange.accepted" or "exchange.refused");
    }

    [Fact]
    public async Task No_link_is_handed_out_after_a_revocation_however_they_race()
    {
        for (var round = 0; round < 4; round++)
        {
            var id = (await rig.Invite()).Exchange.Id;
            var issuing = Enumerable.Range(0, 4).Select(_ => Task.Run(
                async () =>
                {
                    try
                    {
                        return (await rig.Service.IssueLink(id, LinkPurpose.Upload, ExchangeRig.Owner, cancel)).Entry.Number;
                    }
                    catch (BadInputException refused)
                    {
                        Assert.Equal("exchange.not-now", refused.Code);
                        return 0;
                    }
                },
                cancel)).ToList();
            await Task.Run(() => rig.Service.Revoke(id, ExchangeRig.Owner, "Stop.", cancel), cancel);
            var numbers = await Task.WhenAll(issuing);
            var ledger = await rig.Service.LinksOf(id, cancel).ToListAsync(cancel);
            Assert.Equal(Enumerable.Range(1, ledger.Count), ledger.Select(l => l.Number));
            var firstEnd = ledger.First(l => l.Revocation).Number;
            Assert.All(ledger.Where(l => !l.Revocation), l => Assert.True(l.Number < firstEnd));
            Assert.Equal(numbers.Where(n => n > 0).Order(), ledger.Where(l => !l.Revocation && l.Number > 2).Select(l => l.Number));
        }
    }

    [Fact]
    public async Task A_rejected_exchange_goes_on_with_new_areas_new_links_and_a_new_deadline()
    {
        var exchange = await rig.InReview();
        await rig.Service.Reject(exchange.Id, ExchangeRig.Owner, "The labels are swapped.", cancel);
        rig.Time.Now += TimeSpan.FromDays(20);
        var again = await rig.Service.Resubmit(exchange.Id, ExchangeRig.Owner, "Please send it again.", TimeSpan.FromDays(3), cancel);
        Assert.Equal((ExchangeState.Invited, 2), (again.Exchange.State, again.Exchange.Submission.Number));
        Assert.Null(again.Exchange.Submission.Marker);
        Assert.Equal($"x-{exchange.Id}-2-in", again.Upload.Entry.Area);
        Assert.Equal(rig.Time.GetUtcNow() + TimeSpan.FromDays(3), again.Upload.Entry.Expiry);
        // The marker of the first submission is refused now, once.
        Assert.Null(await rig.Starter.Completed($"x-{exchange.Id}-1-in", cancel));
        Assert.Null(await rig.Starter.Completed($"x-{exchange.Id}-1-in", cancel));
        var refusal = await rig.Service.History(exchange.Id, cancel).Where(e => e.What == "exchange.refused").SingleAsync(cancel);
        Assert.Equal(("partner", "exchange.earlier-submission", "2"), (refusal.Who, refusal.Facts["code"], refusal.Facts["submission"]));
        Assert.Equal("exchange.not-now", (await Assert.ThrowsAsync<BadInputException>(
            () => rig.Service.Resubmit(exchange.Id, ExchangeRig.Owner, "Again.", null, cancel))).Code);
    }

    [Fact]
    public async Task An_exchange_that_is_not_there_is_said_to_be_missing()
    {
        foreach (var id in new[] { "0123456789ab", "../../etc", "", "0123456789AB" })
        {
            Assert.Null(await rig.Service.Find(id, cancel));
            Assert.Equal("exchange.missing", (await Assert.ThrowsAsync<BadInputException>(() => rig.Service.Accept(id, ExchangeRig.Owner, "x", cancel))).Code);
            Assert.Equal("exchange.missing", (await Assert.ThrowsAsync<BadInputException>(
                () => rig.Service.IssueLink(id, LinkPurpose.Upload, ExchangeRig.Owner, cancel))).Code);
            Assert.Empty(await rig.Service.History(id, cancel).ToListAsync(cancel));
        }
    }

    [Fact]
    public async Task An_id_that_is_taken_is_drawn_again()
    {
        await rig.Storage.Records.Commit("exchanges", [RecordChange.Insert("010000000000", new { id = "010000000000" })], cancel);
        Assert.Equal("020000000000", (await rig.Invite()).Exchange.Id);
        Assert.Single(await rig.Service.List(cancel).ToListAsync(cancel));
    }
}
