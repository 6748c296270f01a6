using Microsoft.AspNetCore.Http;
using RadiogenomicsCloud.Service.Api;

namespace RadiogenomicsCloud.Cli.Serve;

/// <summary>Hands a web request to the API, and its response back.</summary>
internal static class ApiEndpoint
{
    public static async Task Answer(HttpContext context, ApiRouter api)
    {
        var request = context.Request;
        var query = request.Query.ToDictionary(p => p.Key, p => p.Value.FirstOrDefault() ?? "", StringComparer.Ordinal);
        var response = await api.Handle(
            new(request.Method, request.Path.Value ?? "/", query, request.Body, Environment.UserName), context.RequestAborted);
        await Send(context, response);
    }

    public static async Task Send(HttpContext context, ApiResponse response)
    {
        context.Response.StatusCode = response.Status;
        context.Response.ContentType = response.ContentType;
        context.Response.ContentLength = response.Length;
        foreach (var (name, value) in response.Headers)
            context.Response.Headers[name] = value;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Write(context.Response.Body, context.RequestAborted);
    }
}
