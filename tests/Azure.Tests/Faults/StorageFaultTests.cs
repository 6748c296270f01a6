using Azure.Core;
using RadiogenomicsCloud.AzureStorage;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Azure.Tests.Faults;

/// <summary>The storage under a network and a service that fail.</summary>
public sealed class StorageFaultTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Area { get; } = "t-" + Guid.NewGuid().ToString("n")[..16];

    private static async Task<AzureServiceStorage> Open(Func<Request, int, Fate> decide, int retries = 4) => await OnAzurite.Open(new()
    {
        Transport = new FaultyTransport(decide),
        Retries = retries,
        RetryDelay = TimeSpan.FromMilliseconds(1),
        NetworkTimeout = TimeSpan.FromSeconds(3),
    });

    private async Task<AzureServiceStorage> Prepared()
    {
        var storage = await OnAzurite.Open(new());
        await storage.Prepare(Cancel);
        await storage.Files.Create(Area, Cancel);
        return storage;
    }

    private static Func<Stream, Task> Bytes(byte[] bytes) => stream => stream.WriteAsync(bytes, Cancel).AsTask();

    /// <summary>The first request of a method (and with a word in its query) has a fate; all others pass.</summary>
    private static Func<Request, int, Fate> First(RequestMethod method, Fate fate, string query = "")
    {
        var met = 0;
        return (request, _) => request.Method == method && request.Uri.Query.Contains(query, StringComparison.Ordinal) && Interlocked.Increment(ref met) == 1
            ? fate
            : Fate.Pass;
    }

    [Theory]
    [InlineData(Fate.Busy)]
    [InlineData(Fate.Refuse)]
    [InlineData(Fate.LoseAnswer)]
    [InlineData(Fate.BusyAfterwards)]
    [InlineData(Fate.Hang)]
    internal async Task A_write_whose_answer_is_lost_was_done_by_us_and_by_nobody_else(Fate fate)
    {
        await using var good = await Prepared();
        await using var bad = await Open(First(RequestMethod.Put, fate));
        Assert.NotNull(await bad.Files.Area(Area).Write("once", Bytes([1]), WriteCondition.IfAbsent, Cancel));
        Assert.Null(await bad.Files.Area(Area).Write("once", Bytes([2]), WriteCondition.IfAbsent, Cancel));

        await using var worse = await Open(First(RequestMethod.Put, fate, "comp=blocklist"));
        var large = new byte[5_000_000];
        var written = await worse.Files.Area(Area).Write("blocks", Bytes(large), WriteCondition.IfAbsent, Cancel);
        Assert.Equal(large.Length, written!.Length);

        await using var replacing = await Open(First(RequestMethod.Put, fate));
        var replaced = await replacing.Files.Area(Area).Write("blocks", Bytes([3]), WriteCondition.IfVersion(written.Version), Cancel);
        Assert.Equal((await good.Files.Area(Area).Find("blocks", Cancel))!.Version, replaced!.Version);
    }

    [Theory]
    [InlineData(Fate.Busy)]
    [InlineData(Fate.Refuse)]
    [InlineData(Fate.LoseAnswer)]
    [InlineData(Fate.BusyAfterwards)]
    [InlineData(Fate.Hang)]
    internal async Task A_commit_whose_answer_is_lost_was_done_by_us_and_by_nobody_else(Fate fate)
    {
        await using var good = await Prepared();
        await using var bad = await Open(First(RequestMethod.Post, fate));
        Assert.True(await bad.Records.Commit(Area, [RecordChange.Insert("a", 1), RecordChange.Insert("b", 2)], Cancel));
        Assert.False(await bad.Records.Commit(Area, [RecordChange.Insert("a", 3)], Cancel));
        var standing = (await good.Records.Find<int>(Area, "a", Cancel))!;
        Assert.Equal(1, standing.Value);

        await using var worse = await Open(First(RequestMethod.Post, fate));
        Assert.True(await worse.Records.Commit(Area, [RecordChange.Replace(standing, 4)], Cancel));
        Assert.Equal(4, (await good.Records.Find<int>(Area, "a", Cancel))!.Value);
    }

    [Theory]
    [InlineData(Fate.Busy)]
    [InlineData(Fate.Refuse)]
    [InlineData(Fate.CutBody)]
    [InlineData(Fate.Hang)]
    internal async Task A_read_that_fails_on_the_way_is_made_again_and_gives_the_same_bytes(Fate fate)
    {
        await using var good = await Prepared();
        var bytes = new byte[13_000_000];
        new Random(1).NextBytes(bytes);
        await good.Files.Area(Area).Write("f", Bytes(bytes), WriteCondition.None, Cancel);
        await using var bad = await Open((request, number) => request.Method == RequestMethod.Get && number % 2 == 1 ? fate : Fate.Pass);
        await using var stream = await bad.Files.Area(Area).Open("f", null, Cancel);
        var read = new MemoryStream();
        await stream!.CopyToAsync(read, Cancel);
        Assert.True(bytes.AsSpan().SequenceEqual(read.ToArray()));
    }

    [Theory]
    [InlineData(Fate.Busy, "storage.busy")]
    [InlineData(Fate.Refuse, "storage.unreachable")]
    [InlineData(Fate.Hang, "storage.unreachable")]
    internal async Task Storage_that_fails_every_try_is_trouble_that_may_pass(Fate fate, string code)
    {
        await using var storage = await Open((_, _) => fate, retries: 1);
        var area = storage.Files.Area(Area);
        Func<Task>[] calls =
        [
            () => area.Write("f", Bytes([1]), WriteCondition.None, Cancel),
            () => area.Find("f", Cancel),
            () => area.Open("f", null, Cancel),
            () => area.Delete("f", Cancel),
            async () => await area.List("", Cancel).AnyAsync(Cancel),
            () => storage.Files.Exists(Area, Cancel),
            () => storage.Records.Commit("p", [RecordChange.Insert("a", 1)], Cancel),
            () => storage.Records.Find<int>("p", "a", Cancel),
            async () => await storage.Records.List<int>("p", "", Cancel).AnyAsync(Cancel),
            () => storage.Outcomes.Keep(CanonicalJson.Hex([1]), CanonicalJson.ToElement(new { a = 1 }), Cancel),
            () => storage.Artifacts.Put(Bytes([1]), Cancel),
            () => storage.Leases.TryTake("run", Cancel),
            () => storage.Ledger("run").Append("step", new Dictionary<string, string>(), Cancel),
            () => storage.Prepare(Cancel),
        ];
        await Task.WhenAll(calls.Select(async call => Assert.Equal(code, (await Assert.ThrowsAsync<TransientException>(call)).Code)));
    }

    [Fact]
    public async Task Cancellation_is_the_callers_and_no_storage_trouble()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await using var storage = await Open((_, _) => Fate.Hang, retries: 0);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => storage.Files.Area(Area).Find("f", stop.Token));
    }

    [Fact]
    public async Task A_wrong_key_is_denied_and_no_message_holds_a_secret()
    {
        var server = await RadiogenomicsCloud.Tests.Azurite.AzuriteServer.Require();
        var wrong = server.ConnectionString.Replace("Eby8", "Abc9", StringComparison.Ordinal);
        await using var storage = AzureServiceStorage.Open(wrong);
        var denied = await Assert.ThrowsAsync<StorageException>(() => storage.Files.Area(Area).Find("f", Cancel));
        Assert.Equal("storage.denied", denied.Code);
        Assert.DoesNotContain("K1SZFPTOtr", denied.Message + storage.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no such thing")]
    [InlineData("AccountName=x;AccountKey=!!!;BlobEndpoint=ftp//")]
    [InlineData("https://example.org/somewhere")]
    [InlineData("http://account.blob.core.windows.net")]
    public void What_is_no_address_of_storage_is_bad_input_that_is_not_repeated(string address)
    {
        var problem = Assert.Throws<BadInputException>(() => AzureServiceStorage.Open(address));
        Assert.Equal("storage.address", problem.Code);
        Assert.DoesNotContain(address, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outcomes_that_another_host_kept_meanwhile_are_not_dropped()
    {
        await using var one = await Prepared();
        await using var other = await Prepared();
        var key = CanonicalJson.Hex(System.Text.Encoding.UTF8.GetBytes(Area));
        await one.Outcomes.Keep(key, CanonicalJson.ToElement(new { a = 1 }), Cancel);
        await one.Outcomes.Find(key, Cancel);
        await other.Outcomes.Find(key, Cancel);
        await other.Outcomes.Drop(key, Cancel);
        await other.Outcomes.Keep(key, CanonicalJson.ToElement(new { a = 2 }), Cancel);
        await one.Outcomes.Drop(key, Cancel);
        Assert.Equal(2, (await one.Outcomes.Find(key, Cancel))!.Value.GetProperty("a").GetInt32());
    }

    [Fact]
    public async Task A_thousand_events_of_a_run_are_kept_each_once_in_few_requests()
    {
        await using var good = await Prepared();
        var transport = new FaultyTransport((_, number) => number == 2 ? Fate.LoseAnswer : Fate.Pass);
        await using var storage = await OnAzurite.Open(new() { Transport = transport, RetryDelay = TimeSpan.FromMilliseconds(1) });
        var ledger = storage.Ledger(Area);
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => ledger.Append("step", new Dictionary<string, string> { ["n"] = $"{i}" }, Cancel)));
        var table = new global::Azure.Data.Tables.TableClient((await RadiogenomicsCloud.Tests.Azurite.AzuriteServer.Require()).ConnectionString, "ledger");
        var rows = await table.QueryAsync<global::Azure.Data.Tables.TableEntity>(row => row.PartitionKey == Area, cancellationToken: Cancel).ToListAsync(Cancel);
        Assert.Equal(1000, rows.Select(r => System.Text.Encoding.UTF8.GetString(r.GetBinary("Facts"))).Distinct().Count());
        Assert.Equal(1000, rows.Count);
        Assert.InRange(transport.Requests, 10, 100);
    }
}
