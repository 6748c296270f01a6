using System.Diagnostics.CodeAnalysis;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using RadiogenomicsCloud.Service.Hosting;

namespace RadiogenomicsCloud.Functions.Durable;

/// <summary>The one activity: runs the step that its input names, wherever the catalogue has it from.</summary>
internal sealed partial class StepFunction(ServiceRuntime runtime, ILogger<StepFunction> logger)
{
    /// <summary>Whatever is thrown is data of the reply, so that an activity that fails is one whose process was lost.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "What is not ours is a bug, told by the reply and the log.")]
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
        catch (Exception bug)
        {
            LogBug(step.Call.Name, step.JobId, bug);
            return new(Trouble: Trouble.OfBug(bug));
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Step {Step} of job {Job} met an error of the service.")]
    private partial void LogBug(string step, string job, Exception exception);
}
