using System.Collections.Concurrent;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Jobs;

namespace RadiogenomicsCloud.Service.Tests.Hosting;

public sealed class LocalJobHostTests
{
    private static Func<string, CancellationToken, Task> Nothing => (_, _) => Task.CompletedTask;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_queued_job_is_run_and_completed()
    {
        await using var rig = new JobRig();
        rig.Start(Nothing);
        await rig.Enter("a");
        var job = await rig.Until("a", job => job.HasEnded);
        Assert.Equal(JobState.Completed, job.State);
        Assert.Null(job.Problem);
        Assert.Equal(new Progress("between", 1, 2), job.Progress);
    }

    [Fact]
    public async Task Two_hosts_share_the_jobs_and_do_each_once()
    {
        await using var rig = new JobRig();
        var done = new ConcurrentBag<string>();
        for (var n = 0; n < 12; n++)
            await rig.Enter("job-" + n);
        for (var host = 0; host < 2; host++)
        {
            rig.Start(async (id, cancel) =>
            {
                done.Add(id);
                await Task.Delay(20, cancel);
            });
        }
        for (var n = 0; n < 12; n++)
            Assert.Equal(JobState.Completed, (await rig.Until("job-" + n, job => job.HasEnded)).State);
        Assert.Equal(12, done.Distinct().Count());
        Assert.Equal(12, done.Count);
    }

    [Fact]
    public async Task A_job_that_a_killed_host_left_running_is_taken_up()
    {
        await using var rig = new JobRig();
        await rig.Enter("a");
        await rig.Jobs.Change("a", job => job with { State = JobState.Running }, Cancel);
        rig.Start(Nothing);
        Assert.Equal(JobState.Completed, (await rig.Until("a", job => job.HasEnded)).State);
    }

    [Fact]
    public async Task A_job_that_another_host_leases_is_left_to_it_until_the_lease_is_free()
    {
        await using var rig = new JobRig();
        await rig.Enter("a");
        var begun = 0;
        var lease = await rig.Storage.Leases.TryTake("a", Cancel);
        rig.Start((_, _) =>
        {
            Interlocked.Increment(ref begun);
            return Task.CompletedTask;
        });
        await Task.Delay(400, Cancel);
        Assert.Equal(0, Volatile.Read(ref begun));
        await lease!.DisposeAsync();
        Assert.Equal(JobState.Completed, (await rig.Until("a", job => job.HasEnded)).State);
        Assert.Equal(1, begun);
    }

    [Fact]
    public async Task A_request_to_cancel_ends_the_running_step_and_no_other_begins()
    {
        await using var rig = new JobRig();
        var second = false;
        rig.Start((_, cancel) => Task.Delay(Timeout.Infinite, cancel), (_, _) =>
        {
            second = true;
            return Task.CompletedTask;
        });
        await rig.Enter("a");
        await rig.Until("a", job => job.State == JobState.Running);
        await rig.Jobs.RequestCancel("a", Cancel);
        Assert.Equal(JobState.Cancelled, (await rig.Until("a", job => job.HasEnded)).State);
        Assert.False(second);
    }

    [Fact]
    public async Task A_job_that_is_cancelled_before_it_began_is_never_begun_and_can_be_started_again()
    {
        await using var rig = new JobRig();
        var begun = 0;
        await rig.Enter("a");
        await rig.Jobs.RequestCancel("a", Cancel);
        rig.Start((_, _) =>
        {
            begun++;
            return Task.CompletedTask;
        });
        await rig.Until("a", job => job.State == JobState.Cancelled);
        Assert.Equal(0, begun);
        await rig.Jobs.StartAgain("a", Cancel);
        await rig.Until("a", job => job.State == JobState.Completed);
        Assert.Equal(1, begun);
    }

    [Fact]
    public async Task Trouble_of_the_storage_leaves_the_job_running_with_a_note_and_it_is_tried_again()
    {
        await using var rig = new JobRig();
        var attempts = 0;
        var go = new TaskCompletionSource();
        rig.Start(async (_, cancel) =>
        {
            if (Interlocked.Increment(ref attempts) < 3)
                throw new StorageException("storage.io", "The disk is away.", "disk");
            await go.Task.WaitAsync(cancel);
        });
        await rig.Enter("a");
        var troubled = await rig.Until("a", job => job.Attempts == 2);
        Assert.Equal(JobState.Running, troubled.State);
        Assert.Equal(new Failure("storage.io", "The disk is away.", "disk"), troubled.Problem);
        go.SetResult();
        var job = await rig.Until("a", job => job.HasEnded);
        Assert.Equal(JobState.Completed, job.State);
        Assert.Null(job.Problem);
        Assert.Equal(3, attempts);
    }

    [Fact]
    public async Task Trouble_that_does_not_end_fails_the_job_after_the_stated_number_of_attempts()
    {
        await using var rig = new JobRig();
        var attempts = 0;
        rig.Start((_, _) =>
        {
            Interlocked.Increment(ref attempts);
            throw new TransientException("storage.busy", "The storage is busy.");
        });
        await rig.Enter("a");
        var job = await rig.Until("a", job => job.HasEnded);
        Assert.Equal(JobState.Failed, job.State);
        Assert.Equal("storage.busy", job.Problem!.Code);
        Assert.Equal(JobRig.Options.Patience.Attempts, attempts);
    }

    [Fact]
    public async Task Bad_data_fails_the_job_at_once()
    {
        await using var rig = new JobRig();
        var attempts = 0;
        rig.Start((_, _) =>
        {
            Interlocked.Increment(ref attempts);
            throw new StudyFailedException("study.no-events", "There is no event.", "response");
        });
        await rig.Enter("a");
        var job = await rig.Until("a", job => job.HasEnded);
        Assert.Equal(JobState.Failed, job.State);
        Assert.Equal(new Failure("study.no-events", "There is no event.", "response", FailureKind.Study), job.Problem);
        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task Of_a_bug_people_are_told_the_kind_and_not_the_message()
    {
        await using var rig = new JobRig();
        rig.Start((_, _) => throw new InvalidOperationException("patient Miller"));
        await rig.Enter("a");
        var job = await rig.Until("a", job => job.HasEnded);
        Assert.Equal(JobState.Failed, job.State);
        Assert.Equal("service.bug", job.Problem!.Code);
        Assert.DoesNotContain("Miller", job.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task How_a_workflow_said_that_it_ended_stands_whatever_it_throws_afterwards()
    {
        await using var rig = new JobRig();
        var problem = new Failure("manifest.json", "The manifest is no JSON.", null);
        rig.Start(async (id, cancel) =>
        {
            await rig.Jobs.Change(id, job => job with { State = JobState.Refused, Problem = problem }, cancel);
            throw problem.ToException();
        });
        await rig.Enter("a");
        await rig.Until("a", job => job.HasEnded);
        await Task.Delay(200, Cancel);
        var job = await rig.Jobs.Find("a", Cancel);
        Assert.Equal(JobState.Refused, job!.State);
        Assert.Equal(problem, job.Problem);
    }

    [Fact]
    public async Task A_host_that_is_told_to_stop_leaves_the_job_to_the_next()
    {
        await using var rig = new JobRig();
        using var stop = new CancellationTokenSource();
        var inStep = new TaskCompletionSource();
        rig.Start((_, cancel) =>
        {
            inStep.TrySetResult();
            return Task.Delay(Timeout.Infinite, cancel);
        }, until: stop);
        await rig.Enter("a");
        await inStep.Task.WaitAsync(Cancel);
        await stop.CancelAsync();
        await rig.AllHostsEnded();
        Assert.Equal(JobState.Running, (await rig.Jobs.Find("a", Cancel))!.State);
        rig.Start(Nothing);
        Assert.Equal(JobState.Completed, (await rig.Until("a", job => job.HasEnded)).State);
    }

    [Fact]
    public async Task Jobs_at_the_same_time_share_the_workers()
    {
        await using var rig = new JobRig();
        var (now, most) = (0, 0);
        for (var n = 0; n < 6; n++)
            await rig.Enter("job-" + n);
        var host = rig.Start(async (_, cancel) =>
        {
            var running = Interlocked.Increment(ref now);
            InterlockedMax(ref most, running);
            await Task.Delay(40, cancel);
            Interlocked.Decrement(ref now);
        });
        for (var n = 0; n < 6; n++)
            await rig.Until("job-" + n, job => job.HasEnded);
        Assert.Equal(JobRig.Options.Workers, most);
        Assert.Null(host.Trouble);
    }

    [Fact]
    public void The_rest_after_trouble_doubles_up_to_its_longest()
    {
        Assert.Equal(
            [5, 10, 20, 40, 80, 160, 300, 300],
            Enumerable.Range(1, 8).Select(n => JobPatience.Default.DelayAfter(n).TotalSeconds));
        Assert.Equal(TimeSpan.FromMinutes(5), JobPatience.Default.DelayAfter(5000));
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen && Interlocked.CompareExchange(ref most, value, seen) != seen;)
            seen = Volatile.Read(ref most);
    }
}
