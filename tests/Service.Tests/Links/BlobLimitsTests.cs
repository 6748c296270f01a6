using System.Net;
using System.Text;
using RadiogenomicsCloud.Service.Links;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Tests.Links;

/// <summary>What comes by links is bounded, and what is refused leaves nothing.</summary>
public sealed class BlobLimitsTests
{
    private static readonly BlobLimits Small = new(
        AreaBytes: 1000, AreaFiles: 5, AreaBlocks: 8, FileBytes: 600, RequestBytes: 400, FileBlocks: 4, BodyTime: TimeSpan.FromMinutes(1),
        BlockLife: TimeSpan.FromDays(7));

    private static async Task<(int, string?)> Code(Task<GatewayRig.Reply> sent)
    {
        var reply = await sent;
        return (reply.Status, reply.Code);
    }

    private static string Text(int length) => new('x', length);

    [Fact]
    public async Task A_request_is_at_most_so_long_and_a_file_too_however_its_blocks_are_repeated()
    {
        await using var rig = await GatewayRig.Create(Small);
        var link = await rig.Link(GatewayRig.Inbox, LinkRight.Create);
        Assert.Equal((413, "RequestBodyTooLarge"), await Code(rig.Put(link, "f", Text(401))));
        Assert.Equal((413, "RequestBodyTooLarge"), await Code(rig.PutBlock(link, "f", "1", Text(401))));
        Assert.Empty(rig.Everything());
        Assert.Equal(201, (await rig.PutBlock(link, "f", "1", Text(400))).Status);
        Assert.Equal((413, "RequestBodyTooLarge"), await Code(rig.PutList(link, "f", ["1", "1"])));
        Assert.Equal((400, "InvalidBlockList"), await Code(rig.PutList(link, "f", ["1", "1", "1", "1", "1"])));
        Assert.Equal((413, "RequestBodyTooLarge"), await Code(rig.PutList(link, "f", [.. Enumerable.Repeat("1", 100)])));
        Assert.Null(await rig.Content(GatewayRig.Inbox, "f"));
        Assert.Equal(201, (await rig.PutList(link, "f", ["1"])).Status);
    }

    [Fact]
    public async Task An_area_takes_so_many_bytes_in_files_and_waiting_blocks_together()
    {
        await using var rig = await GatewayRig.Create(Small);
        await rig.Place(GatewayRig.Inbox, "by-hand", Text(300));
        var link = await rig.Link(GatewayRig.Inbox, LinkRight.Create);
        Assert.Equal(201, (await rig.Put(link, "a", Text(300))).Status);
        Assert.Equal(201, (await rig.PutBlock(link, "b", "1", Text(300))).Status);
        Assert.Equal((413, "AreaQuotaExceeded"), await Code(rig.Put(link, "c", Text(101))));
        Assert.Equal((413, "AreaQuotaExceeded"), await Code(rig.PutBlock(link, "b", "2", Text(101))));
        // The block that becomes a file takes no more than it did; listed twice it does.
        Assert.Equal((413, "AreaQuotaExceeded"), await Code(rig.PutList(link, "b", ["1", "1"])));
        Assert.Equal(201, (await rig.PutList(link, "b", ["1"])).Status);
        Assert.Equal(201, (await rig.Put(link, "c", Text(100))).Status);
        Assert.Equal((413, "AreaQuotaExceeded"), await Code(rig.Put(link, "d", "x")));
        Assert.Equal(201, (await rig.Put(link, "d", "")).Status);
    }

    [Fact]
    public async Task What_a_replaced_block_took_is_free_again_and_so_is_what_was_refused()
    {
        await using var rig = await GatewayRig.Create(Small with { AreaBytes = 400 });
        var link = await rig.Link(GatewayRig.Inbox, LinkRight.Create);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(201, (await rig.PutBlock(link, "f", "1", Text(200))).Status);
            Assert.Equal((400, "Md5Mismatch"), await Code(rig.Put(link, "g", Text(200), ("Content-MD5", "AAAAAAAAAAAAAAAAAAAAAA=="))));
        }
        Assert.Equal(201, (await rig.Put(link, "g", Text(200))).Status);
    }

    [Fact]
    public async Task Requests_at_the_same_time_stay_within_the_limit_together()
    {
        await using var rig = await GatewayRig.Create(Small with { AreaFiles = 100 });
        var link = await rig.Link(GatewayRig.Inbox, LinkRight.Create);
        var replies = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => Task.Run(() => rig.Put(link, $"f{i}", Text(90)))));
        Assert.Equal(11, replies.Count(r => r.Status == 201));
        Assert.Equal(11, rig.Everything().Length);
    }

    [Fact]
    public async Task An_area_takes_so_many_files_and_so_many_waiting_blocks()
    {
        await using var rig = await GatewayRig.Create(Small);
        var link = await rig.Link(GatewayRig.Inbox, LinkRight.Create);
        for (var i = 0; i < 4; i++)
            Assert.Equal(201, (await rig.PutBlock(link, "many", $"{i}", "x")).Status);
        Assert.Equal((409, "BlockCountExceedsLimit"), await Code(rig.PutBlock(link, "many", "4", "x")));
        for (var i = 0; i < 4; i++)
            Assert.Equal(201, (await rig.PutBlock(link, $"f{i}", "0", "x")).Status);
        Assert.Equal((409, "BlockCountExceedsLimit"), await Code(rig.PutBlock(link, "f0", "1", "x")));
        Assert.Equal((413, "AreaQuotaExceeded"), await Code(rig.PutBlock(link, "sixth", "0", "x")));
        Assert.Equal((413, "AreaQuotaExceeded"), await Code(rig.Put(link, "sixth", "x")));
        Assert.Equal(201, (await rig.PutList(link, "many", ["0", "3"])).Status);
        Assert.Equal(201, (await rig.PutBlock(link, "f0", "1", "x")).Status);
        Assert.Equal((413, "AreaQuotaExceeded"), await Code(rig.Put(link, "sixth", "x")));
    }

    [Fact]
    public async Task Another_gateway_counts_what_is_there_and_drops_blocks_that_waited_too_long()
    {
        await using var rig = await GatewayRig.Create(Small);
        var link = await rig.Link(GatewayRig.Inbox, LinkRight.Create);
        await rig.Put(link, "a", Text(300));
        await rig.PutBlock(link, "b", "1", Text(400));
        async Task<(int, string?)> PutAtNextStart(int length)
        {
            var gateway = new BlobGateway(rig.Storage, Small, Microsoft.Extensions.Logging.Abstractions.NullLogger<BlobGateway>.Instance);
            await using var response = await gateway.Handle(
                new("PUT", GatewayRig.Target(link, "c"), Headers(length), new MemoryStream(new byte[length]), IPAddress.Loopback, false),
                TestContext.Current.CancellationToken);
            return (response.Status, response.Headers.GetValueOrDefault("x-ms-error-code"));
        }
        Assert.Equal((413, "AreaQuotaExceeded"), await PutAtNextStart(301));
        var staged = Directory.GetFiles(rig.Folder.At("store/uploads"), "*", SearchOption.AllDirectories);
        File.SetLastWriteTimeUtc(Assert.Single(staged), GatewayRig.Now.AddDays(-8).UtcDateTime);
        Assert.Equal((201, null), await PutAtNextStart(301));
        Assert.False(File.Exists(staged[0]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("&comp=block&blockid=AAAA")]
    [InlineData("&comp=blocklist")]
    public async Task A_body_that_stalls_or_breaks_off_is_given_up_and_leaves_nothing(string more)
    {
        foreach (var (stalls, expected) in new[] { (true, (408, "OperationTimedOut")), (false, (400, "InvalidInput")) })
        {
            await using var rig = await GatewayRig.Create(stalls ? Small with { BodyTime = TimeSpan.FromMilliseconds(100) } : Small);
            var target = GatewayRig.Target(await rig.Link(GatewayRig.Inbox, LinkRight.Create), "f", more);
            await using var body = new TroubledStream(stalls);
            Assert.Equal(expected, await Code(rig.Send(new BlobRequest("PUT", target, Headers(50), body, IPAddress.Loopback, false))));
            Assert.Empty(rig.Everything());
        }
    }

    [Fact]
    public async Task An_upload_that_is_cancelled_leaves_nothing()
    {
        await using var rig = await GatewayRig.Create(Small);
        var target = GatewayRig.Target(await rig.Link(GatewayRig.Inbox, LinkRight.Create), "f");
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await using var body = new TroubledStream(stalls: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            rig.Gateway.Handle(new("PUT", target, Headers(50), body, IPAddress.Loopback, false), stop.Token));
        Assert.Empty(rig.Everything());
    }

    [Fact]
    public async Task A_list_that_came_whole_becomes_a_file_also_where_the_client_hangs_up()
    {
        await using var rig = await GatewayRig.Create();
        var link = await rig.Link(GatewayRig.Inbox, LinkRight.Create);
        await rig.PutBlock(link, "f", "1", "content");
        using var hangUp = new CancellationTokenSource();
        var list = Encoding.UTF8.GetBytes($"<BlockList><Latest>{GatewayRig.Id("1")}</Latest></BlockList>");
        await using var body = new HangingUpStream(list, hangUp);
        await using var response = await rig.Gateway.Handle(
            new("PUT", GatewayRig.Target(link, "f", "&comp=blocklist"), Headers(list.Length), body, IPAddress.Loopback, false), hangUp.Token);
        Assert.True(hangUp.IsCancellationRequested);
        Assert.Equal(201, response.Status);
        Assert.Equal("content", await rig.Content(GatewayRig.Inbox, "f"));
        Assert.Equal((409, "BlobAlreadyExists"), await Code(rig.PutList(link, "f", ["1"], ("If-None-Match", "*"))));
    }

    /// <summary>Cancels when it was read to its end.</summary>
    private sealed class HangingUpStream(byte[] bytes, CancellationTokenSource hangUp) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position == Length)
                await hangUp.CancelAsync();
            return await base.ReadAsync(buffer, CancellationToken.None);
        }
    }

    private static KeyValuePair<string, string>[] Headers(int length) =>
        [KeyValuePair.Create("content-length", $"{length}"), KeyValuePair.Create("X-MS-Blob-Type", "BlockBlob")];

    /// <summary>Some bytes, and then nothing more, or an error.</summary>
    private sealed class TroubledStream(bool stalls) : MemoryStream(Encoding.UTF8.GetBytes("<BlockList>"))
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position < Length)
                return await base.ReadAsync(buffer, cancellationToken);
            if (stalls)
                await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new IOException("The client reset the connection.");
        }
    }
}
