using System.Text.Json;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Exchanges;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Api;

/// <summary><c>/api/exchanges</c>: what an owner does with partners.</summary>
internal sealed class ExchangeHandlers(ApiServices services)
{
    private const int MostEntries = 1000;

    private readonly ExchangeService exchanges = services.Parts.Exchanges;

    public void AddTo(ApiRouter router) => router
        .Map("GET", "/api/exchanges", List)
        .Map("POST", "/api/exchanges", Invite)
        .Map("GET", "/api/exchanges/{id}", Show)
        .Map("POST", "/api/exchanges/{id}/accept", Accept)
        .Map("POST", "/api/exchanges/{id}/reject", (request, values, cancel) => Decide(exchanges.Reject, request, values, cancel))
        .Map("POST", "/api/exchanges/{id}/revoke", (request, values, cancel) => Decide(exchanges.Revoke, request, values, cancel))
        .Map("POST", "/api/exchanges/{id}/withdraw", (request, values, cancel) => Decide(exchanges.Withdraw, request, values, cancel))
        .Map("POST", "/api/exchanges/{id}/resubmit", Resubmit)
        .Map("POST", "/api/exchanges/{id}/links", Link);

    /// <summary>Newest first; <c>state</c> narrows it.</summary>
    private async Task<ApiResponse> List(ApiRequest request, IReadOnlyDictionary<string, string> values, CancellationToken cancel)
    {
        var paging = Paging.Of(request);
        var all = await exchanges.List(cancel).ToListAsync(cancel).ConfigureAwait(false);
        return ApiResponse.Of(paging.Of(all
            .Where(e => !request.Query.TryGetValue("state", out var state) || state.Equals(e.State.ToString(), StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(e => e.Created).ThenBy(e => e.Id, StringComparer.Ordinal).Select(ExchangeView.Of)));
    }

    private async Task<ApiResponse> Show(ApiRequest request, IReadOnlyDictionary<string, string> values, CancellationToken cancel)
    {
        var exchange = await exchanges.Find(values["id"], cancel).ConfigureAwait(false) ?? throw ApiErrors.NotFound("exchange", values["id"]);
        var history = await exchanges.History(exchange.Id, cancel).Take(MostEntries).ToListAsync(cancel).ConfigureAwait(false);
        var links = await exchanges.LinksOf(exchange.Id, cancel).Take(MostEntries).ToListAsync(cancel).ConfigureAwait(false);
        return ApiResponse.Of(new ExchangeDetails(
            ExchangeView.Of(exchange), history, links, await JobOf(exchange, cancel).ConfigureAwait(false), await Aggregates(exchange, cancel).ConfigureAwait(false)));
    }

    private async Task<ApiResponse> Invite(ApiRequest request, IReadOnlyDictionary<string, string> values, CancellationToken cancel)
    {
        var wanted = await ApiBody.Read<InvitationBody>(request, cancel).ConfigureAwait(false);
        var terms = new ExchangeTerms(wanted.Performance, wanted.Calibration, wanted.Counts, wanted.SmallestCount);
        var invitation = await exchanges.Invite(
            new(wanted.Partner, wanted.Model, wanted.Version, terms, Days(wanted.UploadDays), wanted.IpRange, wanted.AllowRows), request.Who, cancel).ConfigureAwait(false);
        return ApiResponse.Of(ExchangeAnswer.Of(invitation), 201);
    }

    private async Task<ApiResponse> Accept(ApiRequest request, IReadOnlyDictionary<string, string> values, CancellationToken cancel)
    {
        var body = await ApiBody.Read<ReasonBody>(request, cancel).ConfigureAwait(false);
        var exchange = await exchanges.Accept(values["id"], request.Who, body.Reason, cancel).ConfigureAwait(false);
        if (await services.Jobs.Find(ExchangeJobs.ScoringId(exchange.Id, exchange.Submission.Number), cancel).ConfigureAwait(false) is { HasEnded: false } job)
            await services.Host.Start(job, cancel).ConfigureAwait(false);
        return ApiResponse.Of(new ExchangeAnswer(ExchangeView.Of(exchange), null));
    }

    private static async Task<ApiResponse> Decide(
        Func<string, string, string, CancellationToken, Task<Exchange>> decide, ApiRequest request, IReadOnlyDictionary<string, string> values, CancellationToken cancel)
    {
        var body = await ApiBody.Read<ReasonBody>(request, cancel).ConfigureAwait(false);
        var exchange = await decide(values["id"], request.Who, body.Reason, cancel).ConfigureAwait(false);
        return ApiResponse.Of(new ExchangeAnswer(ExchangeView.Of(exchange), null));
    }

    private async Task<ApiResponse> Resubmit(ApiRequest request, IReadOnlyDictionary<string, string> values, CancellationToken cancel)
    {
        var body = await ApiBody.Read<ResubmitBody>(request, cancel).ConfigureAwait(false);
        return ApiResponse.Of(ExchangeAnswer.Of(
            await exchanges.Resubmit(values["id"], request.Who, body.Reason, Days(body.UploadDays), cancel).ConfigureAwait(false)));
    }

    private async Task<ApiResponse> Link(ApiRequest request, IReadOnlyDictionary<string, string> values, CancellationToken cancel)
    {
        var body = await ApiBody.Read<LinkBody>(request, cancel).ConfigureAwait(false);
        return ApiResponse.Of(LinkView.Of(await exchanges.IssueLink(values["id"], body.Purpose, request.Who, cancel).ConfigureAwait(false)), 201);
    }

    private async Task<ExchangeJobView?> JobOf(Exchange exchange, CancellationToken cancel)
    {
        var (id, number) = (exchange.Id, exchange.Submission.Number);
        var job = await services.Jobs.Find(ExchangeJobs.ScoringId(id, number), cancel).ConfigureAwait(false)
            ?? await services.Jobs.Find(ExchangeJobs.IntakeId(id, number), cancel).ConfigureAwait(false);
        return job is null ? null : new(job.Id, job.Kind, job.State, JobView.ProgressOf(job));
    }

    private async Task<AgreedAggregates?> Aggregates(Exchange exchange, CancellationToken cancel)
    {
        if (exchange.State != ExchangeState.Released)
            return null;
        var path = ExchangeAreas.ResultsPrefix(exchange.Id, exchange.Submission.Number) + AgreedAggregates.FileName;
        if (await services.Runtime.Storage.Files.Area(AreaNames.Results).Open(path, null, cancel).ConfigureAwait(false) is not { } stream)
            return null;
        await using (stream.ConfigureAwait(false))
            return await JsonSerializer.DeserializeAsync<AgreedAggregates>(stream, CanonicalJson.Options, cancel).ConfigureAwait(false);
    }

    // What is out of range is refused as such, not as a number that is no time.
    private static TimeSpan? Days(int? days) => days is { } given ? TimeSpan.FromDays(Math.Clamp(given, 0, 1000)) : null;

    private sealed record InvitationBody(
        string Partner, string Model, int Version, int? UploadDays = null, string? IpRange = null, bool Performance = true, bool Calibration = true, bool Counts = true,
        int SmallestCount = ExchangeTerms.DefaultSmallestCount, bool AllowRows = false);

    private sealed record ReasonBody(string Reason);

    private sealed record ResubmitBody(string Reason, int? UploadDays = null);

    private sealed record LinkBody(LinkPurpose Purpose);
}
