using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RadiogenomicsCloud.Cli.Tests.Hostile;

/// <summary>What programs and web pages of this machine can try without the key, and with a cookie that is not theirs.</summary>
public class HttpAttackTests(HostileService service)
{
    private static readonly string[] Changing =
    [
        "/api/cohorts/own/start", "/api/cohorts/own/links", "/api/jobs/none/cancel", "/api/exchanges", "/api/exchanges/none/accept", "/api/exchanges/none/reject",
        "/api/exchanges/none/revoke", "/api/exchanges/none/withdraw", "/api/exchanges/none/resubmit", "/api/exchanges/none/links", "/api/models/tables/1/lock",
        "/api/models/tables/1/retire",
    ];

    private static readonly string[] Reading =
    [
        "/", "/app.js", "/api/health", "/api/cohorts", "/api/jobs", "/api/jobs/none", "/api/jobs/none/cases", "/api/jobs/none/ledger", "/api/jobs/none/files",
        "/api/exchanges", "/api/exchanges/none", "/api/models", "/api/models/tables/history", "/results/own/x/report.html", "/nothing",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_answers_without_the_key()
    {
        await service.Begin();
        foreach (var path in Reading)
            Assert.Equal((path, 401), (path, (await service.Ask("GET", path, [])).Status));
        foreach (var path in Changing)
            Assert.Equal((path, 401), (path, (await service.Ask("POST", path, "{}"u8.ToArray(), ("X-Radiogenomics", "x"))).Status));
        foreach (var wrong in new[] { "", service.Serve.Key[..^1], service.Serve.Key + "0", service.Serve.Key.ToUpperInvariant() + " ", new string('a', 9000) })
            Assert.Equal(401, (await service.Ask("GET", "/api/health", [], ("Authorization", "Bearer " + wrong))).Status);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1")]
    [InlineData("127.1:PORT")]
    [InlineData("[::1]:PORT")]
    [InlineData("127.0.0.1.nip.io:PORT")]
    [InlineData("127.0.0.1:PORT.evil.example")]
    [InlineData("evil@127.0.0.1:PORT")]
    [InlineData("")]
    public async Task A_name_that_only_leads_here_is_not_ours(string host)
    {
        await service.Begin();
        var named = host.Replace("PORT", service.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var reply = await service.Ask("GET", "/api/health", [], [.. service.Key, ("Host", named)]);
        Assert.True(reply.Status is 421 or 400, $"{host}: {reply.Status}");
        var invited = await service.Invite();
        Assert.True((await service.Put(invited.Upload, "a", [1], "", ("Host", named))).Status is 421 or 400);
    }

    [Fact]
    public async Task Pages_of_elsewhere_change_nothing_with_the_readers_cookie()
    {
        await service.Begin();
        var invitation = Encoding.UTF8.GetBytes($$"""{"partner":"evil","model":"{{HostileService.Model}}","version":1}""");
        var evil = new[]
        {
            ("Origin", "null"), ("Origin", "http://evil.example"), ("Origin", $"http://127.0.0.1:{service.Port}.evil.example"), ("Origin", $"https://127.0.0.1:{service.Port}"),
            ("Origin", $"http://127.0.0.1:{service.Port + 1}"), ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"),
        };
        foreach (var path in Changing)
        {
            foreach (var header in evil)
                Assert.Equal((path, header, 403), (path, header, (await service.Ask("POST", path, invitation, service.Cookie, ("X-Radiogenomics", "x"), header)).Status));
            // What a form can send: no header of its own.
            foreach (var type in new[] { "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x" })
                Assert.Equal((path, 403), (path, (await service.Ask("POST", path, invitation, service.Cookie, ("Content-Type", type))).Status));
            Assert.Equal((path, true), (path, (await service.Ask("GET", path, [], service.Cookie)).Status is 405 or 404 or 200));
        }
        Assert.Equal(403, (await service.Ask("GET", "/api/exchanges", [], service.Cookie, ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors"))).Status);
        Assert.Equal(403, (await service.Ask("GET", "/?key=" + service.Serve.Key, [], ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "iframe"))).Status);
        Assert.Equal(200, (await service.Ask("GET", "/api/exchanges", [], service.Cookie, ("X-HTTP-Method-Override", "POST"), ("X-Forwarded-Host", "evil.example"))).Status);
        var preflight = await service.Ask("OPTIONS", "/api/exchanges", [], ("Origin", "http://evil.example"), ("Access-Control-Request-Method", "POST"));
        Assert.Equal(403, preflight.Status);
        Assert.DoesNotContain("access-control", preflight.Head, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("evil", (await service.Serve.Get("/api/exchanges?limit=500")).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_no_request_are_refused_and_the_next_one_is_answered()
    {
        await service.Begin();
        var host = $"Host: 127.0.0.1:{service.Port}\r\nAuthorization: Bearer {service.Serve.Key}\r\nX-Radiogenomics: x\r\nConnection: close\r\n";
        var large = Encoding.ASCII.GetBytes("{\"partner\":\"" + new string('a', 300_000) + "\"}");
        (string What, string Head, byte[] Body)[] attacks =
        [
            ("two lengths", $"POST /api/exchanges HTTP/1.1\r\n{host}Content-Length: 4\r\nContent-Length: 5\r\n\r\n", []),
            ("length and chunks", $"POST /api/exchanges HTTP/1.1\r\n{host}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/exchanges HTTP/1.1\r\n{host}\r\n", []),
            ("a chunk of 2^48", $"POST /api/exchanges HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFF\r\n", []),
            ("two hosts", $"GET /api/health HTTP/1.1\r\n{host}Host: evil\r\n\r\n", []),
            ("a large header", $"GET /api/health HTTP/1.1\r\n{host}X-A: {new string('a', 40_000)}\r\n\r\n", []),
            ("many headers", $"GET /api/health HTTP/1.1\r\n{host}{string.Concat(Enumerable.Range(0, 200).Select(n => $"X-{n}: a\r\n"))}\r\n", []),
            ("a long address", $"GET /{new string('a', 9000)} HTTP/1.1\r\n{host}\r\n", []),
            ("a header of two lines", $"GET /api/health HTTP/1.1\r\n{host}X-A: b\r\n c\r\n\r\n", []),
            ("a large body", $"POST /api/exchanges HTTP/1.1\r\n{host}Content-Length: {large.Length}\r\n\r\n", large),
            ("deep JSON", $"POST /api/exchanges HTTP/1.1\r\n{host}Content-Length: 60000\r\n\r\n", [.. Enumerable.Repeat((byte)'[', 60_000)]),
            ("no HTTP", "\u0016\u0003\u0001\r\n\r\n", []),
        ];
        foreach (var (what, head, body) in attacks)
        {
            var reply = await service.Raw(head, body);
            Assert.True(reply.Status is >= 400 and < 500, $"{what}: {reply.Status} {reply.Body}");
            Assert.DoesNotContain("service.bug", reply.Body, StringComparison.Ordinal);
        }
        Assert.Equal("ok", (await service.Serve.Get("/api/health")).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("/results/../records/.link-key")]
    [InlineData("/results/%2e%2e/records/.link-key")]
    [InlineData("/results/..%2frecords%2f.link-key")]
    [InlineData("/results/..%5crecords%5c.link-key")]
    [InlineData("/results/.link-key")]
    [InlineData("/results//etc/passwd")]
    [InlineData("/results/own/..;/x")]
    [InlineData("/results/own%00.html")]
    [InlineData("/blob/../api/exchanges")]
    [InlineData("/blob/%2e%2e/api/exchanges")]
    [InlineData("/blob/records/jobs")]
    [InlineData("//api/exchanges")]
    [InlineData("/API/exchanges")]
    [InlineData("/api/exchanges/..%2f..%2fresults")]
    [InlineData("/api/jobs/a%0d%0aX-Evil:%201")]
    [InlineData("/web/../../secret")]
    public async Task Paths_that_mean_something_else_lead_nowhere(string path)
    {
        await service.Begin();
        foreach (var headers in new[] { [], service.Key })
        {
            var reply = await service.Ask("GET", path, [], headers);
            Assert.True(reply.Status is >= 400 and < 500, $"{reply.Status} {reply.Body}");
            Assert.DoesNotContain("X-Evil", reply.Head, StringComparison.Ordinal);
            Assert.DoesNotContain("root:", reply.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_key_goes_into_a_cookie_and_no_further_and_links_are_kept_nowhere()
    {
        await service.Begin();
        var admitted = await service.Ask("GET", "/?key=" + service.Serve.Key, []);
        Assert.Equal(302, admitted.Status);
        Assert.Contains("Location: /\r\n", admitted.Head, StringComparison.Ordinal);
        Assert.Contains("samesite=strict; httponly", admitted.Head, StringComparison.OrdinalIgnoreCase);
        var invited = await service.Invite();
        var page = await service.Ask("GET", "/", [], service.Cookie);
        var link = await service.Get(invited.Results, "status.json");
        Assert.Equal((200, 200), (page.Status, link.Status));
        foreach (var reply in new[] { admitted, page, link })
        {
            Assert.Contains("Cache-Control: no-store", reply.Head, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("Referrer-Policy: no-referrer", reply.Head, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("X-Content-Type-Options: nosniff", reply.Head, StringComparison.OrdinalIgnoreCase);
        }
        Assert.DoesNotContain(service.Serve.Key, page.Head + page.Body, StringComparison.Ordinal);
        // What a partner may have written is never a page of the service.
        Assert.Contains("Content-Security-Policy: sandbox", link.Head, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Content-Disposition: attachment", link.Head, StringComparison.OrdinalIgnoreCase);
        var signature = System.Web.HttpUtility.ParseQueryString(invited.Upload.Query)["sig"]!;
        var shown = await service.Ask("GET", "/api/exchanges/" + invited.Id, [], service.Key);
        Assert.DoesNotContain(signature, JsonSerializer.Deserialize<JsonElement>(shown.Body).GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(Uri.EscapeDataString(signature), shown.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reports_are_in_a_sandbox_without_script()
    {
        await service.Begin();
        var report = (await service.Serve.Get("/api/jobs?subject=own")).GetProperty("items")[0].GetProperty("report").GetString()!;
        var reply = await service.Ask("GET", report, [], service.Cookie);
        Assert.Equal(200, reply.Status);
        Assert.Contains("Content-Security-Policy: sandbox; default-src 'none';", reply.Head, StringComparison.Ordinal);
        Assert.DoesNotContain("allow-scripts", reply.Head, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", reply.Body, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("a\u202Eb")]
    [InlineData("a\u2028b")]
    [InlineData("a\u200Bb")]
    [InlineData("\u001B[2Ja")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    public async Task Text_that_hides_or_turns_what_people_see_is_no_name_and_no_reason(string text)
    {
        await service.Begin();
        using var named = await service.Post("/api/exchanges", new { partner = text, model = HostileService.Model, version = 1 });
        Assert.Contains("exchange.text", await named.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        var invited = await service.Invite();
        using var revoked = await service.Post($"/api/exchanges/{invited.Id}/revoke", new { reason = text });
        Assert.Contains("exchange.text", await revoked.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }
}
