using System.Globalization;
using RadiogenomicsCloud.Service.Models;

namespace RadiogenomicsCloud.Service.Api;

/// <summary><c>/api/models</c>: the versions of models, and locking and retiring them.</summary>
internal sealed class ModelHandlers(ModelRegistry models)
{
    public void AddTo(ApiRouter router) => router
        .Map("GET", "/api/models", List)
        .Map("GET", "/api/models/{name}/history", History)
        .Map("POST", "/api/models/{name}/{version}/lock", (request, values, cancel) => Change(models.Lock, request, values, cancel))
        .Map("POST", "/api/models/{name}/{version}/retire", (request, values, cancel) => Change(models.Retire, request, values, cancel));

    /// <summary>Versions of all models, the newest first; <c>name</c> and <c>state</c> narrow it.</summary>
    private async Task<ApiResponse> List(ApiRequest request, IReadOnlyDictionary<string, string> values, CancellationToken cancel)
    {
        var paging = Paging.Of(request);
        var versions = new List<ModelVersion>();
        foreach (var name in await models.Names(cancel).ConfigureAwait(false))
        {
            if (!request.Query.TryGetValue("name", out var wanted) || wanted == name)
                versions.AddRange(await models.Versions(name, cancel).ToListAsync(cancel).ConfigureAwait(false));
        }
        return ApiResponse.Of(paging.Of(versions
            .Where(version => !request.Query.TryGetValue("state", out var state) || state.Equals(version.State.ToString(), StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(version => version.Entered.At).ThenBy(version => version.Label, StringComparer.Ordinal)));
    }

    private async Task<ApiResponse> History(ApiRequest request, IReadOnlyDictionary<string, string> values, CancellationToken cancel) =>
        ApiResponse.Of(Paging.Of(request).Of(await models.History(values["name"], cancel).ToListAsync(cancel).ConfigureAwait(false)));

    private static async Task<ApiResponse> Change(
        Func<string, int, string, CancellationToken, Task<ModelVersion>> change, ApiRequest request, IReadOnlyDictionary<string, string> values, CancellationToken cancel) =>
        int.TryParse(values["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? ApiResponse.Of(await change(values["name"], version, request.Who, cancel).ConfigureAwait(false))
            : throw ApiErrors.NotFound("model version", $"{values["name"]}/{values["version"]}");
}
