using RadiogenomicsCloud.Imaging.Archives;
using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Pipeline.Steps.Assembly;

namespace RadiogenomicsCloud.Pipeline.Workflows;

/// <param name="Snapshot">A <see cref="CohortSnapshot"/>.</param>
/// <param name="Content">See <see cref="RunIdentity.CohortHash(CohortSnapshot)"/>.</param>
/// <param name="Name">Names the cohort in the identities of rows: the study's name.</param>
/// <param name="Settings">An <see cref="AssemblySettings"/>.</param>
/// <param name="FewestOfAClass">With fewer cases of either class the study cannot be done.</param>
public sealed record CohortTableInput(
    ArtifactRef Snapshot, string Content, string Name, ArtifactRef Settings, IReadOnlyList<ImagingEntry> Images, int FewestOfAClass,
    ArchiveLimits? ArchiveLimits = null);

/// <summary>The first half of every job, part of its workflow: inventory, images in shards, one table.</summary>
internal static class CohortTable
{
    public static async Task<AssembleOutput> Make(IWorkflow run, CohortTableInput input) => await Assemble(run, input, await Images(run, input));

    /// <summary>The cases and what is taken of their images; null where the study has none.</summary>
    public static async Task<ArtifactRef?> Images(IWorkflow run, CohortTableInput input)
    {
        await run.Checkpoint(new("inventory", 0, 1));
        var casesPerPart = ShardLayout.Of(input.Images).CasesPerPart;
        var inventory = (await run.Run(InventoryStep.Definition, new(input.Snapshot, input.Content, input.Settings, casesPerPart, input.FewestOfAClass))).Require();
        await run.Checkpoint(new("inventory", 1, 1));
        var images = input.Images.Count == 0 ? null : await ShardGroupWorkflow.Fan(run, new(
            input.Snapshot, inventory.Parts, 0, inventory.PartCount, inventory.CasesWithImages, input.Images, input.ArchiveLimits));
        return images?.Results;
    }

    public static async Task<AssembleOutput> Assemble(IWorkflow run, CohortTableInput input, ArtifactRef? images) =>
        (await run.Run(AssembleStep.Definition, new(input.Snapshot, input.Content, images, input.Name, input.Settings, input.FewestOfAClass))).Require();
}
