using RadiogenomicsCloud.Service.Revalidation;

namespace RadiogenomicsCloud.Cli.Tests.Service;

/// <summary>A locked model is looked at again as cases come, without anybody asking.</summary>
public sealed class RevalidationServiceTests
{
    private const int New = 16;

    [Theory]
    [InlineData(BedKind.Folder)]
    [InlineData(BedKind.Azurite)]
    public async Task A_locked_model_is_looked_at_on_new_cases_and_its_report_is_published(BedKind kind)
    {
        await using var owner = await OwnerService.Start(kind);
        TableCohort.Add(owner.Folder, "N", New);
        await owner.Upload();
        await owner.Service.Completed(OwnerService.Cohort, owner.Run.Text("id"));
        await owner.Restart(); // What recurs is done at each start.

        var look = await owner.Service.Completed(TableCohort.Study);
        Assert.Equal("Revalidation", look.Text("kind"));
        Assert.Equal($"/results/revalidation/{TableCohort.Study}/v1/0001/report.html", look.Text("report"));
        var page = await owner.Service.Client.GetStringAsync(look.Text("report"), TestContext.Current.CancellationToken);
        Assert.Contains("<html", page, StringComparison.Ordinal);
        var files = await owner.Bed.Files("results", $"revalidation/{TableCohort.Study}/v1/0001/");
        var document = System.Text.Json.JsonDocument.Parse(files[RecordLookStep.DocumentName]).RootElement;
        Assert.Equal(New, document.GetProperty("newCases").GetInt32());
        Assert.True(document.TryGetProperty("performance", out _)); // Enough to compare.

        await using var storage = owner.Bed.Open();
        var entered = Assert.Single(await new LookBook(storage.Records, TimeProvider.System).Looks(TableCohort.Study, TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal((look.Text("id"), New, true), (entered.JobId, entered.NewCases, entered.Compared));
    }
}
