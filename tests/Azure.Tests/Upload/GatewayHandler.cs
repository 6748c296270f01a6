using System.Net;
using RadiogenomicsCloud.Service.Links;

namespace RadiogenomicsCloud.Azure.Tests.Upload;

/// <summary>The links' gateway of a folder, without a socket between.</summary>
internal sealed class GatewayHandler(BlobGateway gateway) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var headers = request.Headers.Concat(request.Content is null ? [] : request.Content.Headers.AsEnumerable())
            .Select(h => KeyValuePair.Create(h.Key, string.Join(",", h.Value))).Where(h => h.Key != "Content-Length")
            .Append(KeyValuePair.Create("Content-Length", $"{body.Length}"));
        await using var answer = await gateway.Handle(
            new(request.Method.Method, request.RequestUri!.PathAndQuery, headers, new MemoryStream(body), IPAddress.Loopback, IsHttps: false), cancellationToken);
        var content = new MemoryStream();
        await answer.CopyBodyTo(content, cancellationToken);
        content.Position = 0;
        var response = new HttpResponseMessage((HttpStatusCode)answer.Status) { Content = new StreamContent(content), RequestMessage = request };
        foreach (var (name, value) in answer.Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value))
                response.Content.Headers.TryAddWithoutValidation(name, value);
        }
        return response;
    }
}
