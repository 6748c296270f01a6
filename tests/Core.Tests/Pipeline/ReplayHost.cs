using System.Text.Json;
using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Core.Tests.Pipeline;

/// <summary>
/// Runs a workflow as a durable host does, at its worst: after every event the body is thrown away and run again from its start over the
/// history so far. It must make the same calls (steps with their inputs, children with their keys, checkpoints) in the same order.
/// </summary>
/// <param name="runner">Runs the steps.</param>
/// <param name="pick">Chooses which of the open calls ends next, given how many there are: the order in which steps end is not ours.</param>
internal sealed class ReplayHost(IStepRunner runner, Func<int, int> pick) : IReplayCalls
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
            var replay = new WorkflowReplay(this, runId, schedule, cancel);
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
                history.Add((next, await replay.Calls[next].Execute(), null));
            }
            catch (RadiogenomicsException trouble)
            {
                history.Add((next, null, trouble));
            }
        }
    }

    Task<JsonElement> IReplayCalls.Step(StepCall call, CancellationToken cancel) => runner.Run(call, cancel);

    Task<JsonElement> IReplayCalls.Child<TIn, TOut>(Workflow<TIn, TOut> child, string runId, JsonElement input, CancellationToken cancel) =>
        Run(child, runId, input, cancel);

    /// <summary>Every checkpoint is an event here: a body is interrupted there too.</summary>
    bool IReplayCalls.IsFree(string? stageBefore, Progress progress) => false;
}
