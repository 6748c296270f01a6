using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Pipeline.Workflows;
using RadiogenomicsCloud.Service.Exchanges;
using RadiogenomicsCloud.Service.Intake;
using RadiogenomicsCloud.Service.Jobs;
using RadiogenomicsCloud.Service.Models;
using RadiogenomicsCloud.Service.Revalidation;
using RadiogenomicsCloud.Service.Workflows;

namespace RadiogenomicsCloud.Service.Hosting;

/// <summary>All steps and workflows of the service. A new one is added here and nowhere else.</summary>
public static class ServiceCatalogue
{
    /// <summary>The steps of the pipeline, and those of the service.</summary>
    public static StepCatalogue Steps(ServiceParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var (storage, settings, time) = (parts.Storage, parts.Settings, parts.Time);
        return CohortSteps.Catalogue()
            .AddIntake(storage, parts.Jobs)
            .Add(new LookAtJobStep(parts.Jobs))
            .Add(new EndJobStep(parts.Jobs))
            .Add(new RegisterModelStep(parts.Models))
            .AddRevalidation(storage, parts.Looks, parts.Logging)
            .Add(new RecordIntakeStep(storage, time))
            .Add(new PrepareScoringStep(storage.Records, parts.Models, time, settings.Version))
            .Add(new ReleaseStep(storage, parts.Models, settings.Exchanges, time))
            .Add(new FailExchangeStep(storage, time));
    }

    /// <summary>Root workflows of jobs, and their children: a durable host starts both by name.</summary>
    public static WorkflowCatalogue Workflows() => new WorkflowCatalogue()
        .Add(CohortRunWorkflow.Definition)
        .Add(ExternalValidationWorkflow.Definition)
        .Add(ProcedureWorkflow.Definition)
        .Add(ShardWorkflow.Definition)
        .Add(ShardGroupWorkflow.Definition)
        .Add(SurveillanceWorkflow.Definition)
        .AddIntake()
        .AddRevalidation()
        .Add(ExchangeIntakeWorkflow.Definition)
        .Add(ExchangeScoringWorkflow.Definition);
}
