using System.Text;
using System.Text.Json;
using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Core.Tests.Pipeline;

/// <summary>A workflow body did other than before on the same history, or waited for something that no history holds.</summary>
internal sealed class ReplayDivergedException(string message) : Exception(message);

/// <summary>
/// Runs a workflow as a durable host does, at its worst: after every event the body is thrown away and run again from its start over the
/// history so far. It must make the same calls (steps with their inputs, children with their keys, checkpoints) in the same order.
/// </summary>
/// <param name="runner">Runs the steps.</param>
/// <param name="pick">Chooses which of the open calls ends next, given how many there are: the order in which steps end is not ours.</param>
internal sealed class ReplayHost(IStepRunner runner, Func<int, int> pick)
{
    private const int MaximumEvents = 10_000;

    /// <summary>How many times a body was started.</summary>
    public int Replays { get; private set; }

    public async Task<TOut> Run<TIn, TOut>(Workflow<TIn, TOut> workflow, string runId, TIn input, CancellationToken cancel) =>
        CanonicalJson.FromElement<TOut>(await Run(workflow, runId, CanonicalJson.ToElement(input), cancel));

    private async Task<JsonElement> Run<TIn, TOut>(Workflow<TIn, TOut> workflow, string runId, JsonElement input, CancellationToken cancel)
    {
        var history = new List<(int Call, JsonElement? Result, Exception? Trouble)>();
        List<string> schedule = [];
        while (true)
        {
            // A failure of the body is its end as well; the last replay decides.
            var replay = new Replay(this, runId, schedule, cancel);
            Replays++;
            var ended = replay.Start(workflow, input);
            foreach (var (call, result, trouble) in history)
                replay.Complete(call, result, trouble);
            schedule = replay.EndOfReplay();
            if (ended.IsCompleted)
                return CanonicalJson.ToElement(await ended);

            var open = replay.OpenCalls();
            if (open.Count == 0)
                throw new ReplayDivergedException($"'{workflow.Name}' waits for something that is not its IWorkflow's.");
            if (history.Count > MaximumEvents)
                throw new ReplayDivergedException($"'{workflow.Name}' does not end.");
            var next = open[pick(open.Count)];
            try
            {
                history.Add((next, await replay.Execute(next), null));
            }
            catch (RadiogenomicsException trouble)
            {
                history.Add((next, null, trouble));
            }
        }
    }

    /// <summary>One run of a body over a history.</summary>
    private sealed class Replay(ReplayHost host, string runId, List<string> before, CancellationToken cancel) : SynchronizationContext, IWorkflow
    {
        private readonly Queue<(SendOrPostCallback Callback, object? State)> queue = new();
        private readonly List<string> schedule = [];
        private readonly List<(TaskCompletionSource<JsonElement> Source, Func<Task<JsonElement>> Execute)> calls = [];
        private readonly HashSet<string> children = new(StringComparer.Ordinal);
        private volatile ReplayDivergedException? divergence;

        public string RunId => runId;

        public Task<TOut> Start<TIn, TOut>(Workflow<TIn, TOut> workflow, JsonElement input)
        {
            Task<TOut>? ended = null;
            Post(_ => ended = workflow.Body(this, CanonicalJson.FromElement<TIn>(input)), null);
            Drain();
            return ended!;
        }

        public void Complete(int call, JsonElement? result, Exception? trouble)
        {
            ThrowIfDiverged();
            if (call >= calls.Count)
                throw new ReplayDivergedException($"The history ends call {call}, '{before[call]}', which was not made this time.");
            Post(
                _ =>
                {
                    if (trouble is null)
                        calls[call].Source.SetResult(result!.Value);
                    else
                        calls[call].Source.SetException(trouble);
                },
                null);
            Drain();
        }

        /// <summary>The schedule; all that was called before must have been called again.</summary>
        public List<string> EndOfReplay()
        {
            ThrowIfDiverged();
            return schedule.Count >= before.Count
                ? schedule
                : throw new ReplayDivergedException($"Not called again: '{before[schedule.Count]}'.");
        }

        public List<int> OpenCalls() => [.. Enumerable.Range(0, calls.Count).Where(c => !calls[c].Source.Task.IsCompleted)];

        public Task<JsonElement> Execute(int call) => calls[call].Execute();

        public async Task<Outcome<TOut>> Run<TIn, TOut>(Step<TIn, TOut> step, TIn input)
        {
            var payload = Payload.Guard(CanonicalJson.ToElement(input), $"input of step '{step.Name}'");
            return CanonicalJson.FromElement<Outcome<TOut>>(await Schedule(
                FormattableString.Invariant($"step {step.Name} {step.Version} {Text(payload)}"),
                () => host.RunnerOf(new StepCall(step.Name, step.Version, payload), cancel)));
        }

        public async Task<TOut> Run<TIn, TOut>(Workflow<TIn, TOut> child, string key, TIn input)
        {
            if (!children.Add(key))
                throw Diverged($"Two children of the key '{key}'.");
            var payload = Payload.Guard(CanonicalJson.ToElement(input), $"input of workflow '{child.Name}'");
            return CanonicalJson.FromElement<TOut>(await Schedule(
                FormattableString.Invariant($"workflow {child.Name} {child.Version} {runId}-{key} {Text(payload)}"),
                () => host.Run(child, $"{runId}-{key}", payload, cancel)));
        }

        public async Task Checkpoint(Progress progress) =>
            await Schedule("checkpoint " + Text(CanonicalJson.ToElement(progress)), () => Task.FromResult(CanonicalJson.ToElement(0)));

        public override void Post(SendOrPostCallback d, object? state)
        {
            lock (queue)
                queue.Enqueue((d, state));
        }

        private static string Text(JsonElement payload) => Encoding.UTF8.GetString(CanonicalJson.Serialize(payload));

        private Task<JsonElement> Schedule(string what, Func<Task<JsonElement>> execute)
        {
            if (Current != this)
                throw Diverged($"Called off the workflow's own thread: '{what}'.");
            if (schedule.Count < before.Count && before[schedule.Count] != what)
                throw Diverged($"Called '{what}' where '{before[schedule.Count]}' was called before.");
            schedule.Add(what);
            var source = new TaskCompletionSource<JsonElement>();
            calls.Add((source, execute));
            return source.Task;
        }

        // The body may catch it, or leave it in a task that nobody awaits: it is thrown outside of the body as well.
        private ReplayDivergedException Diverged(string message) => divergence ??= new ReplayDivergedException(message);

        private void ThrowIfDiverged()
        {
            if (divergence is not null)
                throw divergence;
        }

        private void Drain()
        {
            var outer = Current;
            SetSynchronizationContext(this);
            try
            {
                while (true)
                {
                    (SendOrPostCallback Callback, object? State) work;
                    lock (queue)
                    {
                        if (!queue.TryDequeue(out work))
                            return;
                    }
                    work.Callback(work.State);
                }
            }
            finally
            {
                SetSynchronizationContext(outer);
            }
        }
    }

    private Task<JsonElement> RunnerOf(StepCall call, CancellationToken cancel) => runner.Run(call, cancel);
}
