using RadiogenomicsCloud.Service.Intake;
using RadiogenomicsCloud.Service.Jobs;

namespace RadiogenomicsCloud.Service.Tests.Intake;

public class IntakeStarterTests
{
    private readonly IntakeRig rig = new IntakeRig().WithTables(2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_marker_there_is_no_job()
    {
        Assert.Null(await rig.Starter.Start(IntakeRig.Cohort, Cancel));
        Assert.Empty(await rig.Jobs.List(Cancel));
    }

    [Fact]
    public async Task Events_that_come_twice_at_once_or_late_are_one_job()
    {
        rig.Mark(null);
        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => rig.Starter.Start(IntakeRig.Cohort, Cancel), Cancel)));
        Assert.Single(all, a => a!.Value.Queued);
        Assert.Single(await rig.Jobs.List(Cancel));
        await rig.Jobs.Change(all[0]!.Value.Job.Id, j => j with { State = JobState.Failed }, Cancel);
        Assert.False((await rig.Starter.Start(IntakeRig.Cohort, Cancel))!.Value.Queued);
    }

    [Fact]
    public async Task A_newer_marker_asks_the_older_job_to_stop_and_a_late_event_does_not_stop_the_newer()
    {
        rig.Mark(null);
        var (older, _) = (await rig.Starter.Start(IntakeRig.Cohort, Cancel))!.Value;
        rig.Mark(await rig.Manifest());
        var (newer, queued) = (await rig.Starter.Start(IntakeRig.Cohort, Cancel))!.Value;
        Assert.True(queued);
        Assert.True((await rig.Jobs.Find(older.Id, Cancel))!.CancelRequested);
        await rig.Starter.Start(IntakeRig.Cohort, Cancel);
        Assert.False((await rig.Jobs.Find(newer.Id, Cancel))!.CancelRequested);
        Assert.Equal(2, (await rig.Jobs.List(Cancel)).Count);
    }

    [Fact]
    public async Task The_same_manifest_uploaded_again_is_another_job()
    {
        var manifest = await rig.Manifest();
        rig.Mark(manifest);
        var (first, _) = (await rig.Starter.Start(IntakeRig.Cohort, Cancel))!.Value;
        rig.Mark(manifest);
        Assert.NotEqual(first.Id, (await rig.Starter.Start(IntakeRig.Cohort, Cancel))!.Value.Job.Id);
    }

    [Fact]
    public async Task A_job_of_another_cohort_is_left_alone()
    {
        rig.Storage.Cohorts.Put("lung/_COMPLETE", []);
        var (other, _) = (await rig.Starter.Start("lung", Cancel))!.Value;
        rig.Mark(null);
        await rig.Starter.Start(IntakeRig.Cohort, Cancel);
        Assert.False((await rig.Jobs.Find(other.Id, Cancel))!.CancelRequested);
    }

    [Theory]
    [InlineData("liver/_COMPLETE", "liver")]
    [InlineData("liver/imaging/_COMPLETE", null)]
    [InlineData("_COMPLETE", null)]
    [InlineData("../_COMPLETE", null)]
    [InlineData("Liver/_COMPLETE", null)]
    [InlineData("liver/_complete", null)]
    [InlineData("<b>/_COMPLETE", null)]
    public void Only_the_marker_of_a_cohort_is_one(string path, string? cohort) => Assert.Equal(cohort, IntakeStarter.CohortOfMarker(path));

    [Theory]
    [InlineData("../x")]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("exchanges")]
    [InlineData("revalidation")]
    [InlineData("a/b")]
    public async Task Other_names_are_refused(string name) =>
        Assert.Equal("cohort.name", (await Assert.ThrowsAsync<BadInputException>(() => rig.Starter.Start(name, Cancel))).Code);

    [Fact]
    public async Task A_marker_that_is_too_long_is_cut_and_its_job_refused()
    {
        rig.Policy = rig.Policy with { Limits = new(ManifestBytes: 1000) };
        rig.Put("_COMPLETE", new byte[100_000]);
        var job = await rig.Run();
        Assert.Equal((JobState.Refused, "manifest.too-large"), (job.State, job.Problem!.Code));
    }
}
