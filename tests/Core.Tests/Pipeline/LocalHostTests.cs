using System.Collections.Concurrent;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Hosting;

namespace RadiogenomicsCloud.Core.Tests.Pipeline;

public sealed class LocalHostTests : IDisposable
{
    private static readonly string[] Texts = [.. Enumerable.Range(1, 11).Select(i => new string('t', i))];
    private static readonly Step<int, int> Number = new("number", 1);
    private readonly TestFolder folder = new();
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    private static StepCatalogue NumberCatalogue(Func<int, CancellationToken, Task<int>> run) => new StepCatalogue().Add(
        new FunctionStep<int, int>(Number, async (input, _, token) => Outcome.Of(await run(input, token))));

    private static Workflow<int, int[]> Fan(int window) => new("fan", 1, async (workflow, count) =>
    {
        var outcomes = await Enumerable.Range(0, count).ToArray().FanOut(window, (i, _) => workflow.Run(Number, i));
        return outcomes.Select(o => o.Require()).ToArray();
    });

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_workflow_of_shards_gives_the_same_with_any_number_of_workers(int workers)
    {
        using var rig = new TestRig(folder.Path, SampleSteps.Catalogue(), workers);
        Assert.Equal(66, await rig.Host.Run(SampleSteps.Lengths, "r", [.. Texts, "bad one"], cancel));
        Assert.Equal(12, rig.Ledger.Count("computed"));
        Assert.Equal(1, rig.Ledger.Count("failed"));
    }

    [Fact]
    public async Task Results_come_in_the_order_of_the_items_and_workers_bound_what_runs_at_once()
    {
        var (now, most) = (0, 0);
        var gate = new object();
        using var rig = new TestRig(folder.Path, NumberCatalogue(async (i, token) =>
        {
            lock (gate)
                most = Math.Max(most, ++now);
            await Task.Delay((i * 7) % 5, token);
            lock (gate)
                now--;
            return i * 10;
        }), workers: 3);
        Assert.Equal(Enumerable.Range(0, 40).Select(i => i * 10), await rig.Host.Run(Fan(window: 9), "r", 40, cancel));
        Assert.InRange(most, 2, 3);
    }

    [Fact]
    public async Task The_window_bounds_what_is_started()
    {
        var started = 0;
        var most = 0;
        using var rig = new TestRig(folder.Path, NumberCatalogue((i, _) => Task.FromResult(i)), workers: 8);
        var counted = new Workflow<int, int>("counted", 1, async (workflow, count) =>
        {
            await Enumerable.Range(0, count).ToArray().FanOut(4, async (i, _) =>
            {
                most = Math.Max(most, ++started); // No lock: the body has one logical thread.
                await workflow.Run(Number, i);
                started--;
                return 0;
            });
            return most;
        });
        Assert.Equal(4, await rig.Host.Run(counted, "r", 50, cancel));
    }

    [Fact]
    public async Task Transient_trouble_is_tried_again_and_given_up_in_the_end()
    {
        var tries = new ConcurrentDictionary<int, int>();
        using var rig = new TestRig(folder.Path, NumberCatalogue((i, _) =>
            tries.AddOrUpdate(i, 1, (_, n) => n + 1) <= i ? throw new TransientException("t.t", "again") : Task.FromResult(i)));
        Assert.Equal(new[] { 0, 1, 2 }, await rig.Host.Run(Fan(2), "r", 3, cancel));
        await Assert.ThrowsAsync<TransientException>(() => rig.Host.Run(Fan(2), "r", 4, cancel));
        Assert.Equal(3, tries[3]);
    }

    [Fact]
    public async Task A_bug_ends_the_run_with_itself_and_stops_the_other_steps()
    {
        var others = 0;
        using var rig = new TestRig(folder.Path, NumberCatalogue(async (i, token) =>
        {
            if (i == 2)
                throw new InvalidCastException("bug");
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                Interlocked.Increment(ref others);
            }
            return i;
        }), workers: 4);
        Assert.Equal("bug", (await Assert.ThrowsAsync<InvalidCastException>(() => rig.Host.Run(Fan(3), "r", 10, cancel))).Message);
        Assert.InRange(others, 0, 2); // A step that had not begun when the bug came never begins.
    }

    [Fact]
    public async Task A_cancelled_run_ends_after_its_steps_and_resumes_without_repeating_any()
    {
        using var stop = new CancellationTokenSource();
        var ran = new ConcurrentQueue<string>();
        using (var rig = new TestRig(folder.Path, SampleSteps.Catalogue(text =>
        {
            ran.Enqueue(text);
            if (ran.Count == 5)
                stop.Cancel();
        }), workers: 1))
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rig.Host.Run(SampleSteps.Lengths, "r", Texts, stop.Token));
        }
        var finished = Directory.GetFiles(folder.At("store/outcomes"), "*.json", SearchOption.AllDirectories).Length;
        Assert.InRange(finished, 4, 5);

        using var again = new TestRig(folder.Path, SampleSteps.Catalogue());
        Assert.Equal(66, await again.Host.Run(SampleSteps.Lengths, "r", Texts, cancel));
        Assert.Equal(finished, again.Ledger.Count("found"));
        Assert.Equal(12 - finished, again.Ledger.Count("computed"));
    }

    [Fact]
    public async Task A_checkpoint_shows_progress_and_ends_a_cancelled_run()
    {
        using var stop = new CancellationTokenSource();
        var seen = new List<Progress>();
        using var rig = new TestRig(folder.Path, NumberCatalogue((i, _) => Task.FromResult(i)));
        var host = new LocalHost(rig.Runner, new LocalHostOptions(1), TimeProvider.System, new Recorder(seen));
        var body = new Workflow<int, int>("checkpoints", 1, async (workflow, _) =>
        {
            await workflow.Checkpoint(new Progress("one", 1, 2));
            stop.Cancel();
            await workflow.Checkpoint(new Progress("two", 2, 2));
            return 0;
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.Run(body, "r", 0, stop.Token));
        Assert.Equal([new Progress("one", 1, 2)], seen);
    }

    [Fact]
    public async Task Children_are_instances_of_their_own_and_two_of_one_key_are_refused()
    {
        using var rig = new TestRig(folder.Path, new StepCatalogue());
        var child = new Workflow<int, string>("child", 1, (workflow, _) => Task.FromResult(workflow.RunId));
        var parent = new Workflow<int, string>("parent", 1, async (workflow, keys) =>
            await workflow.Run(child, "a", 0) + " " + await workflow.Run(child, keys == 1 ? "a" : "b", 0));
        Assert.Equal("r-a r-b", await rig.Host.Run(parent, "r", 2, cancel));
        await Assert.ThrowsAsync<InvalidOperationException>(() => rig.Host.Run(parent, "r", 1, cancel));
    }

    [Fact]
    public async Task What_a_body_throws_ends_the_run()
    {
        using var rig = new TestRig(folder.Path, SampleSteps.Catalogue());
        var needs = new Workflow<string, int>("needs", 1, async (workflow, text) =>
            (int)(await workflow.Run(SampleSteps.Write, new TextInput(text))).Require().Length);
        var failed = await Assert.ThrowsAsync<BadInputException>(() => rig.Host.Run(needs, "r", "bad", cancel));
        Assert.Equal(("sample.bad", "bad"), (failed.Code, failed.Where));
    }

    private sealed class Recorder(List<Progress> seen) : IProgress<Progress>
    {
        public void Report(Progress value) => seen.Add(value);
    }
}
