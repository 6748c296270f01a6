using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Hosting;

namespace RadiogenomicsCloud.Service.Api;

/// <summary><c>/api/health</c>.</summary>
internal sealed class HealthHandlers(ApiServices services)
{
    public void AddTo(ApiRouter router) => router.Map("GET", "/api/health", Show);

    private Task<ApiResponse> Show(ApiRequest request, IReadOnlyDictionary<string, string> values, CancellationToken cancel)
    {
        var health = services.Health();
        var well = health.Trouble is null && health.Recurring.All(r => r.Trouble is null);
        return Task.FromResult(ApiResponse.Of(new Health(
            well ? "ok" : "trouble", services.Runtime.Version, services.Runtime.Storage.Description, request.Who,
            health.Running, health.Recurring, health.Trouble)));
    }

    /// <param name="You">Whom the host takes the asking person for.</param>
    private sealed record Health(
        string Status, string Version, string Storage, string You, IReadOnlyCollection<string> Running, IReadOnlyList<RecurringStatus> Recurring, Failure? Trouble);
}
