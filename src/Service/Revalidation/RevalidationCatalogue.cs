using Microsoft.Extensions.Logging;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Service.Ports;
using RadiogenomicsCloud.Service.Workflows;

namespace RadiogenomicsCloud.Service.Revalidation;

/// <summary>The steps and workflows of the re-validation, for a host's catalogues.</summary>
public static class RevalidationCatalogue
{
    public static StepCatalogue AddRevalidation(this StepCatalogue steps, IServiceStorage storage, LookBook looks, ILoggerFactory logging)
    {
        ArgumentNullException.ThrowIfNull(steps);
        return steps.Add(new RecordLookStep(storage, looks, logging.CreateLogger<RecordLookStep>()));
    }

    public static WorkflowCatalogue AddRevalidation(this WorkflowCatalogue workflows)
    {
        ArgumentNullException.ThrowIfNull(workflows);
        return workflows.Add(RevalidationWorkflow.Definition);
    }
}
