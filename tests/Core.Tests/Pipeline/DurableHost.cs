using System.Text.Json;
using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Core.Tests.Pipeline;

/// <summary>How many completions an orchestrator finds when it wakes: it is woken by one, and takes what else has come by then.</summary>
internal enum DurableEpisodes
{
    /// <summary>One at a time: the most events that a history can have.</summary>
    OneCompletion,

    /// <summary>All calls that were open: the fewest.</summary>
    AllCompletions,
}

/// <summary>
/// Runs workflows and counts the history of every instance as Durable Functions would keep it. A child runs to its end before the next call
/// of its parent does, so that no more instances are in memory than workflows are nested; a history depends on the order of its own calls
/// alone, not on what other instances do meanwhile.
/// <para>
/// Durable Task runs a body again in every episode. Here one goes on, because all runs of a deterministic body make the same calls, and to
/// run one of n events n times would cost n². That the body is deterministic is shown by running it again over the history at each of
/// the first events and over all of it at the end; <see cref="ReplayHost"/> does so at every event of small cohorts.
/// </para>
/// </summary>
/// <param name="runner">Runs the steps; a <see cref="TransientException"/> is tried again after a timer.</param>
/// <param name="pick">Of that many open calls, which one ends next.</param>
/// <param name="attempts">Of a step, the first one included.</param>
internal sealed class DurableHost(IStepRunner runner, DurableEpisodes episodes, Func<int, int> pick, int attempts = 4) : IReplayCalls
{
    private const int ReplayFirst = 3;
    private readonly Stack<DurableHistory> running = new();
    private readonly List<DurableHistory> ended = [];

    /// <summary>Of every instance that ended, children before parents.</summary>
    public IReadOnlyList<DurableHistory> Histories => ended;

    public async Task<TOut> Run<TIn, TOut>(Workflow<TIn, TOut> workflow, string instanceId, TIn input, CancellationToken cancel) =>
        CanonicalJson.FromElement<TOut>(await ((IReplayCalls)this).Child(workflow, instanceId, CanonicalJson.ToElement(input), cancel));

    async Task<JsonElement> IReplayCalls.Child<TIn, TOut>(Workflow<TIn, TOut> child, string runId, JsonElement input, CancellationToken cancel)
    {
        var history = new DurableHistory(runId, child.Name);
        running.Push(history);
        try
        {
            var output = await Run(child, history, input, cancel);
            history.ExecutionCompleted(output);
            return output;
        }
        catch (RadiogenomicsException trouble)
        {
            history.ExecutionFailed(trouble);
            throw;
        }
        finally
        {
            history.EpisodeEnds();
            ended.Add(running.Pop());
        }
    }

    async Task<JsonElement> IReplayCalls.Step(StepCall call, CancellationToken cancel)
    {
        var history = running.Peek();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await runner.Run(call, cancel);
            }
            catch (TransientException trouble) when (attempt < attempts)
            {
                NextEpisode(history);
                history.TaskFailed(trouble);
                history.TimerCreated();
                NextEpisode(history);
                history.TimerFired();
                history.TaskScheduled(call.Name, call.Input);
            }
        }
    }

    /// <summary>Progress is the instance's custom status, no event; a new stage asks an activity whether the run was cancelled.</summary>
    bool IReplayCalls.IsFree(string? stageBefore, Progress progress) => progress.Stage == stageBefore;

    private static void NextEpisode(DurableHistory history)
    {
        history.EpisodeEnds();
        history.EpisodeStarts();
    }

    private static void Schedule(DurableHistory history, ReplayCall call)
    {
        if (call.Kind == ReplayCallKind.Child)
            history.ChildCreated(call.Name, call.Input);
        else
            history.TaskScheduled(call.Name, call.Input);
    }

    private async Task<JsonElement> Run<TIn, TOut>(Workflow<TIn, TOut> workflow, DurableHistory history, JsonElement input, CancellationToken cancel)
    {
        var past = new List<(int Call, JsonElement? Result, Exception? Trouble)>();
        var live = new WorkflowReplay(this, history.InstanceId, [], cancel);
        history.EpisodeStarts();
        history.ExecutionStarted(input);
        var body = live.Start(workflow, input);
        for (var scheduled = 0; ;)
        {
            for (; scheduled < live.Calls.Count; scheduled++)
                Schedule(history, live.Calls[scheduled]);
            if (body.IsCompleted || past.Count < ReplayFirst)
                Replay(workflow, history.InstanceId, input, past, live.EndOfReplay(), cancel);
            if (body.IsCompleted)
                return Payload.Guard(CanonicalJson.ToElement(await body), $"output of workflow '{workflow.Name}'");

            var open = live.OpenCalls();
            if (open.Count == 0)
                throw new ReplayDivergedException($"'{workflow.Name}' waits for something that is not its IWorkflow's.");
            var first = past.Count;
            foreach (var call in episodes == DurableEpisodes.AllCompletions ? open : [open[pick(open.Count)]])
                past.Add(await Execute(live.Calls[call], call));
            NextEpisode(history);
            foreach (var (call, result, trouble) in past.Skip(first))
            {
                Complete(history, live.Calls[call], result, trouble);
                live.Complete(call, result, trouble);
            }
        }
    }

    private static async Task<(int Call, JsonElement? Result, Exception? Trouble)> Execute(ReplayCall call, int index)
    {
        try
        {
            return (index, await call.Execute(), null);
        }
        catch (RadiogenomicsException trouble)
        {
            return (index, null, trouble);
        }
    }

    private static void Complete(DurableHistory history, ReplayCall call, JsonElement? result, Exception? trouble)
    {
        if (call.Kind == ReplayCallKind.Child && trouble is null)
            history.ChildCompleted(result!.Value);
        else if (call.Kind == ReplayCallKind.Child)
            history.ChildFailed(trouble!);
        else if (trouble is null)
            history.TaskCompleted(result!.Value);
        else
            history.TaskFailed(trouble);
    }

    /// <summary>Runs the body again over what has happened so far.</summary>
    private void Replay<TIn, TOut>(
        Workflow<TIn, TOut> workflow, string instanceId, JsonElement input,
        List<(int Call, JsonElement? Result, Exception? Trouble)> past, List<string> schedule, CancellationToken cancel)
    {
        var replay = new WorkflowReplay(this, instanceId, schedule, cancel);
        _ = replay.Start(workflow, input);
        foreach (var (call, result, trouble) in past)
            replay.Complete(call, result, trouble);
        if (replay.EndOfReplay().Count != schedule.Count)
            throw new ReplayDivergedException($"'{workflow.Name}' called more than before.");
    }
}
