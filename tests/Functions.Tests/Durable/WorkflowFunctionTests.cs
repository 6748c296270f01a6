using RadiogenomicsCloud.Functions.Durable;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Service.Jobs;

namespace RadiogenomicsCloud.Functions.Tests.Durable;

public sealed class WorkflowFunctionTests
{
    private readonly List<EndJobInput> ends = [];

    [Fact]
    public async Task The_root_tells_the_register_that_it_returned()
    {
        var reply = await Run((_, _) => Task.FromResult(new Number(4)));
        Assert.Equal(4, reply.Output!.Value.GetProperty("value").GetInt32());
        Assert.Equal([new EndJobInput("job-1", WorkflowEnd.Returned)], ends);
    }

    [Fact]
    public async Task A_root_that_failed_says_why_and_its_instance_fails()
    {
        await Assert.ThrowsAsync<JobEndedException>(() => Run((_, _) => throw new StudyFailedException("study.small", "Too few cases.", "x")));
        Assert.Equal([new EndJobInput("job-1", WorkflowEnd.Failed, new("study.small", "Too few cases.", "x", FailureKind.Study))], ends);
    }

    [Fact]
    public async Task A_root_that_was_cancelled_fails_so_that_its_id_can_be_started_again()
    {
        await Assert.ThrowsAsync<JobEndedException>(() => Run((_, _) => throw new OperationCanceledException()));
        Assert.Equal([new EndJobInput("job-1", WorkflowEnd.Cancelled)], ends);
    }

    [Fact]
    public async Task Trouble_is_told_as_such()
    {
        await Assert.ThrowsAsync<JobEndedException>(() => Run((_, _) => throw new TransientException("storage.busy", "Busy.")));
        Assert.Equal([new EndJobInput("job-1", WorkflowEnd.Troubled, new("storage.busy", "Busy.", null))], ends);
    }

    [Fact]
    public async Task Of_a_bug_the_record_holds_no_word_of_its_message()
    {
        await Assert.ThrowsAsync<JobEndedException>(() => Run((_, _) => throw new FormatException("Miller^Anna")));
        var end = Assert.Single(ends);
        Assert.Equal((WorkflowEnd.Troubled, "service.bug"), (end.End, end.Problem!.Code));
        Assert.DoesNotContain("Miller", end.Problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_child_replies_and_leaves_the_record_alone()
    {
        var reply = await Run((_, _) => throw new BadInputException("a", "B.", "c"), "job-1-part");
        Assert.Equal(new Trouble(TroubleKind.Deterministic, new("a", "B.", "c")), reply.Trouble);
        Assert.True((await Run((_, _) => throw new OperationCanceledException(), "job-1-part")).Stopped);
        Assert.Empty(ends);
    }

    [Fact]
    public async Task Nothing_is_replayed_into_another_version()
    {
        var context = new ScriptedContext("job-1");
        var function = new WorkflowFunction(new WorkflowCatalogue().Add(Toy.NewerSum));
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await function.Run(context, Toy.Call(Toy.Sum, "job-1", new Numbers([1]))));
        Assert.Empty(context.Asked);
    }

    private Task<WorkflowReply> Run(Func<IWorkflow, Numbers, Task<Number>> body, string instance = "job-1")
    {
        var workflow = new Workflow<Numbers, Number>("toy", 1, body);
        var context = new ScriptedContext(instance) { Activity = End };
        return new WorkflowFunction(new WorkflowCatalogue().Add(workflow)).Run(context, Toy.Call(workflow, "job-1", new Numbers([])));
    }

    private StepReply End(StepInvocationView step)
    {
        Assert.Equal("end-job", step.Step);
        ends.Add(CanonicalJson.FromElement<EndJobInput>(step.Input));
        return new(CanonicalJson.ToElement(Outcome.Of(JobState.Completed)));
    }
}
