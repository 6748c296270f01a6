using System.Text;
using System.Text.Json;
using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Core.Tests.Pipeline;

/// <summary>A workflow body did other than before on the same history, or waited for something that no history holds.</summary>
internal sealed class ReplayDivergedException(string message) : Exception(message);

internal enum ReplayCallKind
{
    Step,
    Child,
    Checkpoint,
}

/// <summary>A call of a body.</summary>
/// <param name="Name">Of the step; of a child, the instance.</param>
internal sealed record ReplayCall(
    ReplayCallKind Kind, string Name, JsonElement Input, TaskCompletionSource<JsonElement> Source, Func<Task<JsonElement>> Execute);

/// <summary>What a host does for the bodies that it runs.</summary>
internal interface IReplayCalls
{
    Task<JsonElement> Step(StepCall call, CancellationToken cancel);

    Task<JsonElement> Child<TIn, TOut>(Workflow<TIn, TOut> child, string runId, JsonElement input, CancellationToken cancel);

    /// <summary>Whether a checkpoint leaves nothing in the history.</summary>
    /// <param name="stageBefore">Of the instance's last checkpoint.</param>
    bool IsFree(string? stageBefore, Progress progress);
}

/// <summary>One run of a body over a history.</summary>
internal sealed class WorkflowReplay(IReplayCalls host, string runId, IReadOnlyList<string> before, CancellationToken cancel) : SynchronizationContext, IWorkflow
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> queue = new();
    private readonly List<string> schedule = [];
    private readonly List<ReplayCall> calls = [];
    private readonly HashSet<string> children = new(StringComparer.Ordinal);
    private string? stage;
    private volatile ReplayDivergedException? divergence;

    public string RunId => runId;

    /// <summary>What a host must answer, in the order in which it was called.</summary>
    public IReadOnlyList<ReplayCall> Calls => calls;

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
            throw new ReplayDivergedException($"The history ends call {call}, which was not made this time.");
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

    public async Task<Outcome<TOut>> Run<TIn, TOut>(Step<TIn, TOut> step, TIn input)
    {
        var payload = Payload.Guard(CanonicalJson.ToElement(input), $"input of step '{step.Name}'");
        return CanonicalJson.FromElement<Outcome<TOut>>(await Schedule(
            FormattableString.Invariant($"step {step.Name} {step.Version} {Text(payload)}"),
            ReplayCallKind.Step,
            step.Name,
            payload,
            () => host.Step(new StepCall(step.Name, step.Version, payload), cancel)));
    }

    public async Task<TOut> Run<TIn, TOut>(Workflow<TIn, TOut> child, string key, TIn input)
    {
        if (!children.Add(key))
            throw Diverged($"Two children of the key '{key}'.");
        var payload = Payload.Guard(CanonicalJson.ToElement(input), $"input of workflow '{child.Name}'");
        return CanonicalJson.FromElement<TOut>(await Schedule(
            FormattableString.Invariant($"workflow {child.Name} {child.Version} {runId}-{key} {Text(payload)}"),
            ReplayCallKind.Child,
            $"{runId}-{key}",
            payload,
            () => host.Child(child, $"{runId}-{key}", payload, cancel)));
    }

    public Task Checkpoint(Progress progress)
    {
        var payload = CanonicalJson.ToElement(progress);
        var what = "checkpoint " + Text(payload);
        var free = host.IsFree(stage, progress);
        stage = progress.Stage;
        if (!free)
            return Schedule(what, ReplayCallKind.Checkpoint, "checkpoint", payload, () => Task.FromResult(CanonicalJson.ToElement(0)));
        Require(what);
        return Task.CompletedTask;
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (queue)
            queue.Enqueue((d, state));
    }

    private static string Text(JsonElement payload) => Encoding.UTF8.GetString(CanonicalJson.Serialize(payload));

    private Task<JsonElement> Schedule(string what, ReplayCallKind kind, string name, JsonElement input, Func<Task<JsonElement>> execute)
    {
        Require(what);
        var source = new TaskCompletionSource<JsonElement>();
        calls.Add(new(kind, name, input, source, execute));
        return source.Task;
    }

    /// <summary>On the workflow's own thread, and what was called here before.</summary>
    private void Require(string what)
    {
        if (Current != this)
            throw Diverged($"Called off the workflow's own thread: '{what}'.");
        if (schedule.Count < before.Count && before[schedule.Count] != what)
            throw Diverged($"Called '{what}' where '{before[schedule.Count]}' was called before.");
        schedule.Add(what);
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
