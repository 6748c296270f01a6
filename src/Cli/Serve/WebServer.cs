using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using RadiogenomicsCloud.Service.Api;
using RadiogenomicsCloud.Service.Web;

namespace RadiogenomicsCloud.Cli.Serve;

/// <summary>
/// The service's HTTP side on this machine's loopback: the page, the API, results, and the areas behind links.
/// </summary>
internal sealed class WebServer : IAsyncDisposable
{
    private const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly WebApplication app;

    private WebServer(WebApplication app, int port) => (this.app, Access) = (app, new LocalAccess(port));

    public LocalAccess Access { get; }

    /// <summary>Begins to listen.</summary>
    /// <param name="port">0 for any that is free.</param>
    /// <param name="links">Answers what is below the mount of links; null where links lead elsewhere.</param>
    /// <exception cref="BadInputException">The port is taken.</exception>
    public static async Task<WebServer> Start(int port, ApiRouter api, LinkEndpoint? links, ILoggerFactory logging, CancellationToken cancel)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(logging);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null; // The API reads no more than its own limit, and so does the gateway of links.
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        var app = builder.Build();
        WebServer? server = null;
        app.Run(context => server!.Answer(context, api, links));
        try
        {
            await app.StartAsync(cancel);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            await app.DisposeAsync();
            throw new BadInputException(
                "serve.port-taken", $"Port {port} is taken by another program, perhaps by another 'serve': choose another with --port, or --port 0 for any that is free.",
                inner: exception);
        }
        server = new WebServer(app, new Uri(app.Urls.Single()).Port);
        return server;
    }

    /// <summary>Stops to listen; what is being answered may end within some seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task Answer(HttpContext context, ApiRouter api, LinkEndpoint? links)
    {
        var (request, response) = (context.Request, context.Response);
        SetHeaders(response.Headers);
        if (!Access.IsOurHost(request.Host))
        {
            await Refuse(context, 421, "request.host", "This address belongs to no service here.");
        }
        else if (links is not null && LinkEndpoint.Takes(context))
        {
            await links.Answer(context);
        }
        else if (!Access.IsSameOrigin(request))
        {
            await Refuse(context, 403, "request.origin", "The request comes from a page of another origin.");
        }
        else if (request.Path == "/" && request.Query.ContainsKey(LocalAccess.KeyParameter))
        {
            if (Access.TryAdmit(context))
                response.Redirect("/");
            else
                await Refuse(context, 403, "request.key", "This address is of an earlier start of the service: open the one that it printed last.");
        }
        else if (!Access.HasKey(request))
        {
            await Refuse(context, 401, "request.key", "Open the address that the service printed when it started, or send its key as a bearer token.");
        }
        else if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !request.Headers.ContainsKey(LocalAccess.ChangeHeader))
        {
            await Refuse(context, 403, "request.header", $"A request that changes something carries the header {LocalAccess.ChangeHeader}.");
        }
        else if (WebFiles.Find(request.Path.Value ?? "") is { } file && HttpMethods.IsGet(request.Method))
        {
            await ApiEndpoint.Send(context, ApiResponse.Bytes(file.Bytes, file.ContentType));
        }
        else
        {
            await ApiEndpoint.Answer(context, api);
        }
    }

    private static void SetHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = PagePolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }

    private static Task Refuse(HttpContext context, int status, string code, string message) =>
        context.Request.Headers[HeaderNames.Accept].ToString().Contains("text/html", StringComparison.Ordinal)
            ? ApiEndpoint.Send(context, ApiResponse.Bytes(System.Text.Encoding.UTF8.GetBytes(message + "\n"), "text/plain; charset=utf-8", status))
            : ApiEndpoint.Send(context, ApiResponse.Error(status, code, message));
}
