using System.Text.Json;
using Microsoft.DurableTask;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Jobs;

namespace RadiogenomicsCloud.Functions.Durable;

/// <summary>
/// A workflow's view of a durable orchestration. Steps are calls of one activity, children sub-orchestrations of the same orchestrator.
/// Everything here is replayed: it reads nothing but its arguments and what the context gives.
/// </summary>
internal sealed class DurableWorkflow(TaskOrchestrationContext context, WorkflowCall call) : IWorkflow
{
    /// <summary>Names of the orchestrator and the activity function.</summary>
    public const string Orchestrator = "Workflow";

    public const string Activity = "Step";

    /// <summary>The first attempt included; with <see cref="FirstDelay"/> doubled before each further one, two and a half minutes.</summary>
    public const int Attempts = 6;

    public static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(5);

    private string? stage;

    public string RunId => context.InstanceId;

    public async Task<Outcome<TOut>> Run<TIn, TOut>(Step<TIn, TOut> step, TIn input)
    {
        var payload = Payload.Guard(CanonicalJson.ToElement(input), $"input of step '{step.Name}'");
        return CanonicalJson.FromElement<Outcome<TOut>>(await RunStep(new StepCall(step.Name, step.Version, payload)));
    }

    public async Task<TOut> Run<TIn, TOut>(Workflow<TIn, TOut> child, string key, TIn input)
    {
        var payload = Payload.Guard(CanonicalJson.ToElement(input), $"input of workflow '{child.Name}'");
        var reply = await context.CallSubOrchestratorAsync<WorkflowReply>(
            Orchestrator, call with { Name = child.Name, Version = child.Version, Input = payload }, new SubOrchestrationOptions(instanceId: $"{RunId}-{key}"));
        if (reply.Trouble is { } trouble)
            throw trouble.ToException();
        return reply.Output is { } output ? CanonicalJson.FromElement<TOut>(output) : throw Cancelled();
    }

    /// <summary>
    /// Sets the custom status, which costs no event of its own. Only where the stage is another than before, the job's record is asked, by a
    /// step, whether the job is to stop: two or three events a stage.
    /// </summary>
    public async Task Checkpoint(Progress progress)
    {
        context.SetCustomStatus(progress);
        if (progress.Stage == stage)
            return;
        stage = progress.Stage;
        if ((await Run(LookAtJobStep.Definition, new(call.JobId, progress))).Require().Stop)
            throw Cancelled();
    }

    /// <summary>
    /// Whatever a step throws comes back as data, and a timer of the context makes the delay before transient trouble is met again. Durable's
    /// own retry would have to tell a transient failure by the name of a type, and what the host hands over as that differs between versions
    /// of host, extension and worker. An activity that fails without a reply did not get to say anything, because its process was killed, ran
    /// out of memory or out of time: that is transient, too.
    /// </summary>
    private async Task<JsonElement> RunStep(StepCall step)
    {
        var delay = FirstDelay;
        for (var attempt = 1; ; attempt++)
        {
            var reply = await Ask(step);
            if (reply.Outcome is { } outcome)
                return outcome;
            var trouble = reply.Trouble ?? throw new InvalidOperationException($"Step '{step.Name}' gave neither an outcome nor a reason.");
            if (trouble.Kind != TroubleKind.Transient || attempt >= Attempts)
                throw trouble.ToException();
            await context.CreateTimer(delay, CancellationToken.None);
            delay *= 2;
        }
    }

    private async Task<StepReply> Ask(StepCall step)
    {
        try
        {
            return await context.CallActivityAsync<StepReply>(Activity, new StepInvocation(call.JobId, call.Place, step));
        }
        catch (TaskFailedException)
        {
            return new(Trouble: new(TroubleKind.Transient, new("step.lost", $"The process that did the step '{step.Name}' was lost.", null)));
        }
    }

    private OperationCanceledException Cancelled() => new($"Job '{call.JobId}' was cancelled.");
}
