using RadiogenomicsCloud.Service.Exchanges;
using RadiogenomicsCloud.Service.Jobs;
using RadiogenomicsCloud.Service.Tests.Fakes;

namespace RadiogenomicsCloud.Service.Tests.Exchanges;

public sealed class ExchangeSweepTests : IAsyncLifetime
{
    private readonly ExchangeRig rig = new();
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await rig.Begin();

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Fact]
    public async Task A_submission_that_no_event_told_of_is_found_and_entered_once()
    {
        var exchange = (await rig.Invite()).Exchange;
        Assert.Empty(await rig.Sweep.Run(cancel));
        await rig.Upload(exchange, "clinical.csv", "case,patient\n");
        Assert.Empty(await rig.Sweep.Run(cancel));
        Assert.Equal(ExchangeState.Uploading, (await rig.Find(exchange.Id)).State);
        await rig.Upload(exchange, ExchangeAreas.Marker, "");
        var job = Assert.Single(await rig.Sweep.Run(cancel));
        Assert.Equal((ExchangeJobs.IntakeId(exchange.Id, 1), JobKind.ExchangeIntake, JobState.Queued), (job.Id, job.Kind, job.State));
        var inbox = ExchangeAreas.Inbox(exchange.Id, 1);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(
            async () => Assert.Equal(job.Id, i % 2 == 0 ? (await rig.Starter.Completed(inbox, cancel))!.Id : Assert.Single(await rig.Sweep.Run(cancel)).Id), cancel)));
        Assert.Single(await rig.Jobs.List(cancel));
        Assert.Equal(["exchange.invited", "exchange.uploading", "exchange.submitted"], await rig.History(exchange.Id));
    }

    [Fact]
    public async Task What_is_no_inbox_or_has_no_marker_changes_nothing()
    {
        var exchange = (await rig.Invite()).Exchange;
        await rig.Write(ExchangeAreas.Outbox(exchange.Id, 1), ExchangeAreas.Marker, "");
        foreach (var area in new[] { "cohorts", "x-", ExchangeAreas.Inbox(exchange.Id, 1), ExchangeAreas.Outbox(exchange.Id, 1), $"x-{exchange.Id}-2-in", $"x-{exchange.Id}-01-in", "x-0123456789ab-1-in" })
            Assert.Null(await rig.Starter.Completed(area, cancel));
        Assert.Equal(["exchange.invited"], await rig.History(exchange.Id));
    }

    [Fact]
    public async Task Without_a_submission_it_expires_at_the_deadline_and_a_later_marker_is_refused_once()
    {
        var exchange = (await rig.Invite(time: TimeSpan.FromDays(2))).Exchange;
        rig.Time.Now += TimeSpan.FromDays(2) - TimeSpan.FromMinutes(1);
        await rig.Sweep.Run(cancel);
        Assert.Equal(ExchangeState.Invited, (await rig.Find(exchange.Id)).State);
        rig.Time.Now += TimeSpan.FromMinutes(1);
        await rig.Sweep.Run(cancel);
        Assert.Equal(ExchangeState.Expired, (await rig.Find(exchange.Id)).State);
        Assert.Null(await rig.Submit(exchange));
        Assert.Null(await rig.Starter.Completed(ExchangeAreas.Inbox(exchange.Id, 1), cancel));
        await rig.Sweep.Run(cancel);
        Assert.Equal(["exchange.invited", "exchange.expired", "exchange.refused"], await rig.History(exchange.Id));
        Assert.Empty(await rig.Jobs.List(cancel));
        Assert.Contains("\"state\": \"expired\"", await rig.Read(ExchangeAreas.Outbox(exchange.Id, 1), "status.json"), StringComparison.Ordinal);
        rig.Time.Now += TimeSpan.FromDays(30);
        await rig.Sweep.Run(cancel);
        Assert.True((await rig.Find(exchange.Id)).FilesRemoved);
        Assert.False(await rig.Storage.Files.Exists(ExchangeAreas.Inbox(exchange.Id, 1), cancel));
    }

    [Fact]
    public async Task A_marker_written_after_the_deadline_is_refused_before_any_sweep()
    {
        var exchange = (await rig.Invite(time: TimeSpan.FromHours(1))).Exchange;
        await rig.Upload(exchange, ExchangeAreas.Marker, "");
        File.SetLastWriteTimeUtc(Path.Combine(rig.Folder.Description, ExchangeAreas.Inbox(exchange.Id, 1), ExchangeAreas.Marker), exchange.Deadline.UtcDateTime);
        Assert.Null(await rig.Starter.Completed(ExchangeAreas.Inbox(exchange.Id, 1), cancel));
        var refusal = (await rig.Service.History(exchange.Id, cancel).ToListAsync(cancel))[^1];
        Assert.Equal(("exchange.refused", "exchange.over"), (refusal.What, refusal.Facts["code"]));
    }

    [Fact]
    public async Task A_submission_in_time_counts_although_the_service_slept_over_the_deadline()
    {
        var exchange = (await rig.Invite(time: TimeSpan.FromHours(1))).Exchange;
        await rig.Upload(exchange, ExchangeAreas.Marker, "");
        rig.Time.Now += TimeSpan.FromDays(1);
        Assert.Single(await rig.Sweep.Run(cancel));
        Assert.Equal(ExchangeState.Submitted, (await rig.Find(exchange.Id)).State);
    }

    [Fact]
    public async Task What_is_not_decided_in_time_expires()
    {
        var exchange = await rig.InReview();
        rig.Time.Now = exchange.CloseBy;
        await rig.Sweep.Run(cancel);
        var expired = await rig.Find(exchange.Id);
        Assert.Equal((ExchangeState.Expired, true), (expired.State, expired.FilesRemoved));
    }

    [Fact]
    public async Task A_second_marker_does_not_change_a_submission()
    {
        var exchange = (await rig.Invite()).Exchange;
        var job = await rig.Submit(exchange);
        await rig.Upload(exchange, ExchangeAreas.Marker, "{\"schema\": 1}");
        Assert.Null(await rig.Starter.Completed(ExchangeAreas.Inbox(exchange.Id, 1), cancel));
        var after = await rig.Find(exchange.Id);
        Assert.Equal((ExchangeState.Submitted, 0L), (after.State, after.Submission.Manifest!.Length));
        Assert.Equal(job!.Id, Assert.Single(await rig.Jobs.List(cancel)).Id);
        Assert.Equal("exchange.submitted", (await rig.Service.History(exchange.Id, cancel).ToListAsync(cancel))[^1].Facts["code"]);
    }

    [Fact]
    public async Task A_partner_withdraws_by_a_file_and_its_jobs_are_asked_to_stop()
    {
        var exchange = (await rig.Invite()).Exchange;
        var job = await rig.Submit(exchange);
        await rig.Upload(exchange, ExchangeAreas.WithdrawalMarker, "");
        Assert.Empty(await rig.Sweep.Run(cancel));
        var withdrawn = await rig.Find(exchange.Id);
        Assert.Equal((ExchangeState.Withdrawn, true, true), (withdrawn.State, withdrawn.LinksEnded, withdrawn.FilesRemoved));
        Assert.True((await rig.Jobs.Find(job!.Id, cancel))!.CancelRequested);
        Assert.False(await rig.Storage.Files.Exists(ExchangeAreas.Inbox(exchange.Id, 1), cancel));
        Assert.Equal("partner", (await rig.Service.History(exchange.Id, cancel).FirstAsync(e => e.What == "exchange.withdrawn", cancel)).Who);
    }

    [Fact]
    public async Task Trouble_with_one_exchange_does_not_keep_the_others_waiting()
    {
        var first = (await rig.Invite()).Exchange;
        var second = (await rig.Invite()).Exchange;
        await rig.Upload(second, ExchangeAreas.Marker, "");
        // The first one's outbox cannot be written any more: a folder is in the place of its file.
        var status = Path.Combine(rig.Folder.Description, ExchangeAreas.Outbox(first.Id, 1), "status.json");
        File.Delete(status);
        Directory.CreateDirectory(status);
        Assert.Equal(ExchangeJobs.IntakeId(second.Id, 1), Assert.Single(await rig.Sweep.Run(cancel)).Id);
    }

    [Fact]
    public async Task Files_are_removed_although_the_storage_cannot_end_links()
    {
        await using var unending = new ExchangeRig(storage => new UnendingLinks(storage));
        await unending.Begin();
        var withdrawn = (await unending.Invite()).Exchange;
        await unending.Upload(withdrawn, ExchangeAreas.WithdrawalMarker, "");
        await unending.Sweep.Run(cancel);
        withdrawn = await unending.Find(withdrawn.Id);
        Assert.Equal((ExchangeState.Withdrawn, true, true), (withdrawn.State, withdrawn.LinksEnded, withdrawn.FilesRemoved));
        Assert.False(await unending.Storage.Files.Exists(ExchangeAreas.Inbox(withdrawn.Id, 1), cancel));

        var revoked = (await unending.Invite()).Exchange;
        Assert.Equal(UnendingLinks.Code, (await Assert.ThrowsAsync<StorageException>(
            () => unending.Service.Revoke(revoked.Id, ExchangeRig.Owner, "Wrong site.", cancel))).Code);
        await unending.Sweep.Run(cancel);
        Assert.Contains("\"state\": \"revoked\"", await unending.Read(ExchangeAreas.Outbox(revoked.Id, 1), "status.json"), StringComparison.Ordinal);
        unending.Time.Now = revoked.CloseBy;
        await unending.Sweep.Run(cancel);
        revoked = await unending.Find(revoked.Id);
        Assert.Equal((ExchangeState.Revoked, true, true), (revoked.State, revoked.LinksEnded, revoked.FilesRemoved));
    }

    [Fact]
    public async Task A_process_killed_between_the_removal_of_files_and_the_end_of_links_leaves_nothing_undone()
    {
        var exchange = (await rig.Invite()).Exchange;
        var book = new ExchangeBook(rig.Storage.Records, rig.Time);
        exchange = await book.Change(exchange.Id, ExchangeCommand.Withdraw, ExchangeRig.Owner, e => e, cancel);
        await new ExchangeLinkDesk(rig.Storage, rig.Time).RemoveFiles(book, exchange, ExchangeRig.Owner, cancel);
        await rig.Sweep.Run(cancel);
        exchange = await rig.Find(exchange.Id);
        Assert.Equal((true, true), (exchange.LinksEnded, exchange.FilesRemoved));
    }

    [Fact]
    public async Task What_a_killed_process_left_half_done_the_sweep_brings_to_its_end()
    {
        var book = new ExchangeBook(rig.Storage.Records, rig.Time);
        // Killed after the acceptance was written, before its job was entered.
        var accepted = await rig.InReview();
        await book.Change(accepted.Id, ExchangeCommand.Accept, ExchangeRig.Owner, e => e, cancel);
        // Killed after the revocation was written, before the links were ended.
        var revoked = (await rig.Invite()).Exchange;
        await book.Change(revoked.Id, ExchangeCommand.Revoke, ExchangeRig.Owner, e => e, cancel);
        // Killed after the withdrawal was written, before the files were removed.
        var withdrawn = (await rig.Invite()).Exchange;
        await book.Change(withdrawn.Id, ExchangeCommand.Withdraw, ExchangeRig.Owner, e => e, cancel);

        Assert.Equal(ExchangeJobs.ScoringId(accepted.Id, 1), Assert.Single(await rig.Sweep.Run(cancel)).Id);
        Assert.True((await rig.Find(revoked.Id)).LinksEnded);
        Assert.Equal(2, await rig.Service.LinksOf(revoked.Id, cancel).CountAsync(l => l.Revocation, cancel));
        Assert.Contains("\"state\": \"accepted\"", await rig.Read(ExchangeAreas.Outbox(accepted.Id, 1), "status.json"), StringComparison.Ordinal);
        Assert.True((await rig.Find(withdrawn.Id)).FilesRemoved);
        Assert.False(await rig.Storage.Files.Exists(ExchangeAreas.Inbox(withdrawn.Id, 1), cancel));
        var entries = (await rig.Find(revoked.Id)).Entries;
        await rig.Sweep.Run(cancel);
        Assert.Equal(entries, (await rig.Find(revoked.Id)).Entries);
    }
}
