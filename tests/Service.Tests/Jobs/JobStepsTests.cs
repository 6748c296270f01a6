using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Folders;
using RadiogenomicsCloud.Service.Hosting;
using RadiogenomicsCloud.Service.Jobs;
using RadiogenomicsCloud.Service.Ports;
using RadiogenomicsCloud.Service.Tests.Folders;

namespace RadiogenomicsCloud.Service.Tests.Jobs;

/// <summary>What hosts whose workflows reach the register by steps only do with it.</summary>
public sealed class JobStepsTests : IAsyncLifetime
{
    private static readonly Workflow<Progress, Progress> Any = new("any", 1, (_, input) => Task.FromResult(input));
    private static readonly Failure Why = new("why", "Because.", null);
    private readonly TestFolder folder = new();
    private readonly Clock time = new();
    private FolderServiceStorage storage = null!;
    private JobRegister jobs = null!;

    public async ValueTask InitializeAsync()
    {
        storage = FolderServiceStorage.Open(folder.Path, time);
        await storage.Prepare(CancellationToken.None);
        jobs = new(storage.Records, storage.Artifacts, time);
        await jobs.Enter("a", JobKind.CohortRun, "a", CohortPlace.Of("a"), Any, new Progress("x", 0, 1), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await storage.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_look_notes_that_the_job_runs_and_where()
    {
        Assert.False(await Look(new("intake", 0, 7)));
        var job = await Job();
        Assert.Equal((JobState.Running, new Progress("intake", 0, 7)), (job.State, job.Progress));
    }

    [Fact]
    public async Task Of_many_that_come_to_a_stage_the_first_writes_it()
    {
        await Look(new("features", 0, 100));
        await Look(new("features", 0, 64));
        Assert.Equal(100, (await Job()).Progress!.Total);
        await Look(new("report", 0, 1));
        Assert.Equal("report", (await Job()).Progress!.Stage);
    }

    [Fact]
    public async Task Progress_after_trouble_takes_the_note_of_it_away()
    {
        await Look(new("intake", 0, 7));
        await End(WorkflowEnd.Troubled, Why);
        await Look(new("intake", 0, 7));
        var job = await Job();
        Assert.Equal((1, (Failure?)null), (job.Attempts, job.Problem));
    }

    [Fact]
    public async Task A_look_says_to_stop_when_asked_when_ended_and_when_there_is_no_such_job()
    {
        await jobs.RequestCancel("a", CancellationToken.None);
        Assert.True(await Look(new("intake", 0, 7)));
        Assert.Null((await Job()).Progress);
        await End(WorkflowEnd.Cancelled);
        Assert.True(await Look(new("intake", 0, 7)));
        Assert.True((await new LookAtJobStep(jobs).Run(new("unknown", new("x", 0, 1)), null!, CancellationToken.None)).Require().Stop);
    }

    [Theory]
    [InlineData(WorkflowEnd.Returned, JobState.Completed, false)]
    [InlineData(WorkflowEnd.Cancelled, JobState.Cancelled, false)]
    [InlineData(WorkflowEnd.Failed, JobState.Failed, true)]
    public async Task An_end_is_written(WorkflowEnd end, JobState state, bool withProblem)
    {
        Assert.Equal(state, await End(end, withProblem ? Why : null));
        Assert.Equal(withProblem ? Why : null, (await Job()).Problem);
    }

    [Fact]
    public async Task What_the_workflow_has_said_itself_stands()
    {
        await jobs.Change("a", job => job with { State = JobState.Refused, Problem = Why }, CancellationToken.None);
        Assert.Equal(JobState.Refused, await End(WorkflowEnd.Failed, new("other", "Other.", null)));
        Assert.Equal(Why, (await Job()).Problem);
    }

    [Fact]
    public async Task Trouble_is_met_ten_times_and_then_it_is_the_end()
    {
        for (var attempt = 1; attempt < 10; attempt++)
            Assert.Equal(JobState.Queued, await End(WorkflowEnd.Troubled, Why));
        Assert.Equal(JobState.Failed, await End(WorkflowEnd.Troubled, Why));
        Assert.Equal((10, Why), ((await Job()).Attempts, (await Job()).Problem));
    }

    [Fact]
    public async Task The_sweep_starts_what_is_due_and_nothing_that_has_ended()
    {
        await jobs.Enter("b", JobKind.CohortRun, "b", CohortPlace.Of("b"), Any, new Progress("x", 0, 1), CancellationToken.None);
        var host = new Host("a");
        var sweep = new JobSweep(jobs, host, time);
        // Trouble with one does not keep the other waiting.
        await Assert.ThrowsAsync<TransientException>(() => sweep.Run(CancellationToken.None));
        Assert.Equal(["a", "b"], host.Started);

        await End(WorkflowEnd.Troubled, Why);
        await jobs.Change("b", job => job with { State = JobState.Completed }, CancellationToken.None);
        host.Started.Clear();
        await sweep.Run(CancellationToken.None);
        Assert.Empty(host.Started); // Rests for five seconds.
        time.Now += TimeSpan.FromSeconds(5);
        await Assert.ThrowsAsync<TransientException>(() => sweep.Run(CancellationToken.None));
        Assert.Equal(["a"], host.Started);
    }

    [Fact]
    public void Progress_of_instances_is_that_of_the_stage_they_are_in_together()
    {
        var running = new Dictionary<string, Progress> { ["j"] = new("intake", 5, 5) };
        Assert.Null(InstanceProgress.Of("k", running));
        Assert.Equal(new("intake", 5, 5), InstanceProgress.Of("j", running));
        running["j-run"] = new("features", 64, 200);
        running["j-run-shard-1"] = new("features", 10, 64);
        running["j-run-shard-2"] = new("features", 20, 64);
        running["j2-run"] = new("features", 99, 99);
        Assert.Equal(new("features", 94, 200), InstanceProgress.Of("j", running));
        running["j-run-shard-2"] = new("features", 400, 64);
        Assert.Equal(200, InstanceProgress.Of("j", running)!.Done);
    }

    private async Task<bool> Look(Progress progress) => (await new LookAtJobStep(jobs).Run(new("a", progress), null!, CancellationToken.None)).Require().Stop;

    private async Task<JobState> End(WorkflowEnd end, Failure? problem = null) =>
        (await new EndJobStep(jobs).Run(new("a", end, problem), null!, CancellationToken.None)).Require();

    private async Task<JobRecord> Job() => (await jobs.Find("a", CancellationToken.None))!;

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class Host(string troubled) : IJobHost
    {
        public List<string> Started { get; } = [];

        public Task Start(JobRecord job, CancellationToken cancel)
        {
            Started.Add(job.Id);
            return job.Id == troubled ? throw new TransientException("x", "y") : Task.CompletedTask;
        }

        public Task<Progress?> ProgressOf(string jobId, CancellationToken cancel) => Task.FromResult<Progress?>(null);
    }
}
