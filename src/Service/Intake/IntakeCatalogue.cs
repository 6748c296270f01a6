using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Service.Jobs;
using RadiogenomicsCloud.Service.Ports;
using RadiogenomicsCloud.Service.Publishing;
using RadiogenomicsCloud.Service.Workflows;

namespace RadiogenomicsCloud.Service.Intake;

/// <summary>The steps and workflows of the intake and of a cohort's job, for a host's catalogues.</summary>
public static class IntakeCatalogue
{
    public static StepCatalogue AddIntake(this StepCatalogue steps, IServiceStorage storage, JobRegister jobs)
    {
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(storage);
        return steps
            .Add(new OpenCohortStep(storage.Files))
            .Add(new OpenIntakePartStep())
            .Add(new CheckCaseStep())
            .Add(new JoinCheckedStep())
            .Add(new AdmitStep())
            .Add(new PrepareRunStep())
            .Add(new RecordAdmissionStep(jobs))
            .Add(new RecordEndStep(jobs))
            .Add(new PublishResultsStep(storage.Files));
    }

    public static WorkflowCatalogue AddIntake(this WorkflowCatalogue workflows)
    {
        ArgumentNullException.ThrowIfNull(workflows);
        return workflows.Add(CohortJobWorkflow.Definition).Add(IntakeGroupWorkflow.Definition).Add(IntakeShardWorkflow.Definition);
    }
}
