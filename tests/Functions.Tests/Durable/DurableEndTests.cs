using Microsoft.DurableTask.Client;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Service.Jobs;

namespace RadiogenomicsCloud.Functions.Tests.Durable;

/// <summary>Jobs that do not end as they should, and begin again under their id.</summary>
public sealed class DurableEndTests
{
    private static readonly int[] Ten = [.. Enumerable.Range(1, 10)];

    private static WorkflowCatalogue Workflows => new WorkflowCatalogue().Add(Toy.Sum).Add(Toy.Part);

    [Fact]
    public async Task A_failure_deep_in_a_child_is_the_jobs_and_the_job_can_be_entered_again()
    {
        var refusing = new Toy.SquareStep(value => { if (value == 7) throw new BadInputException("toy.seven", "Seven is refused.", "7"); });
        await using var rig = await DurableRig.Start(refusing, Workflows);
        var job = await rig.Run("toy-1", Ten);
        Assert.Equal((JobState.Failed, new Failure("toy.seven", "Seven is refused.", "7")), (job.State, job.Problem));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await rig.Instance("toy-1"))!.RuntimeStatus);
        Assert.Equal(JobState.Completed, (await rig.Run("toy-1", 1, 2)).State);
    }

    [Fact]
    public async Task A_job_whose_record_asks_for_it_stops_at_its_next_stage_and_can_be_entered_again()
    {
        using var gate = new ManualResetEventSlim();
        var step = new Toy.SquareStep(_ => gate.Wait(TimeSpan.FromSeconds(20)));
        await using var rig = await DurableRig.Start(step, Workflows);
        await rig.JobHost.Start(await rig.Enter("toy-1", Ten), CancellationToken.None);
        await DurableRig.Until(() => rig.Register.Find("toy-1", CancellationToken.None).Result!.State == JobState.Running);
        await rig.Register.RequestCancel("toy-1", CancellationToken.None);
        gate.Set();
        Assert.Equal(JobState.Cancelled, (await rig.End("toy-1")).State);
        Assert.Equal(JobState.Completed, (await rig.Run("toy-1", Ten)).State);
    }

    [Fact]
    public async Task A_job_of_a_version_that_is_gone_is_begun_with_the_newest_and_finds_its_outcomes()
    {
        var step = new Toy.SquareStep();
        await using var rig = await DurableRig.Start(step, new WorkflowCatalogue().Add(Toy.NewerSum).Add(Toy.Part));
        // As the older product left it: running, and its orchestration fails at the next turn.
        var job = await rig.Enter("toy-1", Ten);
        await rig.Register.Change("toy-1", old => old with { State = JobState.Running }, CancellationToken.None);
        await rig.Schedule(Toy.Call(Toy.Sum, "toy-1", new Numbers(Ten)));
        Assert.Equal(JobState.Running, (await rig.End("toy-1")).State);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await rig.Instance("toy-1"))!.RuntimeStatus);
        Assert.Empty(step.Done);

        await rig.JobHost.Start(job, CancellationToken.None);
        var ended = await rig.End("toy-1");
        Assert.Equal((JobState.Completed, 1), (ended.State, ended.Attempts));
    }

    [Fact]
    public async Task A_job_of_a_workflow_that_is_gone_altogether_fails_and_says_so()
    {
        await using var rig = await DurableRig.Start(new Toy.SquareStep(), new WorkflowCatalogue());
        await rig.JobHost.Start(await rig.Enter("toy-1", Ten), CancellationToken.None);
        var job = await rig.Register.Find("toy-1", CancellationToken.None);
        Assert.Equal((JobState.Failed, "job.workflow"), (job!.State, job.Problem!.Code));
        Assert.Null(await rig.Instance("toy-1"));
    }

    [Fact]
    public async Task An_orchestration_that_dies_without_a_word_is_given_up_after_ten_attempts()
    {
        await using var rig = await DurableRig.Start(new Toy.SquareStep(), new WorkflowCatalogue().Add(Toy.NewerSum).Add(Toy.Part));
        var job = await rig.Enter("toy-1", Ten);
        await rig.Register.Change("toy-1", old => old with { State = JobState.Running, Attempts = 9 }, CancellationToken.None);
        await rig.Schedule(Toy.Call(Toy.Sum, "toy-1", new Numbers(Ten)));
        await rig.End("toy-1");
        await rig.JobHost.Start(job, CancellationToken.None);
        Assert.Equal(JobState.Failed, (await rig.Register.Find("toy-1", CancellationToken.None))!.State);
    }

    [Fact]
    public async Task A_bug_in_a_step_is_an_attempt_and_not_the_end()
    {
        var step = new Toy.SquareStep(value => { if (value == 3) throw new FormatException("Miller^Anna"); });
        await using var rig = await DurableRig.Start(step, Workflows);
        var job = await rig.Run("toy-1", Ten);
        Assert.Equal((JobState.Running, 1, "service.bug"), (job.State, job.Attempts, job.Problem!.Code));
        Assert.DoesNotContain("Miller", job.Problem.Message, StringComparison.Ordinal);
    }
}
