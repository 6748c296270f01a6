using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Cli.Tests.Service;

/// <summary>What happens to a request on its way to storage.</summary>
internal enum Fate
{
    Pass,

    /// <summary>503 at once; the storage sees nothing.</summary>
    Busy,

    /// <summary>The storage does it, and 500 is answered: the next try meets a true 409 or 412.</summary>
    BusyAfterwards,

    /// <summary>The storage does it, and the connection breaks.</summary>
    LostAnswer,

    /// <summary>409: the container is being removed, or another was faster to make a record.</summary>
    Conflict,

    /// <summary>412: another was faster to change it. Only of changes that have a condition: of a read it would say that a pinned file was overwritten.</summary>
    Precondition,
}

/// <summary>Stands between a service and one endpoint of the emulator, and lets a share of the requests fail, by chance with a seed.</summary>
internal sealed class StorageProxy : IAsyncDisposable
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false });
    private static readonly string[] OfTheConnection = ["Host", "Connection", "Transfer-Encoding", "Keep-Alive", "Expect"];

    private readonly WebApplication app;
    private readonly Uri target;
    private readonly double share;
    private readonly DeterministicRandom random;
    private readonly Lock turn = new();
    private bool owed;

    private StorageProxy(WebApplication app, Uri target, double share, ulong seed) =>
        (this.app, this.target, this.share, random) = (app, target, share, new DeterministicRandom(seed));

    /// <summary>The emulator's endpoint as it is reached through here.</summary>
    public Uri Address => new(new Uri(app.Urls.Single()), target.AbsolutePath);

    /// <summary>How often each fate was met.</summary>
    public ConcurrentDictionary<Fate, int> Met { get; } = [];

    /// <param name="share">Of the requests that fail.</param>
    public static Task<StorageProxy> Start(Uri target, double share, ulong seed) => Start(target, share, seed, proxy => proxy.Answer);

    /// <summary>Something on the way that answers everything itself, and not as the storage would.</summary>
    public static Task<StorageProxy> Stranger(int status, string type, string body) => Start(new Uri("http://127.0.0.1/"), 1, 0, _ => async context =>
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        context.Response.StatusCode = status;
        await Write(context, type, body);
    });

    private static async Task<StorageProxy> Start(Uri target, double share, ulong seed, Func<StorageProxy, RequestDelegate> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        var proxy = new StorageProxy(builder.Build(), target, share, seed);
        proxy.app.Run(answer(proxy));
        await proxy.app.StartAsync(TestContext.Current.CancellationToken);
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private Fate Decide(HttpRequest request)
    {
        var changes = IsCommit(request) || (!HttpMethods.IsGet(request.Method) && request.Headers.IfMatch.Count > 0);
        lock (turn)
        {
            var (part, which) = (random.NextDouble(), random.NextInt(5));
            if (owed && changes)
            {
                owed = false;
                return Fate.Precondition;
            }
            if (part >= share)
                return Fate.Pass;
            var fate = (Fate)(which + 1);
            if (fate != Fate.Precondition || changes)
                return fate;
            owed = true; // Conditional changes are few: the next one has it.
            return Fate.Busy;
        }
    }

    private async Task Answer(HttpContext context)
    {
        var fate = Decide(context.Request);
        Met.AddOrUpdate(fate, 1, (_, times) => times + 1);
        switch (fate)
        {
            case Fate.Busy:
                await Refuse(context, 503, "ServerBusy");
                return;
            case Fate.Conflict:
                await Refuse(context, 409, IsCommit(context.Request) ? "EntityAlreadyExists" : "ContainerBeingDeleted");
                return;
            case Fate.Precondition:
                await Refuse(context, 412, "ConditionNotMet");
                return;
        }
        using var answer = await Forward(context);
        if (fate == Fate.BusyAfterwards)
        {
            await Refuse(context, 500, "InternalError");
            return;
        }
        if (fate == Fate.LostAnswer)
        {
            context.Abort();
            return;
        }
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (!OfTheConnection.Contains(name, StringComparer.OrdinalIgnoreCase))
                context.Response.Headers[name] = values.ToArray();
        }
        if (!HttpMethods.IsHead(context.Request.Method))
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private async Task<HttpResponseMessage> Forward(HttpContext context)
    {
        // Whole, so that what is refused afterwards was done.
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(target.GetLeftPart(UriPartial.Authority) + path));
        if (body.Length > 0 || context.Request.ContentLength is not null)
            request.Content = new ByteArrayContent(body.ToArray());
        foreach (var (name, values) in context.Request.Headers)
        {
            if (!OfTheConnection.Contains(name, StringComparer.OrdinalIgnoreCase) && !request.Headers.TryAddWithoutValidation(name, values.ToArray()))
                request.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
        }
        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
    }

    private static bool IsCommit(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.Path.Value!.EndsWith("/$batch", StringComparison.Ordinal);

    private static async Task Refuse(HttpContext context, int status, string code)
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        context.Response.StatusCode = status;
        context.Response.Headers["x-ms-error-code"] = code;
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        if (context.Request.Headers.Accept.ToString().Contains("json", StringComparison.Ordinal) || IsCommit(context.Request))
            await context.Response.WriteAsJsonAsync(new Dictionary<string, object> { ["odata.error"] = new { code, message = new { lang = "en", value = code } } }, context.RequestAborted);
        else
            await Write(context, "application/xml", $"<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>{code}</Code><Message>{code}</Message></Error>");
    }

    private static Task Write(HttpContext context, string type, string body)
    {
        context.Response.ContentType = type;
        return context.Response.WriteAsync(body, context.RequestAborted);
    }
}
