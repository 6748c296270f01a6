using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using RadiogenomicsCloud.Cli.Tests.Hostile;
using RadiogenomicsCloud.Cli.Tests.Running;

[assembly: AssemblyFixture(typeof(HostileService))]

namespace RadiogenomicsCloud.Cli.Tests.Hostile;

/// <summary>
/// A running <c>serve</c> on a folder with one locked model, for partners who mean harm: they speak to it over its socket, with the links of
/// exchanges that its owner opened by the API. Started at the first use.
/// </summary>
public sealed class HostileService : IAsyncDisposable
{
    public const string Model = "tables";
    private const string Study =
        """
        schema: 1
        study: tables
        ids: {case: case, patient: patient}
        endpoints: [{column: out, kind: binary}]
        clinical: [a, b]
        compare: [clinical]
        models: [{elastic_net: {}}]
        validate: [{nested_cv: {folds: 3, repeats: 1}}]

        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly TestFolder folder = new();
    private readonly SemaphoreSlim turn = new(1);
    private ServeProcess? serve;

    internal ServeProcess Serve => serve ?? throw new InvalidOperationException("Begin first.");

    public int Port => Serve.Address.Port;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A table of cases whose outcome follows two columns.</summary>
    public static string Clinical(string prefix, int rows)
    {
        var text = new StringBuilder("case,patient,a,b,out\n");
        for (var i = 0; i < rows; i++)
            text.Append(CultureInfo.InvariantCulture, $"{prefix}{i:D3},{prefix}P{i:D3},{(i % 2 * 4) + (i * 7 % 11)},{i * 5 % 13},{i % 2}\n");
        return text.ToString();
    }

    public async Task<HostileService> Begin()
    {
        await turn.WaitAsync(Cancel);
        try
        {
            if (serve is not null)
                return this;
            folder.Write("storage/cohorts/own/clinical.csv", Clinical("O", 60));
            folder.Write("storage/cohorts/own/study.yaml", Study);
            folder.Write("storage/cohorts/own/_COMPLETE", "");
            serve = await ServeProcess.Start(folder.At("storage"));
            var job = await serve.Job("own", j => j.GetProperty("state").GetString() is not ("Queued" or "Running"), Patience);
            Assert.Equal("Completed", job.GetProperty("state").GetString());
            Assert.Equal(HttpStatusCode.OK, (await Post($"/api/models/{Model}/1/lock", new { })).StatusCode);
            return this;
        }
        finally
        {
            turn.Release();
        }
    }

    public Task<HttpResponseMessage> Post(string path, object document) => Serve.Client.PostAsJsonAsync(path, document, Cancel);

    /// <summary>An exchange with its two links, as the owner opens it.</summary>
    public async Task<Invited> Invite()
    {
        using var answer = await Post("/api/exchanges", new { partner = "North", model = Model, version = 1 });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var document = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        var links = document.GetProperty("links").EnumerateArray().Select(l => new Uri(l.GetProperty("link").GetString()!)).ToList();
        return new(document.GetProperty("exchange").GetProperty("id").GetString()!, links[0], links[1]);
    }

    /// <summary>Puts a file by a link; the path goes behind the link's as it stands.</summary>
    public Task<Reply> Put(Uri link, string path, byte[] body, string more = "", params (string Name, string Value)[] headers) =>
        Ask("PUT", $"{link.AbsolutePath}/{path}{link.Query}{more}", body, [("x-ms-blob-type", "BlockBlob"), .. headers]);

    public Task<Reply> Get(Uri link, string path) => Ask("GET", $"{link.AbsolutePath}/{path}{link.Query}", []);

    /// <summary>A request without the key unless it is among the headers, on a connection of its own.</summary>
    public Task<Reply> Ask(string method, string target, byte[] body, params (string Name, string Value)[] headers)
    {
        var all = new List<(string Name, string Value)> { ("Host", $"127.0.0.1:{Port}"), ("Connection", "close"), ("Content-Length", body.Length.ToString(CultureInfo.InvariantCulture)) };
        foreach (var header in headers)
        {
            all.RemoveAll(h => h.Name == header.Name);
            all.Add(header);
        }
        return Raw($"{method} {target} HTTP/1.1\r\n{string.Concat(all.Select(h => $"{h.Name}: {h.Value}\r\n"))}\r\n", body);
    }

    public (string Name, string Value)[] Key => [("Authorization", "Bearer " + Serve.Key), ("X-Radiogenomics", "test")];

    public (string Name, string Value) Cookie => ("Cookie", $"radiogenomics-{Port}={Serve.Key}");

    /// <summary>Sends bytes and reads until the service hangs up, or the limit.</summary>
    public async Task<Reply> Raw(string head, byte[] body)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port, Cancel);
        var stream = client.GetStream();
        using var late = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        late.CancelAfter(TimeSpan.FromSeconds(20));
        using var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(head), late.Token);
            await stream.WriteAsync(body, late.Token);
        }
        catch (IOException)
        {
            // It hung up before all was sent: what it said is read.
        }
        try
        {
            await stream.CopyToAsync(answer, late.Token);
        }
        catch (Exception exception) when (exception is IOException || (exception is OperationCanceledException && !Cancel.IsCancellationRequested))
        {
            // Reset, or kept open.
        }
        var text = Encoding.UTF8.GetString(answer.ToArray());
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var first = text.Split(' ');
        return new(first.Length > 1 && int.TryParse(first[1], out var status) ? status : 0, end < 0 ? text : text[..end], end < 0 ? "" : text[(end + 4)..]);
    }

    /// <summary>Uploads files and the marker as a partner, and waits until the intake has decided.</summary>
    public async Task<Submitted> Submit(IReadOnlyDictionary<string, byte[]> files, byte[] marker)
    {
        var invited = await Invite();
        foreach (var (path, bytes) in files)
            Assert.Equal(201, (await Put(invited.Upload, string.Join('/', path.Split('/').Select(Uri.EscapeDataString)), bytes)).Status);
        Assert.Equal(201, (await Put(invited.Upload, "_COMPLETE", marker)).Status);
        return await Decided(invited);
    }

    public async Task<Submitted> Decided(Invited invited)
    {
        var path = "/api/exchanges/" + invited.Id;
        for (var clock = System.Diagnostics.Stopwatch.StartNew(); clock.Elapsed < Patience; await Task.Delay(200, Cancel))
        {
            var shown = await Serve.Get(path);
            if (shown.GetProperty("exchange").GetProperty("state").GetString() is not ("Invited" or "Uploading" or "Submitted"))
                return new(invited, shown, await Document(invited.Results, "intake.json"), await Document(invited.Results, "problem.json"));
        }
        throw new TimeoutException("The intake did not decide: " + await Serve.Get(path));
    }

    public async ValueTask DisposeAsync()
    {
        if (serve is not null)
            await serve.DisposeAsync();
        turn.Dispose();
        folder.Dispose();
    }

    private async Task<JsonElement?> Document(Uri link, string name) =>
        await Get(link, name) is { Status: 200 } reply ? JsonDocument.Parse(reply.Body).RootElement : null;

    public sealed record Invited(string Id, Uri Upload, Uri Results);

    /// <param name="Shown">What the owner sees.</param>
    /// <param name="Intake">The partner's list of cases.</param>
    /// <param name="Problem">Why nothing was let in, for the partner.</param>
    public sealed record Submitted(Invited Exchange, JsonElement Shown, JsonElement? Intake, JsonElement? Problem)
    {
        public string State => Shown.GetProperty("exchange").GetProperty("state").GetString()!;

        public string? Code => Shown.GetProperty("exchange").TryGetProperty("reason", out var reason) ? reason.GetProperty("code").GetString() : null;
    }

    public sealed record Reply(int Status, string Head, string Body);
}
