using Microsoft.Azure.Functions.Worker;
using RadiogenomicsCloud.Service.Hosting;

namespace RadiogenomicsCloud.Functions.Durable;

/// <summary>The one activity: runs the step that its input names, wherever the catalogue has it from.</summary>
internal sealed class StepFunction(ServiceRuntime runtime)
{
    /// <summary>Our exceptions are data of the reply; any other is a bug, fails the activity, and is in the log of the host.</summary>
    [Function(DurableWorkflow.Activity)]
    public async Task<StepReply> Run([ActivityTrigger] StepInvocation step, CancellationToken cancel)
    {
        try
        {
            return new(Outcome: await runtime.RunnerFor(step.JobId, step.Place).Run(step.Call, cancel));
        }
        catch (RadiogenomicsException exception)
        {
            return new(Trouble: Trouble.Of(exception));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return new(Trouble: new(TroubleKind.Transient, new("service.stopping", "The host was told to stop while the step was running.", null)));
        }
    }
}
