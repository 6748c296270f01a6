using System.Globalization;
using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Service.Models;
using RadiogenomicsCloud.Service.Revalidation;

namespace RadiogenomicsCloud.Service.Api;

/// <summary><c>/api/models</c>: the versions of models, locking and retiring them, and the looks at those that are locked.</summary>
internal sealed class ModelHandlers(ModelRegistry models, LookBook looks)
{
    public void AddTo(ApiRouter router) => router
        .Map("GET", "/api/models", List)
        .Map("GET", "/api/models/{name}/history", History)
        .Map("GET", "/api/models/{name}/looks", Looks)
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

    /// <summary>By version and number, each with the address of its report.</summary>
    private async Task<ApiResponse> Looks(ApiRequest request, IReadOnlyDictionary<string, string> values, CancellationToken cancel)
    {
        var all = await looks.Looks(values["name"], cancel).ToListAsync(cancel).ConfigureAwait(false);
        return ApiResponse.Of(Paging.Of(request).Of(all.Select(look => new LookView(
            look.Model, look.Version, look.Number, look.At, look.NewCases, look.Compared, look.Alerts, look.Watches,
            ResultHandlers.AddressOf(look.ResultsPrefix + RunFileNames.Report)))));
    }

    private static async Task<ApiResponse> Change(
        Func<string, int, string, CancellationToken, Task<ModelVersion>> change, ApiRequest request, IReadOnlyDictionary<string, string> values, CancellationToken cancel) =>
        int.TryParse(values["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? ApiResponse.Of(await change(values["name"], version, request.Who, cancel).ConfigureAwait(false))
            : throw ApiErrors.NotFound("model version", $"{values["name"]}/{values["version"]}");

    private sealed record LookView(
        string Model, int Version, int Number, DateTimeOffset At, int NewCases, bool Compared, int Alerts, int Watches, string Report);
}
