using RadiogenomicsCloud.Association;
using RadiogenomicsCloud.Pipeline.Steps.Association;

namespace RadiogenomicsCloud.Pipeline.Workflows;

/// <param name="Table">A <see cref="MapTableSettings"/>.</param>
/// <param name="Settings">The statistics.</param>
public sealed record MapRequest(ArtifactRef Table, AssociationSettings Settings);

/// <summary>The map between image and molecule, part of the workflows that make one.</summary>
internal static class CohortMap
{
    /// <param name="images">Of <see cref="CohortTable.Images"/>.</param>
    public static async Task<(AssembleMapOutput Assembled, ArtifactRef Map)> Make(IWorkflow run, CohortTableInput cohort, ArtifactRef? images, MapRequest request)
    {
        await run.Checkpoint(new("association", 0, 2));
        var assembled = (await run.Run(AssembleMapStep.Definition, new(cohort.Snapshot, cohort.Content, images, request.Table, request.Settings.FewestCases))).Require();
        await run.Checkpoint(new("association", 1, 2));
        var map = (await run.Run(AssociateStep.Definition, new(assembled.Map, request.Settings))).Require();
        await run.Checkpoint(new("association", 2, 2));
        return (assembled, map);
    }
}
