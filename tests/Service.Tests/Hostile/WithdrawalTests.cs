using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Exchanges;
using RadiogenomicsCloud.Service.Ports;
using RadiogenomicsCloud.Service.Tests.Exchanges;

namespace RadiogenomicsCloud.Service.Tests.Hostile;

/// <summary>Storage where links cannot be ended one by one, as those of user delegation where the account's id is not known.</summary>
public class WithdrawalTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_partner_that_withdraws_has_its_files_removed_although_links_cannot_be_ended()
    {
        await using var rig = new ExchangeRig();
        await rig.Begin();
        var storage = new WithoutRevocation(rig.Storage);
        var service = new ExchangeService(storage, rig.Registry, rig.ExchangeJobs, ExchangeSettings.Default, rig.Time, RandomNumberGenerator.Fill);
        var sweep = new ExchangeSweep(storage, service, new(storage, rig.ExchangeJobs, rig.Time), rig.ExchangeJobs, rig.Time, NullLogger<ExchangeSweep>.Instance);
        var exchange = (await rig.Invite()).Exchange;
        await rig.Upload(exchange, "clinical.csv", "case\n");
        await rig.Upload(exchange, ExchangeAreas.WithdrawalMarker, "");
        await sweep.Run(Cancel);
        await sweep.Run(Cancel);
        var withdrawn = await rig.Find(exchange.Id);
        Assert.Equal((ExchangeState.Withdrawn, true, true), (withdrawn.State, withdrawn.FilesRemoved, withdrawn.LinksEnded));
        Assert.False(await storage.Files.Exists(ExchangeAreas.Inbox(exchange.Id, 1), Cancel));
        Assert.Equal(["exchange.invited", "exchange.withdrawn", "exchange.files-removed", "exchange.links-ended"], await rig.History(exchange.Id));
    }

    [Fact]
    public async Task A_revocation_that_the_storage_cannot_do_is_said_and_the_files_go_when_the_exchange_closes()
    {
        await using var rig = new ExchangeRig();
        await rig.Begin();
        var storage = new WithoutRevocation(rig.Storage);
        var service = new ExchangeService(storage, rig.Registry, rig.ExchangeJobs, ExchangeSettings.Default, rig.Time, RandomNumberGenerator.Fill);
        var sweep = new ExchangeSweep(storage, service, new(storage, rig.ExchangeJobs, rig.Time), rig.ExchangeJobs, rig.Time, NullLogger<ExchangeSweep>.Instance);
        var exchange = (await rig.Invite()).Exchange;
        Assert.Equal("link.not_revocable", (await Assert.ThrowsAsync<StorageException>(() => service.Revoke(exchange.Id, ExchangeRig.Owner, "misused", Cancel))).Code);
        await sweep.Run(Cancel);
        var revoked = await rig.Find(exchange.Id);
        Assert.Equal((ExchangeState.Revoked, false, false), (revoked.State, revoked.LinksEnded, revoked.FilesRemoved)); // Nothing is claimed that is not so.
        rig.Time.Advance(exchange.CloseBy - rig.Time.GetUtcNow());
        await sweep.Run(Cancel);
        revoked = await rig.Find(exchange.Id);
        Assert.Equal((true, true), (revoked.FilesRemoved, revoked.LinksEnded));
    }

    private sealed class WithoutRevocation(IServiceStorage inner) : IServiceStorage, ILinkIssuer
    {
        public string Description => inner.Description;

        public IFileAreas Files => inner.Files;

        public IRecordStore Records => inner.Records;

        public IArtifactStore Artifacts => inner.Artifacts;

        public IOutcomeStore Outcomes => inner.Outcomes;

        public IRunLease Leases => inner.Leases;

        public ILinkIssuer Links => this;

        public string TemporaryFolder => inner.TemporaryFolder;

        public string Signature => "user-delegation";

        public LinkRight UploadRight => inner.Links.UploadRight;

        public bool EnforcesIpRange => inner.Links.EnforcesIpRange;

        public ILedger Ledger(string runId) => inner.Ledger(runId);

        public Task Prepare(CancellationToken cancel) => inner.Prepare(cancel);

        public Task<Uri> Issue(LinkRequest request, CancellationToken cancel) => inner.Links.Issue(request, cancel);

        public Task Revoke(string area, CancellationToken cancel) => throw new StorageException("link.not_revocable", "The links cannot be revoked from here.");

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
