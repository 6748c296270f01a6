using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Service.Jobs;

namespace RadiogenomicsCloud.Functions.Durable;

/// <summary>The one orchestrator: runs the workflow that its input names.</summary>
/// <remarks>
/// The root of a job also sees to it that the register knows how the job ended. An instance of a job has the status Completed if and only if
/// the job is done; one that failed, was cancelled or met trouble is Failed, so that the same id can be started again.
/// </remarks>
internal sealed class WorkflowFunction(WorkflowCatalogue workflows)
{
    /// <exception cref="InvalidOperationException">
    /// The catalogue has no such workflow: another version of the product began it. Nothing is replayed into it; the sweep starts the job
    /// again, and the new workflow finds the outcomes of the old one's steps.
    /// </exception>
    [Function(DurableWorkflow.Orchestrator)]
    public Task<WorkflowReply> Run([OrchestrationTrigger] TaskOrchestrationContext context, WorkflowCall call)
    {
        var workflow = workflows.Get(call.Name, call.Version);
        var run = new DurableWorkflow(context, call);
        return context.InstanceId == call.JobId ? RunJob(workflow, run, call) : RunBody(workflow, run, call.Input);
    }

    private static async Task<WorkflowReply> RunJob(Workflow<JsonElement, JsonElement> workflow, DurableWorkflow run, WorkflowCall call)
    {
        var (reply, problem) = (new WorkflowReply(), (Failure?)null);
        try
        {
            reply = await RunBody(workflow, run, call.Input);
            problem = reply.Trouble?.Failure;
        }
        catch (Exception bug)
        {
            // In the workflow, in a step, or in a child, whose instance has failed with it.
            problem = Trouble.OfBug(bug).Failure;
        }
        var end = reply switch
        {
            { Output: not null } => WorkflowEnd.Returned,
            { Stopped: true } => WorkflowEnd.Cancelled,
            { Trouble.Kind: TroubleKind.Deterministic } => WorkflowEnd.Failed,
            _ => WorkflowEnd.Troubled,
        };
        var state = (await run.Run(EndJobStep.Definition, new(call.JobId, end, problem))).Require();
        return end == WorkflowEnd.Returned ? reply : throw new JobEndedException($"Job '{call.JobId}' is {state}: {problem?.Message ?? "it was cancelled."}");
    }

    private static async Task<WorkflowReply> RunBody(Workflow<JsonElement, JsonElement> workflow, DurableWorkflow run, JsonElement input)
    {
        try
        {
            return new(Output: await workflow.Body(run, input));
        }
        catch (OperationCanceledException)
        {
            return new(Stopped: true);
        }
        catch (RadiogenomicsException exception)
        {
            return new(Trouble: Trouble.Of(exception));
        }
    }
}
