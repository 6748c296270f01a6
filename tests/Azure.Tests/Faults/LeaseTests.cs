using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using RadiogenomicsCloud.AzureStorage.Store;
using RadiogenomicsCloud.Service.Ports;
using RadiogenomicsCloud.Tests.Azurite;

namespace RadiogenomicsCloud.Azure.Tests.Faults;

public sealed class LeaseTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Run { get; } = "t-" + Guid.NewGuid().ToString("n")[..16];

    [Fact]
    public async Task A_lease_is_renewed_while_it_is_held_and_no_longer()
    {
        var renewals = 0;
        var transport = new FaultyTransport((request, _) =>
        {
            if (request.Headers.TryGetValue("x-ms-lease-action", out var action) && action == "renew")
                Interlocked.Increment(ref renewals);
            return Fate.Pass;
        });
        await using var storage = await OnAzurite.Open(new() { Time = new QuickTime(), Transport = transport });
        await storage.Prepare(Cancel);
        var held = (HeldLease)(await storage.Leases.TryTake(Run, Cancel))!;
        await Until(() => renewals >= 3);
        Assert.False(held.IsLost);
        await held.DisposeAsync();
        var after = renewals;
        await Task.Delay(600, Cancel); // Three renewals' time.
        Assert.Equal(after, renewals);
        await held.DisposeAsync();
    }

    [Fact]
    public async Task A_lease_that_was_lost_is_noticed_and_giving_it_up_leaves_the_new_holder_alone()
    {
        await using var storage = await OnAzurite.Open(new() { Time = new QuickTime() });
        await storage.Prepare(Cancel);
        var held = (HeldLease)(await storage.Leases.TryTake(Run, Cancel))!;
        var blob = new BlobContainerClient((await AzuriteServer.Require()).ConnectionString, AreaNames.Store).GetBlobClient(BlobRunLease.PathOf(Run));
        await blob.GetBlobLeaseClient().BreakAsync(TimeSpan.Zero, cancellationToken: Cancel);
        await using var other = await OnAzurite.Open(new());
        await using var taken = await other.Leases.TryTake(Run, Cancel);
        Assert.NotNull(taken);
        await Until(() => held.IsLost);
        await held.DisposeAsync();
        Assert.Null(await storage.Leases.TryTake(Run, Cancel));
    }

    [Fact]
    public async Task A_renewal_that_fails_on_the_way_is_made_again()
    {
        var renewals = 0;
        var transport = new FaultyTransport((request, _) =>
            request.Headers.TryGetValue("x-ms-lease-action", out var action) && action == "renew" && Interlocked.Increment(ref renewals) == 1 ? Fate.Refuse : Fate.Pass);
        await using var storage = await OnAzurite.Open(new() { Time = new QuickTime(), Transport = transport, Retries = 0 });
        await storage.Prepare(Cancel);
        await using var held = (HeldLease)(await storage.Leases.TryTake(Run, Cancel))!;
        await Until(() => renewals >= 2 && !held.IsLost);
    }

    private static async Task Until(Func<bool> condition)
    {
        for (var tries = 0; !condition(); tries++)
        {
            Assert.True(tries < 200, "It did not happen in 10 s.");
            await Task.Delay(50, Cancel);
        }
    }
}
