using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Jobs;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Api;

/// <summary>A job as the API shows it.</summary>
/// <param name="Report">Address of its report; null before there is one.</param>
/// <param name="Progress">Where it is now, as its host knows, or where it was last seen.</param>
internal sealed record JobView(
    string Id, JobKind Kind, string Subject, JobState State, DateTimeOffset Created, DateTimeOffset Changed, bool CancelRequested, string? RunId,
    string? Report, Failure? Problem, Progress? Progress, int Attempts)
{
    public static JobView Of(JobRecord job, Progress? live) => new(
        job.Id, job.Kind, job.Subject, job.State, job.Created, job.Changed, job.CancelRequested, job.RunId, ResultHandlers.ReportOf(job), ProblemOf(job),
        ProgressOf(job, live), job.Attempts);

    /// <summary>Of a job on a partner's data the stage alone: how many cases there are is told as it was agreed, with the exchange.</summary>
    public static Progress? ProgressOf(JobRecord job, Progress? live = null) => (live ?? job.Progress) is { } progress && IsOfPartner(job)
        ? progress with { Done = 0, Total = 0 }
        : live ?? job.Progress;

    /// <summary>Whether the job looks at a partner's data, of which the owner is shown what was agreed and nothing else.</summary>
    public static bool IsOfPartner(JobRecord job) => job.Kind is JobKind.ExchangeIntake or JobKind.ExchangeScoring;

    // A message may name a file, and so a case.
    private static Failure? ProblemOf(JobRecord job) => job.Problem is { } problem && IsOfPartner(job)
        ? new(problem.Code, "The job on a partner's data came to no end; the code and the exchange say why.", null)
        : job.Problem;
}

/// <summary><c>/api/jobs</c>.</summary>
internal sealed class JobHandlers(ApiServices services, CaseLists cases)
{
    public void AddTo(ApiRouter router) => router
        .Map("GET", "/api/jobs", List)
        .Map("GET", "/api/jobs/{id}", Show)
        .Map("GET", "/api/jobs/{id}/cases", Cases)
        .Map("GET", "/api/jobs/{id}/ledger", Ledger)
        .Map("POST", "/api/jobs/{id}/cancel", Cancel)
        .Map("POST", "/api/jobs/{id}/start", StartAgain);

    /// <summary>Newest first; <c>subject</c>, <c>kind</c> and <c>state</c> narrow it.</summary>
    private async Task<ApiResponse> List(ApiRequest request, IReadOnlyDictionary<string, string> values, CancellationToken cancel)
    {
        var paging = Paging.Of(request);
        var jobs = (await services.Jobs.List(cancel).ConfigureAwait(false))
            .Where(job => Is(request, "subject", job.Subject) && Is(request, "kind", job.Kind.ToString()) && Is(request, "state", job.State.ToString()))
            .OrderByDescending(job => job.Created).ThenBy(job => job.Id, StringComparer.Ordinal);
        var page = paging.Of(jobs);
        var views = new List<JobView>();
        foreach (var job in page.Items)
            views.Add(await View(job, cancel).ConfigureAwait(false));
        return ApiResponse.Of(new Page<JobView>(views, page.Total, page.Offset, page.Limit));
    }

    private async Task<ApiResponse> Show(ApiRequest request, IReadOnlyDictionary<string, string> values, CancellationToken cancel) =>
        ApiResponse.Of(await View(await Find(values, cancel).ConfigureAwait(false), cancel).ConfigureAwait(false));

    /// <summary>Cases in the order of the cohort; <c>status</c> and <c>stage</c> narrow it, <c>find</c> asks for a part of the id.</summary>
    private async Task<ApiResponse> Cases(ApiRequest request, IReadOnlyDictionary<string, string> values, CancellationToken cancel)
    {
        var paging = Paging.Of(request);
        var job = await Find(values, cancel).ConfigureAwait(false);
        // A partner's cases are the partner's: of them the owner is shown what was agreed, with the exchange.
        var all = JobView.IsOfPartner(job) ? [] : await cases.Of(job, cancel).ConfigureAwait(false);
        var found = all.Where(row => Is(request, "status", row.Status) && Is(request, "stage", row.Stage)
            && (!request.Query.TryGetValue("find", out var part) || row.Case.Contains(part, StringComparison.OrdinalIgnoreCase)));
        var page = paging.Of(found);
        return ApiResponse.Of(new CasePage(page.Items, page.Total, page.Offset, page.Limit, CaseCount.Of(all)));
    }

    /// <summary>A page of the run's history, oldest first; the total is not known before the end is reached.</summary>
    private async Task<ApiResponse> Ledger(ApiRequest request, IReadOnlyDictionary<string, string> values, CancellationToken cancel)
    {
        var paging = Paging.Of(request);
        var job = await Find(values, cancel).ConfigureAwait(false);
        if (services.Runtime.Storage is not ILedgerReader reader)
            return ApiResponse.Error(501, "ledger.not-readable", "This storage keeps the histories of runs where they are read with its own tools.");
        // One entry a case: of a partner's job it would count them.
        if (JobView.IsOfPartner(job))
            return ApiResponse.Of(new LedgerPage([], paging.Offset, paging.Limit, false));
        var items = await reader.ReadLedger(job.Id, cancel).Skip(paging.Offset).Take(paging.Limit + 1).ToListAsync(cancel).ConfigureAwait(false);
        return ApiResponse.Of(new LedgerPage([.. items.Take(paging.Limit)], paging.Offset, paging.Limit, items.Count > paging.Limit));
    }

    private async Task<ApiResponse> Cancel(ApiRequest request, IReadOnlyDictionary<string, string> values, CancellationToken cancel)
    {
        var found = await Find(values, cancel).ConfigureAwait(false);
        var job = await services.Jobs.RequestCancel(found.Id, cancel).ConfigureAwait(false) ?? found;
        await services.Host.Start(job, cancel).ConfigureAwait(false); // A host that looks at it now cancels it now.
        return ApiResponse.Of(await View(job, cancel).ConfigureAwait(false));
    }

    /// <summary>
    /// Starts a look at a model again that failed or was cancelled, which no timer does. Other jobs are started by what they are of: a cohort's
    /// with the marker that is there now, a scoring by accepting the submission once more.
    /// </summary>
    private async Task<ApiResponse> StartAgain(ApiRequest request, IReadOnlyDictionary<string, string> values, CancellationToken cancel)
    {
        var found = await Find(values, cancel).ConfigureAwait(false);
        if (found.Kind != JobKind.Revalidation)
            throw new BadInputException("job.kind", "Only a look at a model is started again here; start the cohort again, or accept the submission again.", found.Id);
        var job = await services.Jobs.StartAgain(found.Id, cancel).ConfigureAwait(false) ?? found;
        if (!job.HasEnded)
            await services.Host.Start(job, cancel).ConfigureAwait(false);
        return ApiResponse.Of(await View(job, cancel).ConfigureAwait(false));
    }

    private async Task<JobRecord> Find(IReadOnlyDictionary<string, string> values, CancellationToken cancel) =>
        RecordRules.IsName(values["id"]) && await services.Jobs.Find(values["id"], cancel).ConfigureAwait(false) is { } job
            ? job
            : throw ApiErrors.NotFound("run", values["id"]);

    private async Task<JobView> View(JobRecord job, CancellationToken cancel) =>
        JobView.Of(job, job.HasEnded ? null : await services.Host.ProgressOf(job.Id, cancel).ConfigureAwait(false));

    private static bool Is(ApiRequest request, string name, string value) =>
        !request.Query.TryGetValue(name, out var wanted) || wanted.Equals(value, StringComparison.OrdinalIgnoreCase);

    private sealed record CasePage(IReadOnlyList<CaseRow> Items, int Total, int Offset, int Limit, IReadOnlyList<CaseCount> Counts);

    private sealed record LedgerPage(IReadOnlyList<LedgerEntry> Items, int Offset, int Limit, bool More);
}
