using System.Text;
using RadiogenomicsCloud.Service.Hosting;
using RadiogenomicsCloud.Service.Intake;
using RadiogenomicsCloud.Service.Jobs;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Tests.Hosting;

public sealed class CohortWatcherTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cohort_is_started_when_its_marker_is_there_and_once_for_each_marker()
    {
        await using var rig = new JobRig();
        await rig.Storage.Prepare(Cancel);
        var host = new Bell();
        CohortWatcher Watcher() => new(rig.Storage.Files, new IntakeStarter(rig.Storage, rig.Jobs, IntakePolicy.Default, "0"), host);
        var watcher = Watcher();
        await Put(rig, "demo/study.yaml", "schema: 1");
        await Put(rig, "Not a name/_COMPLETE", "");
        await watcher.Look(Cancel);
        Assert.Empty(await rig.Jobs.List(Cancel));

        await Put(rig, "demo/_COMPLETE", "");
        await watcher.Look(Cancel);
        await watcher.Look(Cancel);
        await Watcher().Look(Cancel); // After a restart the marker is new to the watcher, and the job is known all the same.
        var job = Assert.Single(await rig.Jobs.List(Cancel));
        Assert.Equal([job.Id], host.Rung);

        await rig.Jobs.Change(job.Id, j => j with { State = JobState.Failed }, Cancel);
        await Watcher().Look(Cancel);
        Assert.Equal(JobState.Failed, (await rig.Jobs.Find(job.Id, Cancel))!.State); // Only a person, or another marker, starts it again.

        await Put(rig, "demo/_COMPLETE", " ");
        await watcher.Look(Cancel);
        Assert.Equal(2, (await rig.Jobs.List(Cancel)).Count);
    }

    private static Task<StoredFile?> Put(JobRig rig, string path, string text) => rig.Storage.Files.Area(AreaNames.Cohorts).Write(
        path, stream => stream.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask(), WriteCondition.None, Cancel);

    private sealed class Bell : IJobHost
    {
        public List<string> Rung { get; } = [];

        public Task Start(JobRecord job, CancellationToken cancel)
        {
            Rung.Add(job.Id);
            return Task.CompletedTask;
        }

        public Task<Pipeline.Progress?> ProgressOf(string jobId, CancellationToken cancel) => Task.FromResult<Pipeline.Progress?>(null);
    }
}
