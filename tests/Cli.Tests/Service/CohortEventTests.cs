using RadiogenomicsCloud.Cli.Tests.Running;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Intake;
using RadiogenomicsCloud.Service.Jobs;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Cli.Tests.Service;

/// <summary>Events of a cohort's marker that come twice, late, in the wrong order, too early or not at all: no case lost, nothing done twice.</summary>
public sealed class CohortEventTests
{
    private const string Cohort = "events";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(BedKind.Folder)]
    [InlineData(BedKind.Azurite)]
    public async Task Events_in_any_number_and_order_lead_to_one_run_of_what_is_there(BedKind kind)
    {
        await using var bed = await ServiceBed.Make(kind);
        var area = bed.Shared.Files.Area(AreaNames.Cohorts);
        await bed.Shared.Prepare(Cancel);
        await using var service = InProcessService.Start(bed.Shared, watches: false);
        var (starter, jobs) = (service.Parts.Intake, service.Parts.Jobs);
        var folder = bed.Folder.At("cohort");
        TableCohort.Write(folder, "C", 60);
        var manifest = Manifest(folder);

        // An event of a marker that is not there, whether never or no longer.
        Assert.Null(await starter.Start(Cohort, Cancel));
        await Put(area, folder);
        Assert.Null(await starter.Start(Cohort, Cancel));

        // The marker before the files: what it lists is not there, and the cohort is told so.
        await area.Delete($"{Cohort}/clinical.csv", Cancel);
        await PutMarker(area, manifest);
        var early = await Ended(jobs, (await starter.Start(Cohort, Cancel))!.Value.Job.Id);
        Assert.Equal(JobState.Refused, early.State);
        Assert.Contains("clinical.csv", early.Problem!.Message, StringComparison.Ordinal);
        Assert.Empty(await bed.Files(AreaNames.Results, Cohort));

        // Then the files, and the same marker once more; its event comes five times at once, and again when all is done.
        await Put(area, folder);
        await PutMarker(area, manifest);
        var events = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => starter.Start(Cohort, Cancel)));
        var id = Assert.Single(events.Select(e => e!.Value.Job.Id).Distinct());
        Assert.Single(events, e => e!.Value.Queued);
        var done = await Ended(jobs, id);
        Assert.Equal(JobState.Completed, done.State);
        Assert.Equal((id, false), await starter.Start(Cohort, Cancel) is { } late ? (late.Job.Id, late.Queued) : default);
        var results = await bed.ResultsOf(Cohort, done.RunId!);

        // The marker rewritten with the same bytes: another job, which computes nothing and changes no result.
        var computed = await Computed(bed);
        await PutMarker(area, manifest);
        var again = await Ended(jobs, (await starter.Start(Cohort, Cancel))!.Value.Job.Id);
        Assert.Equal((JobState.Completed, done.RunId), (again.State, again.RunId));
        Assert.NotEqual(id, again.Id);
        Assert.Equal(results, await bed.ResultsOf(Cohort, done.RunId!));
        Assert.Empty((await Computed(bed)).Except(computed));

        // A newer marker, then the event of an older one: what counts is the marker that is there.
        TableCohort.Add(folder, "N", 6);
        await Put(area, folder);
        await PutMarker(area, Manifest(folder));
        var newer = (await starter.Start(Cohort, Cancel))!.Value;
        Assert.Equal((newer.Job.Id, false), await starter.Start(Cohort, Cancel) is { } old ? (old.Job.Id, old.Queued) : default);
        var last = await Ended(jobs, newer.Job.Id);
        Assert.Equal(JobState.Completed, last.State);
        Assert.NotEqual(done.RunId, last.RunId);
        Assert.Equal(4, (await jobs.List(Cancel)).Count);
    }

    private static byte[] Manifest(string folder)
    {
        var files = TestFolder.Files(folder).Select(path =>
        {
            var bytes = File.ReadAllBytes(Path.Combine(folder, path));
            return new CohortFile(path, CanonicalJson.Hex(bytes), bytes.Length, "");
        });
        using var stream = new MemoryStream();
        CohortManifest.Of(files, "site", new(null, "Synthetic data.")).Write(stream);
        return stream.ToArray();
    }

    private static async Task Put(IFileArea area, string folder)
    {
        foreach (var path in TestFolder.Files(folder))
            await Write(area, path, await File.ReadAllBytesAsync(Path.Combine(folder, path), Cancel));
    }

    private static Task PutMarker(IFileArea area, byte[] bytes) => Write(area, CohortManifest.FileName, bytes);

    private static async Task Write(IFileArea area, string path, byte[] bytes) =>
        await area.Write($"{Cohort}/{path}", stream => stream.WriteAsync(bytes, Cancel).AsTask(), WriteCondition.None, Cancel);

    private static async Task<JobRecord> Ended(JobRegister jobs, string id)
    {
        for (var start = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(start) < ServiceSteps.RunLimit; await Task.Delay(50, Cancel))
        {
            if (await jobs.Find(id, Cancel) is { HasEnded: true } job)
                return job;
        }
        throw new TimeoutException($"The job {id} did not end.");
    }

    /// <summary>The keys of all outcomes.</summary>
    private static async Task<HashSet<string>> Computed(ServiceBed bed) => [.. (await bed.Outcomes()).Keys];
}
