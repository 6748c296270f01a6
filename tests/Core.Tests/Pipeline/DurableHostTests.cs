using System.Text.Json;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Hosting;

namespace RadiogenomicsCloud.Core.Tests.Pipeline;

/// <summary>Histories counted by hand from what the orchestration dispatcher of Durable Task writes.</summary>
public sealed class DurableHostTests
{
    private static readonly Step<string, string> Echo = new("echo", 1);
    private static readonly Workflow<int, int> Nothing = new("nothing", 1, (_, n) => Task.FromResult(n));
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    private async Task<IReadOnlyList<DurableHistory>> Of(
        Func<IWorkflow, Task> body, DurableEpisodes episodes = DurableEpisodes.OneCompletion, IStepRunner? runner = null)
    {
        var host = new DurableHost(runner ?? new EchoRunner(), episodes, _ => 0);
        var workflow = new Workflow<int, int>("sample", 1, async (run, n) =>
        {
            await body(run);
            return n;
        });
        Assert.Equal(7, await host.Run(workflow, "id", 7, cancel));
        return host.Histories;
    }

    private static Task<Outcome<string>[]> Three(IWorkflow run) => new[] { "a", "b", "c" }.FanOut(3, (text, _) => run.Run(Echo, text));

    [Fact]
    public async Task A_body_that_calls_nothing_has_four_events()
    {
        // Started, ExecutionStarted, ExecutionCompleted, Completed
        var history = Assert.Single(await Of(_ => Task.CompletedTask));
        Assert.Equal((4, 1), (history.Events, history.Episodes));
    }

    [Fact]
    public async Task Three_calls_at_once_have_sixteen_events_one_by_one_and_twelve_together()
    {
        // Started, ExecutionStarted, 3 TaskScheduled, Completed; twice Started, TaskCompleted, Completed; and the last with ExecutionCompleted.
        Assert.Equal((16, 4), Counts(Assert.Single(await Of(Three))));
        // The same beginning; Started, 3 TaskCompleted, ExecutionCompleted, Completed.
        Assert.Equal((12, 2), Counts(Assert.Single(await Of(Three, DurableEpisodes.AllCompletions))));
    }

    [Fact]
    public async Task A_child_has_a_history_of_its_own_and_two_events_in_its_parents()
    {
        var histories = await Of(run => run.Run(Nothing, "child", 3));
        Assert.Equal(["id-child", "id"], histories.Select(h => h.InstanceId));
        Assert.Equal((4, 1), Counts(histories[0]));
        Assert.Equal((8, 2), Counts(histories[1]));
    }

    [Fact]
    public async Task A_second_attempt_costs_eight_events()
    {
        // TaskFailed, TimerCreated and TimerFired, TaskScheduled, each pair in an episode of its own.
        var history = Assert.Single(await Of(run => run.Run(Echo, "a"), runner: new EchoRunner { Failures = 1 }));
        Assert.Equal((8 + 8, 2 + 2), Counts(history));
    }

    [Fact]
    public async Task Progress_within_a_stage_costs_nothing_and_a_new_stage_one_activity()
    {
        var history = Assert.Single(await Of(async run =>
        {
            for (var n = 0; n <= 50; n++)
                await run.Checkpoint(new("one", n, 50));
            await run.Checkpoint(new("two", 0, 1));
        }));
        Assert.Equal((4 + 4 + 4, 3), Counts(history));
    }

    [Fact]
    public async Task Inputs_and_results_count_with_their_quotes_doubled_wherever_they_are_kept()
    {
        async Task<long> Bytes(string text) => Assert.Single(await Of(run => run.Run(Echo, text))).Bytes;
        // 1,000 letters, once in the input and once in the result; 100 quotes, which are \" in JSON and \\\" in a string of JSON.
        Assert.Equal(2 * 1_000, await Bytes(new string('x', 1_001)) - await Bytes("x"));
        Assert.Equal(2 * 400, await Bytes(new string('"', 100)) - await Bytes(""));
    }

    [Fact]
    public async Task A_failure_of_a_child_is_an_event_of_both()
    {
        var child = new Workflow<int, int>("fails", 1, (_, _) => throw new BadInputException("a.code", "It fails.", null));
        var histories = await Of(async run =>
        {
            try
            {
                await run.Run(child, "child", 0);
            }
            catch (BadInputException)
            {
                // As the body wants it.
            }
        });
        Assert.Equal([(4, 1), (8, 2)], histories.Select(Counts));
        Assert.All(histories, h => Assert.InRange(h.Bytes, 4_000, 10_000));
    }

    [Fact]
    public async Task A_body_that_does_other_than_before_is_caught()
    {
        var runs = 0;
        await Assert.ThrowsAsync<ReplayDivergedException>(() => Of(run => run.Run(Echo, FormattableString.Invariant($"{++runs}"))));
    }

    private static (int Events, int Episodes) Counts(DurableHistory history) => (history.Events, history.Episodes);

    /// <summary>Gives back what it gets, after it has failed as often as it is told.</summary>
    private sealed class EchoRunner : IStepRunner
    {
        public int Failures { get; set; }

        public Task<JsonElement> Run(StepCall call, CancellationToken cancel)
        {
            if (Failures-- > 0)
                throw new TransientException("a.code", "Try again.");
            return Task.FromResult(CanonicalJson.ToElement(Outcome.Of(CanonicalJson.FromElement<string>(call.Input))));
        }
    }
}
