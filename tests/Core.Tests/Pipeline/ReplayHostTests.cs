using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Core.Tests.Pipeline;

public sealed class ReplayHostTests : IDisposable
{
    private static readonly string[] Texts = ["a", "bb", "ccc", "bad", "dddd", "eeeee", "f", "gg"];
    private readonly TestFolder folder = new();
    private readonly TestRig rig;
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    public ReplayHostTests() => rig = new TestRig(folder.Path, SampleSteps.Catalogue());

    public void Dispose()
    {
        rig.Dispose();
        folder.Dispose();
    }

    private async Task<string> Diverges(Func<IWorkflow, Task<int>> body)
    {
        var workflow = new Workflow<int, int>("sample", 1, (w, _) => body(w));
        return (await Assert.ThrowsAsync<ReplayDivergedException>(() => new ReplayHost(rig.Runner, _ => 0).Run(workflow, "r", 0, cancel))).Message;
    }

    private static async Task<int> Write(IWorkflow workflow, string text) =>
        (int)(await workflow.Run(SampleSteps.Write, new TextInput(text))).Require().Length;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_good_workflow_survives_an_interruption_at_every_event_in_any_order(int seed)
    {
        var random = new Random(seed);
        var host = new ReplayHost(rig.Runner, random.Next);
        Assert.Equal(18, await host.Run(SampleSteps.Lengths, "r", Texts, cancel));
        // Shards of 3, 3 and 2 steps start 4 + 4 + 3 times; the root has 2 checkpoints, 3 children and a step.
        Assert.Equal(11 + 7, host.Replays);
        Assert.Equal(18, await rig.Host.Run(SampleSteps.Lengths, "r", Texts, cancel));
    }

    [Fact]
    public async Task A_body_that_fails_fails_as_it_would_elsewhere()
    {
        var workflow = new Workflow<int, int>("fails", 1, (w, _) => Write(w, "bad"));
        await Assert.ThrowsAsync<BadInputException>(() => new ReplayHost(rig.Runner, _ => 0).Run(workflow, "r", 0, cancel));
    }

    [Fact]
    public async Task An_input_that_changes_from_replay_to_replay_is_caught()
    {
        var runs = 0;
        Assert.Contains("was called before", await Diverges(async workflow =>
        {
            var run = ++runs;
            await Write(workflow, FormattableString.Invariant($"run {run}"));
            return await Write(workflow, "more");
        }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_is_left_out_on_replay_is_caught()
    {
        var runs = 0;
        Assert.Contains("not made this time", await Diverges(async workflow =>
        {
            if (runs++ == 0)
                await Write(workflow, "once");
            return 0;
        }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_call_that_is_left_out_on_replay_is_caught()
    {
        var runs = 0;
        Assert.Contains("Not called again", await Diverges(async workflow =>
        {
            var first = Write(workflow, "first");
            if (runs++ == 0)
                _ = Write(workflow, "second");
            await first;
            await Task.Yield();
            return await first;
        }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_foreign_task_is_caught() => Assert.Contains("not its IWorkflow's", await Diverges(async workflow =>
    {
        await Write(workflow, "a");
        await new TaskCompletionSource().Task;
        return 0;
    }), StringComparison.Ordinal);

    [Fact]
    public async Task Work_on_another_thread_is_caught() => Assert.Matches("own thread|not its IWorkflow's", await Diverges(async workflow =>
    {
        await Write(workflow, "a");
        return await Task.Run(() => Write(workflow, "b"));
    }));

    [Fact]
    public async Task Two_children_of_one_key_are_caught()
    {
        var child = new Workflow<int, int>("child", 1, (w, _) => Write(w, "a"));
        Assert.Contains("Two children", await Diverges(async workflow => await workflow.Run(child, "k", 0) + await workflow.Run(child, "k", 0)), StringComparison.Ordinal);
    }
}
