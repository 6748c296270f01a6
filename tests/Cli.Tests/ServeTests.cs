using System.Net;
using System.Net.Sockets;
using RadiogenomicsCloud.Cli.Tests.Running;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Cli.Tests;

/// <summary><c>serve</c> as a user starts it: what it says, whom it lets in, how it ends.</summary>
public sealed class ServeTests : IDisposable
{
    private readonly TestFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_lets_in_who_has_the_key_and_nobody_else()
    {
        await using var service = await ServeProcess.Start(folder.At("storage"));
        using var stranger = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(service.Address, "/") };
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/jobs", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/results/a/b/report.html", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync("/?key=" + new string('0', 32), Cancel)).StatusCode);

        var admitted = await stranger.GetAsync(service.Address, Cancel);
        Assert.Equal(HttpStatusCode.Redirect, admitted.StatusCode);
        var cookie = Assert.Single(admitted.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync("/api/jobs", Cancel)).StatusCode); // By the cookie from now on.
    }

    [Theory]
    [InlineData("Host", "evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("Host", "127.0.0.1.evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("Host", "127.0.0.1:1", HttpStatusCode.MisdirectedRequest)]
    [InlineData("Origin", "http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("X-Radiogenomics", null, HttpStatusCode.Forbidden)]
    public async Task A_page_of_elsewhere_changes_nothing_even_with_the_key(string header, string? value, HttpStatusCode refused)
    {
        await using var service = await ServeProcess.Start(folder.At("storage"));
        service.Client.DefaultRequestHeaders.Remove(header);
        if (value is not null)
            service.Client.DefaultRequestHeaders.TryAddWithoutValidation(header, value);
        using var body = new StringContent("{\"hours\":1}");
        Assert.Equal(refused, (await service.Client.PostAsync("/api/cohorts/demo/links", body, Cancel)).StatusCode);
    }

    [Fact]
    public async Task Every_answer_forbids_what_the_page_does_not_need()
    {
        await using var service = await ServeProcess.Start(folder.At("storage"));
        foreach (var path in new[] { "/", "/app.js", "/api/jobs", "/none" })
        {
            var answer = await service.Client.GetAsync(path, Cancel);
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.StartsWith("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
            Assert.False(answer.Headers.Contains("Server"));
        }
        using var large = new StringContent(new string(' ', 300 * 1024));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await service.Client.PostAsync("/api/cohorts/demo/links", large, Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_link_lets_its_bearer_upload_without_the_key()
    {
        await using var service = await ServeProcess.Start(folder.At("storage"));
        using var wish = new StringContent("{\"hours\":1}");
        var answer = await service.Client.PostAsync("/api/cohorts/demo/links", wish, Cancel);
        var link = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("link").GetString()!;
        using var bearer = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Put, link.Replace("/demo?", "/demo/study.yaml?", StringComparison.Ordinal)) { Content = new StringContent("schema: 1") };
        request.Headers.Add("x-ms-blob-type", "BlockBlob");
        Assert.Equal(HttpStatusCode.Created, (await bearer.SendAsync(request, Cancel)).StatusCode);
        Assert.Equal("schema: 1", await File.ReadAllTextAsync(folder.At("storage", "cohorts", "demo", "study.yaml"), Cancel));
        Assert.Equal(HttpStatusCode.Forbidden, (await bearer.GetAsync(link, Cancel)).StatusCode);
    }

    [Theory]
    [InlineData("TERM", 0)]
    [InlineData("INT", 130)]
    public async Task It_ends_in_peace_when_told_to(string signal, int code)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are of Unix.");
        await using var service = await ServeProcess.Start(folder.At("storage"));
        var ended = await service.Signal(signal);
        Assert.Equal(code, ended.ExitCode);
        Assert.StartsWith($"Serving {folder.At("storage")} at http://127.0.0.1:", ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_is_told_in_one_sentence()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        (await Radiogenomics.Run("serve", "--storage", folder.At("storage"), "--port", port)).Refused("serve.port-taken", port, "--port");
    }

    [Fact]
    public async Task Bad_storage_and_bad_options_are_told_in_one_sentence()
    {
        (await Radiogenomics.Run("serve")).Refused("serve.storage", "--storage");
        (await Radiogenomics.Run("serve", "--storage", "AccountName=a;AccountKey=")).Refused("storage.address");
        (await Radiogenomics.Run("serve", "--storage", folder.At("storage"), "--workers", "0")).Refused(null, "--workers");
        (await Radiogenomics.Run("serve", "--storage", folder.At("storage"), "--poll", "never")).Refused(null, "--poll");
        var file = folder.Write("file", "text");
        var result = await Radiogenomics.Run("serve", "--storage", file);
        Assert.Equal(ExitCodes.Storage, result.ExitCode);
        Assert.Contains(file, result.Error, StringComparison.Ordinal);
    }

    [LongFact]
    public async Task A_killed_service_goes_on_where_it_was()
    {
        SmallCohort.Write(folder.At("storage", "cohorts", "demo"));
        File.WriteAllText(folder.At("storage", "cohorts", "demo", "_COMPLETE"), "");
        string id;
        await using (var first = await ServeProcess.Start(folder.At("storage")))
        {
            var running = await first.Job("demo", job => job.TryGetProperty("progress", out var p) && p.GetProperty("stage").GetString() == "cases", TimeSpan.FromMinutes(1));
            id = running.GetProperty("id").GetString()!;
            await first.Kill();
        }
        await using var second = await ServeProcess.Start(folder.At("storage"));
        var done = await second.Job("demo", job => job.GetProperty("state").GetString() == "Completed", TimeSpan.FromMinutes(3));
        Assert.Equal(id, done.GetProperty("id").GetString());
        var report = await second.Client.GetStringAsync(done.GetProperty("report").GetString(), Cancel);
        Assert.Contains("11 of 12 cases analysed", report, StringComparison.Ordinal);
    }
}
