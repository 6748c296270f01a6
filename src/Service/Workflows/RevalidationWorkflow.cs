using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Workflows;
using RadiogenomicsCloud.Service.Jobs;
using RadiogenomicsCloud.Service.Revalidation;

namespace RadiogenomicsCloud.Service.Workflows;

/// <param name="JobId">The id of the job, which is this workflow's own.</param>
/// <param name="CohortRun">The run of the cohort as it is now.</param>
public sealed record RevalidationInput(string JobId, string Model, int Version, string CohortRun, SurveillanceInput Surveillance);

/// <summary>One look at a locked model on the cases that are new since the last: compare, publish, enter.</summary>
public static class RevalidationWorkflow
{
    public static readonly Workflow<RevalidationInput, LookRecord> Definition = new("revalidation", 1, Body);

    private static async Task<LookRecord> Body(IWorkflow run, RevalidationInput input)
    {
        try
        {
            var survey = await run.Run(SurveillanceWorkflow.Definition, "survey", input.Surveillance);
            var look = (await run.Run(RecordLookStep.Definition, new(input.JobId, input.Model, input.Version, input.CohortRun, survey))).Require();
            (await run.Run(RecordEndStep.Definition, new(input.JobId, JobState.Completed, look.ResultsPrefix))).Require();
            return look;
        }
        catch (RadiogenomicsException problem) when (problem is (BadInputException or StudyFailedException) and not { Code: CohortFile.ChangedCode })
        {
            (await run.Run(RecordEndStep.Definition, new(input.JobId, JobState.Failed, Problem: problem.ToFailure()))).Require();
            throw;
        }
    }
}
