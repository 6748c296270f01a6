using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RadiogenomicsCloud.Cli.Tests.Hostile;

/// <summary>What the bearer of an upload link can try.</summary>
public class LinkAttackTests(HostileService service)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("../../records/x")]
    [InlineData("..%2f..%2frecords/x")]
    [InlineData("%2e%2e/%2e%2e/records/x")]
    [InlineData("a%5c..%5cb")]
    [InlineData("a%252e%252e%252fb")]
    [InlineData("%c0%ae%c0%ae/x")]
    [InlineData(".hidden")]
    [InlineData("a/.b/c")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("con")]
    [InlineData("a/NUL.txt")]
    [InlineData("a.%20")]
    [InlineData("a%00b")]
    [InlineData("a%0ab")]
    [InlineData("%ff")]
    public async Task Tricks_of_paths_are_refused(string path)
    {
        var invited = await (await service.Begin()).Invite();
        Assert.Equal(400, (await service.Put(invited.Upload, path, [1])).Status);
    }

    [Fact]
    public async Task A_link_does_what_it_says_and_nothing_else()
    {
        var invited = await (await service.Begin()).Invite();
        var other = await service.Invite();
        Assert.Equal(201, (await service.Put(invited.Upload, "a.csv", [1])).Status);
        Assert.Equal(403, (await service.Put(invited.Upload, "a.csv", [2])).Status);
        foreach (var method in new[] { "GET", "HEAD", "DELETE", "POST", "PATCH" })
            Assert.Equal((method, 403), (method, (await service.Ask(method, $"{invited.Upload.AbsolutePath}/a.csv{invited.Upload.Query}", [])).Status));
        foreach (var more in new[] { "&restype=container&comp=list", "&comp=list", "&comp=metadata", "&comp=acl&restype=container" })
            Assert.Equal((more, 403), (more, (await service.Ask("GET", invited.Upload.AbsolutePath + invited.Upload.Query + more, [])).Status));
        Assert.Equal(403, (await service.Put(invited.Results, "x", [1])).Status);
        Assert.Equal(404, (await service.Get(invited.Results, "report.html")).Status);
        foreach (var area in new[] { other.Upload.AbsolutePath, invited.Results.AbsolutePath, "/blob/cohorts", "/blob/results", "/blob/store" })
            Assert.Equal((area, 403), (area, (await service.Ask("PUT", area + "/x" + invited.Upload.Query, [1], ("x-ms-blob-type", "BlockBlob"))).Status));
    }

    [Fact]
    public async Task A_link_that_was_changed_is_none()
    {
        var invited = await (await service.Begin()).Invite();
        var query = System.Web.HttpUtility.ParseQueryString(invited.Upload.Query);
        var changes = new (string Name, string? Value)[]
        {
            ("sp", "cw"), ("sp", "r"), ("sp", "rcwdl"), ("se", "2099-01-01T00:00:00Z"), ("st", "2000-01-01T00:00:00Z"), ("si", "1"), ("spr", "https"), ("sip", "0.0.0.0-255.255.255.255"),
            ("sig", ""), ("sig", "AAAA"), ("sig", null), ("se", null),
        };
        foreach (var (name, value) in changes)
        {
            var changed = System.Web.HttpUtility.ParseQueryString(query.ToString()!);
            if (value is null)
                changed.Remove(name);
            else
                changed[name] = value;
            Assert.Equal((name, value, 403), (name, value, (await service.Ask("PUT", $"{invited.Upload.AbsolutePath}/x?{changed}", [1], ("x-ms-blob-type", "BlockBlob"))).Status));
        }
        Assert.Equal(403, (await service.Put(invited.Upload, "x", [1], "&sp=cw")).Status);
    }

    [Fact]
    public async Task A_link_ends_when_the_exchange_is_revoked()
    {
        var invited = await (await service.Begin()).Invite();
        Assert.Equal(201, (await service.Put(invited.Upload, "a", [1])).Status);
        using (var revoked = await service.Post($"/api/exchanges/{invited.Id}/revoke", new { reason = "misused" }))
            Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        Assert.Equal(403, (await service.Put(invited.Upload, "b", [1])).Status);
        Assert.Equal(403, (await service.Get(invited.Results, "status.json")).Status);
        var history = (await service.Serve.Get("/api/exchanges/" + invited.Id)).GetProperty("history").EnumerateArray().Select(e => e.GetProperty("what").GetString());
        Assert.Superset(new HashSet<string?> { "exchange.revoked", "exchange.links-ended" }, history.ToHashSet());
    }

    [Fact]
    public async Task Bodies_that_are_not_what_they_say_leave_nothing()
    {
        var invited = await (await service.Begin()).Invite();
        var target = $"{invited.Upload.AbsolutePath}/x{invited.Upload.Query}";
        var host = $"Host: 127.0.0.1:{service.Port}\r\nx-ms-blob-type: BlockBlob\r\nConnection: close\r\n";
        Assert.Equal(411, (await service.Raw($"PUT {target} HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", [])).Status);
        Assert.Equal(411, (await service.Raw($"PUT {target} HTTP/1.1\r\n{host}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", [])).Status);
        Assert.Equal(413, (await service.Raw($"PUT {target} HTTP/1.1\r\n{host}Content-Length: 999999999999\r\n\r\n", [])).Status);
        Assert.Equal(400, (await service.Put(invited.Upload, "x", [1], "", ("Content-MD5", Convert.ToBase64String(new byte[16])))).Status);
        Assert.Equal(400, (await service.Put(invited.Upload, "x", [1], "", ("x-ms-copy-source", "http://127.0.0.1/secret"))).Status);
        Assert.Equal(400, (await service.Put(invited.Upload, "x", [1], "", ("x-ms-blob-type", "PageBlob"))).Status);
        var lists = new[]
        {
            "<!DOCTYPE a [<!ENTITY x \"y\">]><BlockList><Latest>&x;</Latest></BlockList>", "<BlockList>" + string.Concat(Enumerable.Repeat("<Latest>", 5000)),
            "<BlockList><Latest>Li4vLi4veA==</Latest></BlockList>", "<BlockList>" + string.Concat(Enumerable.Repeat("<Latest>YQ==</Latest>", 50_001)) + "</BlockList>", "", "{}",
        };
        foreach (var list in lists)
            Assert.Equal(400, (await service.Put(invited.Upload, "x", Encoding.UTF8.GetBytes(list), "&comp=blocklist")).Status);
        // The name was never taken.
        Assert.Equal(201, (await service.Put(invited.Upload, "x", [1])).Status);
    }

    [Fact]
    public async Task Slow_bodies_are_cut_off_and_keep_nobody_waiting()
    {
        var invited = await (await service.Begin()).Invite();
        var head = Encoding.ASCII.GetBytes(
            $"PUT {invited.Upload.AbsolutePath}/slow{invited.Upload.Query} HTTP/1.1\r\nHost: 127.0.0.1:{service.Port}\r\nx-ms-blob-type: BlockBlob\r\nContent-Length: 100000\r\n\r\na");
        var slow = new List<TcpClient>();
        try
        {
            for (var n = 0; n < 200; n++)
            {
                slow.Add(new TcpClient());
                await slow[n].ConnectAsync(IPAddress.Loopback, service.Port, Cancel);
                await slow[n].GetStream().WriteAsync(head, Cancel);
            }
            var watch = Stopwatch.StartNew();
            Assert.Equal("ok", (await service.Serve.Get("/api/health")).GetProperty("status").GetString());
            Assert.Equal(201, (await service.Put(invited.Upload, "quick", [1])).Status);
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed}");
            var answer = new byte[12];
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            limit.CancelAfter(TimeSpan.FromSeconds(60));
            foreach (var client in slow)
            {
                // An answer of 400 or 408, or a connection that is gone.
                var read = await client.GetStream().ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, limit.Token);
                Assert.True(read == 0 || Encoding.ASCII.GetString(answer).StartsWith("HTTP/1.1 4", StringComparison.Ordinal), Encoding.ASCII.GetString(answer, 0, read));
            }
        }
        finally
        {
            slow.ForEach(c => c.Dispose());
        }
    }

    [Fact]
    public async Task Many_uploads_at_once_arrive_and_one_name_is_given_once()
    {
        var invited = await (await service.Begin()).Invite();
        var body = new byte[1 << 20];
        var statuses = await Task.WhenAll(Enumerable.Range(0, 48).Select(n => service.Put(invited.Upload, n < 32 ? $"f{n.ToString(CultureInfo.InvariantCulture)}" : "same", body)));
        Assert.All(statuses.Take(32), r => Assert.Equal(201, r.Status));
        Assert.Single(statuses.Skip(32), r => r.Status == 201);
        Assert.All(statuses.Skip(32), r => Assert.True(r.Status is 201 or 403 or 409, r.Body));
        Assert.Equal("ok", (await service.Serve.Get("/api/health")).GetProperty("status").GetString());
    }
}
