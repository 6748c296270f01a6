using System.Net;
using System.Text;

namespace RadiogenomicsCloud.Azure.Tests.Upload;

/// <summary>Something on the way that answers every request in the service's place, as a gateway of a hospital may.</summary>
internal sealed class StrangerHandler(string body) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new HttpResponseMessage(HttpStatusCode.Conflict)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
            RequestMessage = request,
        });
}
