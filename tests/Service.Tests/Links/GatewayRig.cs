using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using RadiogenomicsCloud.Service.Folders;
using RadiogenomicsCloud.Service.Links;
using RadiogenomicsCloud.Service.Ports;
using RadiogenomicsCloud.Service.Tests.Folders;

namespace RadiogenomicsCloud.Service.Tests.Links;

/// <summary>A folder storage with an exchange's inbox and outbox, and its gateway.</summary>
internal sealed class GatewayRig : IAsyncDisposable
{
    public const string Inbox = "x-site-1-in";
    public const string Outbox = "x-site-1-out";
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);
    private readonly TestFolder folder = new();

    private GatewayRig(BlobLimits? limits)
    {
        Storage = FolderServiceStorage.Open(folder.Path, Time, freeBytes: 0);
        Storage.FolderLinks.ServeAt(new Uri("http://127.0.0.1:5080"));
        Gateway = new BlobGateway(Storage, limits ?? BlobLimits.Default, NullLogger<BlobGateway>.Instance);
    }

    public ManualTime Time { get; } = new(Now);

    public FolderServiceStorage Storage { get; }

    public BlobGateway Gateway { get; }

    public TestFolder Folder => folder;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<GatewayRig> Create(BlobLimits? limits = null)
    {
        var rig = new GatewayRig(limits);
        await rig.Storage.Prepare(Cancel);
        await rig.Storage.Files.Create(Inbox, Cancel);
        await rig.Storage.Files.Create(Outbox, Cancel);
        return rig;
    }

    public async ValueTask DisposeAsync()
    {
        await Storage.DisposeAsync();
        folder.Dispose();
    }

    public Task<Uri> Link(string area, LinkRight right, string? ip = null) =>
        Storage.Links.Issue(new(area, right, Now.AddMinutes(-15), Now.AddHours(1), ip), Cancel);

    /// <summary>A file of a link: its path is put behind the area, escaped.</summary>
    public static string Target(Uri link, string path, string more = "") =>
        $"{link.AbsolutePath}/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}{link.Query}{more}";

    public Task<Reply> Put(Uri link, string path, string text, params (string, string)[] headers) =>
        Send("PUT", Target(link, path), Encoding.UTF8.GetBytes(text), [("x-ms-blob-type", "BlockBlob"), .. headers]);

    public Task<Reply> PutBlock(Uri link, string path, string id, string text) =>
        Send("PUT", Target(link, path, "&comp=block&blockid=" + Uri.EscapeDataString(Id(id))), Encoding.UTF8.GetBytes(text));

    public Task<Reply> PutList(Uri link, string path, string[] ids, params (string, string)[] headers) => Send(
        "PUT", Target(link, path, "&comp=blocklist"),
        // As the client library sends it: with a byte order mark.
        [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes($"<BlockList>{string.Concat(ids.Select(i => $"<Latest>{Id(i)}</Latest>"))}</BlockList>")], headers);

    public static string Id(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    public async Task<Reply> Send(string method, string target, byte[]? body = null, params (string Name, string Value)[] headers)
    {
        var length = (body?.Length ?? 0).ToString(CultureInfo.InvariantCulture);
        return await Send(new(
            method, target, [.. headers.Select(h => KeyValuePair.Create(h.Name, h.Value)), KeyValuePair.Create("Content-Length", length)],
            new MemoryStream(body ?? []), IPAddress.Loopback, IsHttps: false));
    }

    public async Task<Reply> Send(BlobRequest request)
    {
        await using var response = await Gateway.Handle(request, Cancel);
        using var body = new MemoryStream();
        await response.CopyBodyTo(body, Cancel);
        if (request.Method != "HEAD" && response.Status != 304)
            Assert.Equal(response.Headers["Content-Length"], body.Length.ToString(CultureInfo.InvariantCulture));
        return new(response.Status, response.Headers.GetValueOrDefault("x-ms-error-code"), Encoding.UTF8.GetString(body.ToArray()), response.Headers);
    }

    public async Task<string?> Content(string area, string path)
    {
        await using var stream = await Storage.Files.Area(area).Open(path, null, Cancel);
        return stream is null ? null : await new StreamReader(stream).ReadToEndAsync(Cancel);
    }

    public async Task Place(string area, string path, string text) => Assert.NotNull(await Storage.Files.Area(area).Write(
        path, s => s.WriteAsync(Encoding.UTF8.GetBytes(text), Cancel).AsTask(), WriteCondition.None, Cancel));

    /// <summary>Every file of areas, waiting blocks and drafts.</summary>
    public string[] Everything() =>
    [
        .. new[] { Inbox, Outbox, "cohorts", "results", Path.Combine("store", "uploads") }.Select(folder.At).Where(Directory.Exists)
            .SelectMany(d => Directory.GetFiles(d, "*", SearchOption.AllDirectories)).Select(f => Path.GetRelativePath(folder.Path, f)).Order(StringComparer.Ordinal),
    ];

    public sealed record Reply(int Status, string? Code, string Body, IReadOnlyDictionary<string, string> Headers);
}
