using Microsoft.DurableTask;
using RadiogenomicsCloud.Functions.Durable;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Jobs;

namespace RadiogenomicsCloud.Functions.Tests.Durable;

public sealed class DurableWorkflowTests
{
    private static readonly Failure Why = new("toy.why", "Because.", "there");

    [Fact]
    public async Task A_step_is_one_activity_that_carries_its_name_its_input_and_whose_it_is()
    {
        StepInvocationView? seen = null;
        var context = new ScriptedContext("job-1") { Activity = step => { seen = step; return new StepReply(Toy.Outcome(9)); } };
        var outcome = await Adapter(context).Run(Toy.Square, new Number(3));
        Assert.Equal(9, outcome.Require().Value);
        Assert.Equal(["Step:toy-square"], context.Asked);
        Assert.Equal(("job-1", "toy/", 3), (seen!.JobId, seen.Place.GetProperty("prefix").GetString(), seen.Input.GetProperty("value").GetInt32()));
    }

    [Fact]
    public async Task A_failure_that_is_an_outcome_comes_back_as_one()
    {
        var failed = CanonicalJson.ToElement(Outcome.Failed<Number>(Why));
        var context = new ScriptedContext("job-1") { Activity = _ => new StepReply(failed) };
        Assert.Equal(Why, (await Adapter(context).Run(Toy.Square, new Number(3))).Failure);
    }

    [Fact]
    public async Task Transient_trouble_is_tried_again_after_delays_that_double()
    {
        var left = 3;
        var context = new ScriptedContext("job-1")
        {
            Activity = _ => left-- > 0 ? new StepReply(Trouble: new(TroubleKind.Transient, Why)) : new StepReply(Toy.Outcome(9)),
        };
        Assert.Equal(9, (await Adapter(context).Run(Toy.Square, new Number(3))).Require().Value);
        Assert.Equal([5.0, 10.0, 20.0], context.Timers.Select(t => t.TotalSeconds));
        Assert.Equal(7, context.Asked.Count);
    }

    [Fact]
    public async Task Transient_trouble_that_stays_is_thrown_after_six_attempts()
    {
        var context = new ScriptedContext("job-1") { Activity = _ => new StepReply(Trouble: new(TroubleKind.Transient, Why)) };
        var thrown = await Assert.ThrowsAsync<TransientException>(() => Adapter(context).Run(Toy.Square, new Number(3)));
        Assert.Equal((Why.Code, Why.Message, Why.Where), (thrown.Code, thrown.Message, thrown.Where));
        Assert.Equal((6, 5), (context.Asked.Count(a => a != "timer"), context.Timers.Count));
    }

    [Theory]
    [InlineData(TroubleKind.Storage, typeof(StorageException))]
    [InlineData(TroubleKind.Deterministic, typeof(BadInputException))]
    [InlineData(TroubleKind.Bug, typeof(InvalidOperationException))]
    public async Task Other_trouble_is_not_tried_again(TroubleKind kind, Type expected)
    {
        var context = new ScriptedContext("job-1") { Activity = _ => new StepReply(Trouble: new(kind, Why)) };
        await Assert.ThrowsAsync(expected, () => Adapter(context).Run(Toy.Square, new Number(3)));
        Assert.Single(context.Asked);
    }

    [Fact]
    public async Task A_step_whose_process_was_lost_is_tried_again()
    {
        var left = 1;
        var lost = new TaskFailedException("Step", 1, new TaskFailureDetails("(unknown)", "dotnet exited with code 137", null, null, null));
        var context = new ScriptedContext("job-1") { Activity = _ => left-- > 0 ? throw lost : new StepReply(Toy.Outcome(9)) };
        Assert.Equal(9, (await Adapter(context).Run(Toy.Square, new Number(3))).Require().Value);
        Assert.Equal(["Step:toy-square", "timer", "Step:toy-square"], context.Asked);
    }

    [Fact]
    public async Task A_child_is_an_instance_of_the_run_and_its_key_for_the_same_job()
    {
        var context = new ScriptedContext("job-1-run")
        {
            Child = (_, call) =>
            {
                Assert.Equal("job-1", call.GetProperty("jobId").GetString());
                Assert.Equal("toy-part", call.GetProperty("name").GetString());
                return new WorkflowReply(CanonicalJson.ToElement(new Number(5)));
            },
        };
        Assert.Equal(5, (await Adapter(context).Run(Toy.Part, "shard-3", new Numbers([1, 2]))).Value);
        Assert.Equal(["Workflow:job-1-run-shard-3"], context.Asked);
    }

    public static TheoryData<RadiogenomicsException> Ours =>
    [
        new BadInputException("a", "Input.", "here"), new StudyFailedException("b", "Study."), new TransientException("c", "Later.", "x"),
        new StorageException("d", "Disk."),
    ];

    [Theory]
    [MemberData(nameof(Ours), DisableDiscoveryEnumeration = true)]
    public async Task What_ends_a_child_ends_its_parent_as_the_same_exception(RadiogenomicsException end)
    {
        var context = new ScriptedContext("job-1") { Child = (_, _) => new WorkflowReply(Trouble: Trouble.Of(end)) };
        var thrown = await Assert.ThrowsAnyAsync<RadiogenomicsException>(() => Adapter(context).Run(Toy.Part, "k", new Numbers([])));
        Assert.Equal((end.GetType(), end.Code, end.Message, end.Where), (thrown.GetType(), thrown.Code, thrown.Message, thrown.Where));
    }

    [Fact]
    public async Task A_cancelled_child_cancels_its_parent()
    {
        var context = new ScriptedContext("job-1") { Child = (_, _) => new WorkflowReply(Stopped: true) };
        await Assert.ThrowsAsync<OperationCanceledException>(() => Adapter(context).Run(Toy.Part, "k", new Numbers([])));
    }

    [Fact]
    public async Task Only_the_first_checkpoint_of_a_stage_costs_an_event()
    {
        var context = new ScriptedContext("job-1") { Activity = _ => Look(stop: false) };
        var run = Adapter(context);
        await run.Checkpoint(new("a", 0, 2));
        await run.Checkpoint(new("a", 1, 2));
        await run.Checkpoint(new("a", 2, 2));
        await run.Checkpoint(new("b", 0, 1));
        Assert.Equal(["Step:look-at-job", "Step:look-at-job"], context.Asked);
        Assert.Equal([new("a", 0, 2), new("a", 1, 2), new("a", 2, 2), new("b", 0, 1)], context.Statuses);
    }

    [Fact]
    public async Task A_marker_in_the_record_ends_the_run_at_its_next_stage()
    {
        var context = new ScriptedContext("job-1") { Activity = _ => Look(stop: true) };
        await Assert.ThrowsAsync<OperationCanceledException>(() => Adapter(context).Checkpoint(new("a", 0, 2)));
    }

    [Fact]
    public async Task A_payload_that_is_too_large_is_refused_before_anything_is_asked_for()
    {
        var context = new ScriptedContext("job-1");
        var large = new Numbers([.. Enumerable.Range(0, 5000)]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Adapter(context).Run(Toy.Part, "k", large));
        Assert.Empty(context.Asked);
    }

    [Fact]
    public void Trouble_of_the_storage_is_cut_to_what_a_history_may_hold()
    {
        var trouble = Trouble.Of(new StorageException("x", new string('é', 5000), new string('p', 5000)));
        Assert.True(CanonicalJson.Serialize(trouble).Length < 1000);
    }

    private static StepReply Look(bool stop) => new(CanonicalJson.ToElement(Outcome.Of(new LookAtJobOutput(stop))));

    private static DurableWorkflow Adapter(ScriptedContext context) => new(context, Toy.Call(Toy.Part, "job-1", new Numbers([])));
}
