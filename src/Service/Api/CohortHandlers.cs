using RadiogenomicsCloud.Service.Intake;
using RadiogenomicsCloud.Service.Jobs;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Api;

/// <summary><c>/api/cohorts</c>: what lies in the area of cohorts.</summary>
internal sealed class CohortHandlers(ApiServices services)
{
    private const int DefaultHours = 24;

    public void AddTo(ApiRouter router) => router
        .Map("GET", "/api/cohorts", List)
        .Map("POST", "/api/cohorts/{name}/start", Start)
        .Map("POST", "/api/cohorts/{name}/links", Link)
        .Map("GET", "/api/links", Ledger)
        .Map("POST", "/api/links/revoke", Revoke);

    /// <summary>In ordinal order of the names, each with its newest job.</summary>
    private async Task<ApiResponse> List(ApiRequest request, IReadOnlyDictionary<string, string> values, CancellationToken cancel)
    {
        var paging = Paging.Of(request);
        var area = services.Runtime.Storage.Files.Area(AreaNames.Cohorts);
        var names = await area.ListFolders("", cancel).ToListAsync(cancel).ConfigureAwait(false);
        var jobs = (await services.Jobs.List(cancel).ConfigureAwait(false))
            .Where(job => job.Kind == JobKind.CohortRun).ToLookup(job => job.Subject, StringComparer.Ordinal);
        var page = paging.Of(names);
        var views = new List<CohortView>();
        foreach (var name in page.Items)
        {
            var marker = await area.Find($"{name}/{CohortManifest.FileName}", cancel).ConfigureAwait(false);
            var newest = jobs[name].MaxBy(job => job.Created);
            views.Add(new(name, IntakeStarter.IsCohortName(name), marker?.Modified, jobs[name].Count(), newest is null ? null : JobView.Of(newest, null)));
        }
        return ApiResponse.Of(new Page<CohortView>(views, page.Total, page.Offset, page.Limit));
    }

    /// <summary>Starts the job of the marker that is there, unless it runs or is done; one that failed or was cancelled is started again.</summary>
    private async Task<ApiResponse> Start(ApiRequest request, IReadOnlyDictionary<string, string> values, CancellationToken cancel)
    {
        var name = Name(values);
        var (job, queued) = await services.Parts.Intake.Start(name, cancel).ConfigureAwait(false) ?? throw new BadInputException(
            "cohort.incomplete", $"The cohort '{name}' has no file {CohortManifest.FileName}, which is uploaded last; nothing is started before.", name);
        if (!queued && job.HasEnded && await services.Jobs.StartAgain(job.Id, cancel).ConfigureAwait(false) is { HasEnded: false } again)
            (job, queued) = (again, true);
        if (queued)
            await services.Host.Start(job, cancel).ConfigureAwait(false);
        return ApiResponse.Of(JobView.Of(job, null), queued ? 202 : 200);
    }

    /// <summary>A link with which the owner uploads a cohort: to the whole area, hence for the owner alone.</summary>
    private async Task<ApiResponse> Link(ApiRequest request, IReadOnlyDictionary<string, string> values, CancellationToken cancel)
    {
        var name = Name(values);
        var wanted = await ApiBody.Read<LinkWish>(request, cancel).ConfigureAwait(false);
        if (wanted.Hours is < 1 || wanted.Hours > LinkRequest.LongestLife.TotalHours - 1)
            throw new BadInputException("link.hours", "A link lives from 1 to 167 hours.", "hours");
        var (link, expiry) = await services.Parts.OwnerLinks.Issue(TimeSpan.FromHours(wanted.Hours), request.Who, cancel).ConfigureAwait(false);
        var cohort = new UriBuilder(link) { Path = $"{link.AbsolutePath.TrimEnd('/')}/{name}" }.Uri;
        return ApiResponse.Of(new CohortLink(cohort.AbsoluteUri, expiry), 201);
    }

    /// <summary>The owner's links that were issued and revoked, in order; never a link itself.</summary>
    private async Task<ApiResponse> Ledger(ApiRequest request, IReadOnlyDictionary<string, string> values, CancellationToken cancel) =>
        ApiResponse.Of(Paging.Of(request).Of(await services.Parts.OwnerLinks.Ledger(cancel).ToListAsync(cancel).ConfigureAwait(false)));

    /// <summary>Ends every upload link of the owner.</summary>
    private async Task<ApiResponse> Revoke(ApiRequest request, IReadOnlyDictionary<string, string> values, CancellationToken cancel)
    {
        await services.Parts.OwnerLinks.Revoke(request.Who, cancel).ConfigureAwait(false);
        return await Ledger(request, values, cancel).ConfigureAwait(false);
    }

    private static string Name(IReadOnlyDictionary<string, string> values)
    {
        IntakeStarter.RequireCohortName(values["name"]);
        return values["name"];
    }

    /// <param name="Valid">Whether the name is one that a cohort may have; it is never started otherwise.</param>
    /// <param name="Complete">When its marker was written; null if it is not there.</param>
    private sealed record CohortView(string Name, bool Valid, DateTimeOffset? Complete, int Runs, JobView? Latest);

    private sealed record LinkWish(int Hours = DefaultHours);

    /// <param name="Link">Of the cohort's prefix: a file's path is appended to its path. A secret.</param>
    private sealed record CohortLink(string Link, DateTimeOffset Expires);
}
