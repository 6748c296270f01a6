using Microsoft.DurableTask.Client;
using RadiogenomicsCloud.Functions.Durable;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Service.Jobs;

namespace RadiogenomicsCloud.Functions.Tests.Durable;

public sealed class DurableRunTests
{
    private static readonly int[] Ten = [.. Enumerable.Range(1, 10)];

    private static WorkflowCatalogue Workflows => new WorkflowCatalogue().Add(Toy.Sum).Add(Toy.Part);

    [Fact]
    public async Task A_workflow_with_children_runs_through_every_replay_and_each_step_is_done_once()
    {
        var turns = 0;
        var step = new Toy.SquareStep();
        await using var rig = await DurableRig.Start(step, Workflows, () => Interlocked.Increment(ref turns));
        var job = await rig.Run("toy-1", Ten);
        Assert.Equal((JobState.Completed, new Progress("sum", 1, 1)), (job.State, job.Progress));
        Assert.Equal(Ten, step.Done.Order());
        Assert.True(turns > 12, $"{turns} turns: that was no replay.");
        var instance = await rig.Instance("toy-1");
        Assert.Equal(OrchestrationRuntimeStatus.Completed, instance!.RuntimeStatus);
        Assert.Equal(385, instance.ReadOutputAs<WorkflowReply>()!.Output!.Value.GetProperty("value").GetInt32());
        Assert.NotNull(await rig.Instance("toy-1-part-1"));
    }

    [Fact]
    public async Task A_job_started_many_times_at_once_runs_once()
    {
        var step = new Toy.SquareStep();
        await using var rig = await DurableRig.Start(step, Workflows);
        var job = await rig.Enter("toy-1", Ten);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => rig.JobHost.Start(job, CancellationToken.None)));
        Assert.Equal(JobState.Completed, (await rig.End("toy-1")).State);
        // A record that was read before the end starts nothing either.
        await rig.JobHost.Start(job, CancellationToken.None);
        Assert.Equal(JobState.Completed, (await rig.End("toy-1")).State);
        Assert.Equal(Ten, step.Done.Order());
    }

    [Fact]
    public async Task A_transient_failure_is_mended_by_waiting_and_no_other_step_is_done_again()
    {
        var failures = 1;
        var step = new Toy.SquareStep(value =>
        {
            if (value == 4 && Interlocked.Decrement(ref failures) >= 0)
                throw new TransientException("toy.busy", "Busy.");
        });
        await using var rig = await DurableRig.Start(step, Workflows);
        Assert.Equal(JobState.Completed, (await rig.Run("toy-1", Ten)).State);
        Assert.Equal(Ten, step.Done.Order());
    }

    [Fact]
    public async Task Progress_adds_what_running_children_have_done()
    {
        using var gate = new ManualResetEventSlim();
        var step = new Toy.SquareStep(value => { if (value is 5 or 10) gate.Wait(TimeSpan.FromSeconds(20)); });
        await using var rig = await DurableRig.Start(step, Workflows);
        await rig.JobHost.Start(await rig.Enter("toy-1", Ten), CancellationToken.None);
        await DurableRig.Until(() => rig.JobHost.ProgressOf("toy-1", CancellationToken.None).Result == new Progress("squares", 8, 10));
        gate.Set();
        await rig.End("toy-1");
        Assert.Null(await rig.JobHost.ProgressOf("toy-1", CancellationToken.None));
    }
}
