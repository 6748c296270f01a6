using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using RadiogenomicsCloud.Functions.Durable;
using RadiogenomicsCloud.Service.Api;
using RadiogenomicsCloud.Service.Hosting;

namespace RadiogenomicsCloud.Functions.Triggers;

/// <summary>The service's HTTP API behind one trigger that takes every path: routes are the API's affair.</summary>
internal sealed class HttpFunction(ServiceParts parts, HttpAccess access, ILoggerFactory logging)
{
    public const string FunctionName = "Http";

    [Function(FunctionName)]
    public async Task Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", "post", "put", "delete", Route = "{*path}")] HttpRequest request,
        [DurableClient] DurableTaskClient client, CancellationToken cancel)
    {
        if (access.Who(request.Headers) is not { } who)
        {
            await Send(request, ApiResponse.Error(401, "request.nobody", "Sign in: the request names nobody."), cancel);
            return;
        }
        var query = request.Query.ToDictionary(p => p.Key, p => p.Value.FirstOrDefault() ?? "", StringComparer.Ordinal);
        var api = ServiceApi.Create(new(parts, new DurableJobHost(client, parts.Runtime, parts.Jobs), () => new([], [], null)), logging);
        await Send(request, await api.Handle(new(request.Method, request.Path.Value ?? "/", query, request.Body, who), cancel), cancel);
    }

    private static async Task Send(HttpRequest request, ApiResponse answer, CancellationToken cancel)
    {
        var response = request.HttpContext.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Length;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        foreach (var (name, value) in answer.Headers)
            response.Headers[name] = value;
        if (!HttpMethods.IsHead(request.Method))
            await answer.Write(response.Body, cancel);
    }
}
