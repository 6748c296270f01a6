using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Workflows;
using RadiogenomicsCloud.Service.Revalidation;

namespace RadiogenomicsCloud.Service.Workflows;

/// <param name="JobId">The id of the job, which is this workflow's own.</param>
public sealed record RevalidationInput(string JobId, string Model, int Version, SurveillanceInput Surveillance);

/// <summary>One look at a locked model on the cases that are new since the last: compare, publish, enter.</summary>
public static class RevalidationWorkflow
{
    public static readonly Workflow<RevalidationInput, LookRecord> Definition = new("revalidation", 1, Body);

    private static async Task<LookRecord> Body(IWorkflow run, RevalidationInput input)
    {
        try
        {
            var survey = await run.Run(SurveillanceWorkflow.Definition, "survey", input.Surveillance);
            return (await run.Run(RecordLookStep.Definition, new(input.JobId, input.Model, input.Version, survey))).Require();
        }
        catch (RadiogenomicsException problem) when (problem is BadInputException or StudyFailedException)
        {
            (await run.Run(FailLookStep.Definition, new(input.JobId, problem.ToFailure()))).Require();
            throw;
        }
    }
}
