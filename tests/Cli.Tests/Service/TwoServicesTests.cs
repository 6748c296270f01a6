using RadiogenomicsCloud.Cli.Tests.Running;

namespace RadiogenomicsCloud.Cli.Tests.Service;

/// <summary>Two <c>serve</c> processes on one storage at the same time.</summary>
public sealed class TwoServicesTests
{
    [Theory]
    [InlineData(BedKind.Folder)]
    [InlineData(BedKind.Azurite)]
    public async Task Two_services_share_the_work_and_give_one_result(BedKind kind)
    {
        await using var bed = await ServiceBed.Make(kind);
        TableCohort.Write(bed.Folder.At("cohort"), "C", 60);
        var reference = Reference.Make(bed.Folder.At("cohort"), bed.Folder.At("reference"));
        var starting = (ServeProcess.Start(bed.Address), ServeProcess.Start(bed.Address));
        await using var one = await starting.Item1;
        await using var other = await starting.Item2;
        string[] cohorts = ["first", "second"];
        await Task.WhenAll(cohorts.Select(async name =>
            await ServiceSteps.Upload(bed.Folder.At("cohort"), await one.CohortLink(name), bed.Folder.At("upload-" + name))));
        // The leases end in the middle of the work: both may then do the same job at the same time.
        await bed.EndLeases();
        foreach (var name in cohorts)
        {
            var (seenByOne, seenByOther) = (await one.Completed(name), await other.Completed(name));
            Assert.Equal(seenByOne.Text("id"), seenByOther.Text("id"));
            await bed.EndedAs(await reference, name);
            Assert.Single((await one.Get("/api/jobs?subject=" + name)).GetProperty("items").EnumerateArray());
        }
        foreach (var service in new[] { one, other })
            Assert.Empty((await service.Get("/api/jobs?state=running")).GetProperty("items").EnumerateArray());
        // The same cohort twice is the same run: its model is entered once.
        Assert.Single((await one.Get("/api/models")).GetProperty("items").EnumerateArray());
    }
}
