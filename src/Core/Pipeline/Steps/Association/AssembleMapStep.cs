using RadiogenomicsCloud.Pipeline.Steps.Assembly;
using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Pipeline.Steps.Association;

/// <param name="Content">Hash over the paths and contents of the cohort, as in the inventory.</param>
/// <param name="Images">An <see cref="ImageResults"/> of all cases; null where the study has no images.</param>
/// <param name="Settings">A <see cref="MapTableSettings"/>.</param>
/// <param name="FewestCases">With fewer there is no map.</param>
public sealed record AssembleMapInput([property: NotInKey] ArtifactRef Snapshot, string Content, ArtifactRef? Images, ArtifactRef Settings, int FewestCases);

/// <param name="Map">A <see cref="MapTableDocument"/>.</param>
/// <param name="Table">Its table: named here as well, so that its loss is seen.</param>
/// <param name="Cases">A <see cref="CaseList"/> of what became of each case in the map.</param>
/// <param name="Previews">A <see cref="PreviewList"/>.</param>
public sealed record AssembleMapOutput(ArtifactRef Map, ArtifactRef Table, ArtifactRef Cases, ArtifactRef Previews, int Mapped);

/// <summary>
/// Puts image and molecule side by side: every case that has both and everything that is adjusted for, one a patient, whether or not it
/// has an endpoint.
/// </summary>
public sealed class AssembleMapStep(SnapshotReader snapshots) : IStepHandler<AssembleMapInput, AssembleMapOutput>
{
    public static readonly Step<AssembleMapInput, AssembleMapOutput> Definition = new("assemble-map", 1);

    public Step<AssembleMapInput, AssembleMapOutput> Step => Definition;

    public async Task<Outcome<AssembleMapOutput>> Run(AssembleMapInput input, StepContext context, CancellationToken cancel)
    {
        var settings = await context.Artifacts.GetJson<MapTableSettings>(input.Settings, cancel);
        var snapshot = await snapshots.Get(context, input.Snapshot, cancel);
        var cases = await CohortCases.Read(snapshot, settings.Assembly.Columns, context.Cohort, cancel);
        var images = input.Images is { } reference ? await context.Artifacts.GetJson<ImageResults>(reference, cancel) : new([]);
        var (documents, previews) = await AssembleStep.Load(images, context, cancel);
        var sources = await CohortSources.Read(settings.Assembly, snapshot, cases, documents, images, context.Cohort, cancel);
        _ = CohortSources.Join(sources);

        List<MapColumn> covariates = [.. settings.Adjust.Select(name => MapColumns.Covariate(name, sources, cases, settings.Assembly))];
        var records = new MapCases(settings, cases, sources, covariates, documents).Records();
        List<int> rows = [.. records.Select((r, row) => (r, row)).Where(x => x.r.Status == CaseStatus.Analysed).Select(x => x.row)];
        if (rows.Count < input.FewestCases)
        {
            throw new StudyFailedException(
                "map.too-few-cases",
                $"Only {rows.Count} cases have both an imaging and a molecular side; at least {input.FewestCases} are needed. {Sentences.Lost(records)}");
        }

        // A feature that every pair is adjusted for goes with nothing once it is.
        var adjusted = settings.Adjust.ToHashSet(StringComparer.Ordinal);
        List<MapColumn> Side(IReadOnlyList<string> names) =>
            [.. names.SelectMany(name => MapColumns.Of(sources.First(s => s.Name == name))).Where(c => !adjusted.Contains(c.Feature.Name))];
        var (imaging, molecular) = (Side(settings.Imaging), Side(settings.Molecular));
        var table = new CaseTable(cases.CaseIds, [.. imaging.Concat(molecular).Concat(covariates).Select(c => new NumericColumn(c.Feature.Name, c.Values))])
            .SelectRows(rows.ToArray());
        var map = new MapTableDocument(
            await context.Artifacts.Put(stream => CaseTableSerializer.Write(stream, table), cancel),
            [.. imaging.Select(c => c.Feature)], [.. molecular.Select(c => c.Feature)], [.. covariates.Select(c => c.Feature)],
            Sentences.Lost(records) is { Length: > 0 } lost ? [lost] : [])
        {
            Sets = await MapGeneSets.Read(settings.GeneSets, settings.Molecular, sources, snapshot, context.Cohort, cancel),
        };
        return Outcome.Of(new AssembleMapOutput(
            await context.Artifacts.PutJson(map, cancel), map.Table,
            await context.Artifacts.PutJson(new CaseList(records, [.. cases.Notes, .. sources.SelectMany(s => s.Notes)]), cancel),
            await context.Artifacts.PutJson(new PreviewList(previews), cancel), rows.Count));
    }
}
