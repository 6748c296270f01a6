using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using RadiogenomicsCloud.Service.Links;

namespace RadiogenomicsCloud.Cli.Serve;

/// <summary>Hands requests by links to the areas of a folder storage: whoever has a link needs no key, and nothing else is open to them.</summary>
internal sealed class LinkEndpoint(BlobGateway gateway)
{
    public static bool Takes(HttpContext context) =>
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.StartsWith(FolderLinkIssuer.Mount, StringComparison.Ordinal);

    public async Task Answer(HttpContext context)
    {
        var (request, cancel) = (context.Request, context.RequestAborted);
        var headers = request.Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString()));
        await using var answer = await gateway.Handle(
            new(
                request.Method, context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, headers, request.Body,
                context.Connection.RemoteIpAddress, request.IsHttps),
            cancel);
        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
            context.Response.Headers[name] = value;
        if (!HttpMethods.IsHead(request.Method))
            await answer.CopyBodyTo(context.Response.Body, cancel);
    }
}
