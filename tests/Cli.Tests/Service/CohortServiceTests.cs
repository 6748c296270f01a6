using RadiogenomicsCloud.Cli.Tests.Running;

namespace RadiogenomicsCloud.Cli.Tests.Service;

/// <summary>A cohort from its upload to its report, and again with two more cases.</summary>
public sealed class CohortServiceTests(SmallRun small)
{
    /// <summary>The clinical table and the study file are checked as one; the table names the new cases.</summary>
    private const int Tables = 1;

    [Theory]
    [InlineData(BedKind.Folder)]
    [InlineData(BedKind.Azurite)]
    public async Task An_uploaded_cohort_starts_by_itself_and_two_more_cases_cost_two_cases(BedKind kind)
    {
        await using var bed = await ServiceBed.Make(kind);
        var cohort = bed.Folder.At("cohort");
        SmallCohort.Write(cohort);
        await using var service = await ServeProcess.Start(bed.Address);
        var link = await service.CohortLink("small");
        var sent = await ServiceSteps.Upload(cohort, link, bed.Folder.At("upload"));
        Assert.Equal(sent.GetProperty("files").GetInt32(), sent.GetProperty("filesSent").GetInt32());

        var first = await service.Completed("small");
        var undisturbed = await small.Finished();
        Assert.Equal(undisturbed.RunId, first.Text("runId"));
        undisturbed.HasTheBytesOf(await bed.ResultsOf("small", first.Text("runId")));
        Assert.Equal(SmallCohort.Cases * SmallCohort.Images, await bed.Done(first.Text("id"), "extract"));

        SmallCohort.Add(cohort, "NEW-001", "NEW-002");
        sent = await ServiceSteps.Upload(cohort, link, bed.Folder.At("upload"));
        Assert.Equal(2 * FilesPerCase(cohort) + 1, sent.GetProperty("filesSent").GetInt32()); // And the clinical table.
        var second = await service.Completed("small", first.Text("id"));
        Assert.Equal(2 * SmallCohort.Images, await bed.Done(second.Text("id"), "extract"));
        Assert.Equal(2 + Tables, await bed.Done(second.Text("id"), "check-case"));
        await bed.ResultsOf("small", second.Text("runId"));
    }

    private static int FilesPerCase(string cohort) => Directory.GetFiles(Path.Combine(cohort, "imaging", "NEW-001")).Length;
}
