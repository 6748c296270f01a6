using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Pipeline.Steps.Association;
using RadiogenomicsCloud.Pipeline.Steps.Results;

namespace RadiogenomicsCloud.Pipeline.Workflows;

/// <param name="RunId">Of the run, as <see cref="RunIdentity"/> gives it: not the workflow's own instance, which is another where this workflow is a child.</param>
/// <param name="Study">The <see cref="Study"/>.</param>
/// <param name="Version">Of the product.</param>
public sealed record AssociateRunInput(string RunId, CohortTableInput Cohort, ArtifactRef Study, string Version, MapRequest Map);

/// <summary>From a cohort to the map between image and molecule, without an endpoint and without a model.</summary>
public static class AssociateWorkflow
{
    /// <summary>Returns the files of the run's folder.</summary>
    public static readonly Workflow<AssociateRunInput, RunFileList> Definition = new("associate", 1, Body);

    private static async Task<RunFileList> Body(IWorkflow run, AssociateRunInput input)
    {
        var certificate = (await run.Run(CertifyStep.Definition, new(input.Version))).Require();
        var images = await CohortTable.Images(run, input.Cohort);
        var (assembled, map) = await CohortMap.Make(run, input.Cohort, images, input.Map);
        await run.Checkpoint(new("report", 0, 1));
        var files = (await run.Run(MapResultsStep.Definition, new(
            input.Cohort.Snapshot, input.Cohort.Content, input.RunId, input.Version, input.Study, assembled, map, certificate))).Require();
        await run.Checkpoint(new("report", 1, 1));
        return files;
    }
}
