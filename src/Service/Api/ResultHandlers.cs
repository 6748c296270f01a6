using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Service.Jobs;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Api;

/// <summary>
/// <c>/results</c>: published files, and which there are. A report is shown in a sandbox of its own, without script and without anything from
/// elsewhere, because it quotes what cohorts said; every other file is a download.
/// </summary>
internal sealed class ResultHandlers(ApiServices services)
{
    private const string Root = "/results/";
    private const string SandboxPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private const int MostFiles = 1000;

    private static readonly Dictionary<string, string> ContentTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = "text/csv; charset=utf-8",
        [".html"] = "text/html; charset=utf-8",
        [".json"] = ApiResponse.Json,
        [".md"] = "text/markdown; charset=utf-8",
        [".png"] = "image/png",
        [".svg"] = "image/svg+xml",
        [".txt"] = "text/plain; charset=utf-8",
    };

    public void AddTo(ApiRouter router) => router
        .Map("GET", Root + "{*path}", Send)
        .Map("GET", "/api/jobs/{id}/files", List);

    /// <summary>Address of a job's report; null before there is one. A partner's report is in the partner's outbox.</summary>
    public static string? ReportOf(JobRecord job) => job is { ResultsPrefix: { } prefix, Kind: JobKind.CohortRun or JobKind.Revalidation } ? AddressOf(prefix + RunFileNames.Report) : null;

    /// <summary>Address of a published file.</summary>
    public static string AddressOf(string path) => Root + string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private async Task<ApiResponse> Send(ApiRequest request, IReadOnlyDictionary<string, string> values, CancellationToken cancel)
    {
        var path = values["path"];
        var area = services.Runtime.Storage.Files.Area(AreaNames.Results);
        if (!ApiNames.IsFilePath(path) || await area.Find(path, cancel).ConfigureAwait(false) is not { } file)
            throw ApiErrors.NotFound("result", path);
        var name = path[(path.LastIndexOf('/') + 1)..];
        var type = ContentTypes.GetValueOrDefault(Path.GetExtension(name), "application/octet-stream");
        var headers = new Dictionary<string, string>
        {
            ["Content-Security-Policy"] = SandboxPolicy,
            // Published once and never changed, but for the eyes of this person only.
            ["Cache-Control"] = "private, max-age=60",
        };
        if (name != RunFileNames.Report)
            headers["Content-Disposition"] = "attachment; filename*=UTF-8''" + Uri.EscapeDataString(name);
        return new ApiResponse(200, type, file.Length, Copy) { Headers = headers };

        async Task Copy(Stream target, CancellationToken stop)
        {
            var content = await area.Open(path, file.Version, stop).ConfigureAwait(false) ?? throw ApiErrors.NotFound("result", path);
            await using (content.ConfigureAwait(false))
                await content.CopyToAsync(target, stop).ConfigureAwait(false);
        }
    }

    /// <summary>The files of a job's results; none before they are published.</summary>
    private async Task<ApiResponse> List(ApiRequest request, IReadOnlyDictionary<string, string> values, CancellationToken cancel)
    {
        var job = RecordRules.IsName(values["id"]) ? await services.Jobs.Find(values["id"], cancel).ConfigureAwait(false) : null;
        if (job is null)
            throw ApiErrors.NotFound("run", values["id"]);
        var files = new List<ResultFile>();
        if (job.ResultsPrefix is { } prefix)
        {
            await foreach (var file in services.Runtime.Storage.Files.Area(AreaNames.Results).List(prefix, cancel).Take(MostFiles).ConfigureAwait(false))
                files.Add(new(file.Path[prefix.Length..], file.Length, AddressOf(file.Path)));
        }
        return ApiResponse.Of(new { items = files });
    }

    private sealed record ResultFile(string Name, long Length, string Address);
}
