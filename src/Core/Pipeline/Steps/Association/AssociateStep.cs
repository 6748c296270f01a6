using RadiogenomicsCloud.Association;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Pipeline.Steps.Association;

/// <param name="Map">A <see cref="MapTableDocument"/>.</param>
/// <param name="Settings">The statistics.</param>
public sealed record AssociateInput(ArtifactRef Map, AssociationSettings Settings);

/// <summary>Every imaging feature against every molecular feature. Its output is an <see cref="AssociationDocument"/>.</summary>
/// <param name="workers">Threads; the result is the same with any number.</param>
public sealed class AssociateStep(int workers) : IStepHandler<AssociateInput, ArtifactRef>
{
    public static readonly Step<AssociateInput, ArtifactRef> Definition = new("associate", 1);

    public Step<AssociateInput, ArtifactRef> Step => Definition;

    public async Task<Outcome<ArtifactRef>> Run(AssociateInput input, StepContext context, CancellationToken cancel)
    {
        var map = await context.Artifacts.GetJson<MapTableDocument>(input.Map, cancel);
        CaseTable table;
        await using (var stream = await context.Artifacts.OpenRequired(map.Table, cancel))
            table = CaseTableSerializer.Read(stream);
        var document = AssociationMap.Make(
            MapTableDocument.Block(table, map.Imaging), MapTableDocument.Block(table, map.Molecular),
            map.Covariates.Count == 0 ? null : MapTableDocument.Block(table, map.Covariates), map.Sets, input.Settings, workers, cancel);
        return Outcome.Of(await context.Artifacts.PutJson(document with { Notes = [.. map.Notes, .. document.Notes] }, cancel));
    }
}
