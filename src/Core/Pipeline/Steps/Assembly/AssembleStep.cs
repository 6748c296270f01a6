using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Reporting.Previews;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Pipeline.Steps.Assembly;

/// <param name="Content">Hash over the paths and contents of the cohort, as in the inventory.</param>
/// <param name="Images">An <see cref="ImageResults"/> of all cases; null where the study has no images.</param>
/// <param name="Settings">An <see cref="AssemblySettings"/>; an artifact, because lists of genes may be long.</param>
/// <param name="Cohort">Names the cohort in the identities of rows.</param>
/// <param name="FewestOfAClass">With fewer cases of either class the study cannot be done.</param>
public sealed record AssembleInput(
    [property: NotInKey] ArtifactRef Snapshot, string Content, ArtifactRef? Images, string Cohort, ArtifactRef Settings, int FewestOfAClass);

/// <param name="Features">A <see cref="CaseTable"/> of every predictor of every case.</param>
/// <param name="Cases">A <see cref="CaseList"/>.</param>
/// <param name="Previews">A <see cref="PreviewList"/>.</param>
/// <param name="Analysis">An <see cref="AnalysisDocument"/>.</param>
/// <param name="Table">The table of the analysis: named here as well, so that its loss is seen.</param>
/// <param name="Events">Analysed cases with the event; null where the endpoint knows none.</param>
public sealed record AssembleOutput(
    ArtifactRef Features, ArtifactRef Cases, ArtifactRef Previews, ArtifactRef Analysis, ArtifactRef Table, int Analysed, int? Events);

/// <summary>Every case with what became of it, and findings about the cohort as a whole.</summary>
public sealed record CaseList(IReadOnlyList<CaseRecord> Cases, IReadOnlyList<string> Notes);

public sealed record PreviewList(IReadOnlyList<PreviewRecord> Previews);

/// <summary>Joins images, molecules and clinical columns to one table, decides which cases are analysed, and accounts for all.</summary>
public sealed class AssembleStep(SnapshotReader snapshots) : IStepHandler<AssembleInput, AssembleOutput>
{
    /// <summary>Where a quarantined case left the analysis.</summary>
    internal const string IntakeStage = "intake";

    public static readonly Step<AssembleInput, AssembleOutput> Definition = new("assemble", 2);

    public Step<AssembleInput, AssembleOutput> Step => Definition;

    public async Task<Outcome<AssembleOutput>> Run(AssembleInput input, StepContext context, CancellationToken cancel)
    {
        var settings = await context.Artifacts.GetJson<AssemblySettings>(input.Settings, cancel);
        var snapshot = await snapshots.Get(context, input.Snapshot, cancel);
        var cases = await CohortCases.Read(snapshot, settings.Columns, context.Cohort, cancel);
        var images = input.Images is { } reference ? await context.Artifacts.GetJson<ImageResults>(reference, cancel) : new([]);
        var (documents, previews) = await Load(images, context, cancel);

        var sources = await CohortSources.Read(settings, snapshot, cases, documents, images, context.Cohort, cancel);
        var predicted = cases.EndpointOf(settings.Columns.Endpoint, sources) ?? throw new InvalidOperationException("A table of an analysis needs an endpoint.");
        var table = CohortSources.Join(sources);
        var sets = settings.Compare.Select(set => new ModelledSet(set.Name, [.. CohortSources.Of(set, sources).SelectMany(s => s.ColumnNames)])).ToList();
        var records = Records(cases, predicted, settings, sources, documents);
        var analysed = records.Where(r => r.Status == CaseStatus.Analysed).Select(r => r.CaseId).ToList();
        var endpoint = EndpointDocument.Of(predicted, analysed);
        RequireEnough(endpoint, analysed, input.FewestOfAClass);

        List<string> modelled = [.. sets.SelectMany(s => s.Columns).Distinct(StringComparer.Ordinal)];
        var analysis = new AnalysisDocument(
            input.Cohort, [.. analysed.Select(id => cases.PatientOf(id, settings.Columns))], endpoint, sets,
            await Put(table.SelectCases(analysed).SelectColumns(modelled), context, cancel), CategoriesOf(sources, modelled),
            AttributesOf(analysed, cases, settings.Columns));
        return Outcome.Of(new AssembleOutput(
            await Put(table, context, cancel),
            await context.Artifacts.PutJson(new CaseList(records, [.. cases.Notes, .. sources.SelectMany(s => s.Notes)]), cancel),
            await context.Artifacts.PutJson(new PreviewList(previews), cancel),
            await context.Artifacts.PutJson(analysis, cancel),
            analysis.Table,
            analysed.Count, endpoint.Events?.Count(e => e)));
    }

    /// <summary>What was taken of the images, by case and imaging entry, and their pictures.</summary>
    internal static async Task<(Dictionary<(string Case, string Image), ImageFeaturesDocument> Documents, List<PreviewRecord> Previews)> Load(
        ImageResults images, StepContext context, CancellationToken cancel)
    {
        var documents = new Dictionary<(string Case, string Image), ImageFeaturesDocument>();
        var previews = new List<PreviewRecord>();
        foreach (var result in images.Results)
        {
            if (result.Output is not { } output)
                continue;
            var document = await context.Artifacts.GetJson<ImageFeaturesDocument>(output.Features, cancel);
            documents[(result.CaseId, result.Image)] = document;
            previews.Add(new(result.CaseId, result.Image, document.Modality, await context.Artifacts.GetJson<TumourPreview>(output.Preview, cancel)));
        }
        return (documents, previews);
    }

    private static Task<ArtifactRef> Put(CaseTable table, StepContext context, CancellationToken cancel) =>
        context.Artifacts.Put(stream => CaseTableSerializer.Write(stream, table), cancel);

    /// <summary>What becomes of every case, in the cohort's order.</summary>
    internal static List<CaseRecord> Records(
        CohortCases cases, EndpointColumn endpoint, AssemblySettings settings, List<PredictorSource> sources,
        Dictionary<(string Case, string Image), ImageFeaturesDocument> documents)
    {
        var compared = settings.Compare.SelectMany(set => CohortSources.Of(set, sources)).Distinct().ToList();
        return [.. cases.CaseIds.Select(id => Record(id, cases, endpoint, settings, compared, documents))];
    }

    private static CaseRecord Record(
        string id, CohortCases cases, EndpointColumn endpoint, AssemblySettings settings, List<PredictorSource> compared,
        Dictionary<(string Case, string Image), ImageFeaturesDocument> documents)
    {
        var warnings = settings.Images
            .Where(image => documents.ContainsKey((id, image)))
            .SelectMany(image => documents[(id, image)].Warnings.Select(w => $"{image}: {w}")).ToList();
        if (cases.ReasonByQuarantinedCase.TryGetValue(id, out var quarantine))
            return Lost(new(CaseStatus.Failed, IntakeStage, quarantine));
        // A failure of data is told before an exclusion by rule: it is the one that somebody can mend.
        var absences = compared.Where(s => s.Absent.ContainsKey(id)).Select(s => s.Absent[id]).OrderByDescending(a => a.Status).ToList();
        if (absences.Count > 0 && absences[0].Status == CaseStatus.Failed)
            return Lost(absences[0]);
        if (!cases.Clinical.ContainsCase(id))
            return Lost(new(CaseStatus.Excluded, "clinical table", $"{CohortCases.ClinicalFile} has no row for it."));
        if (endpoint.MissingCaseIds.Contains(id))
            return Lost(new(CaseStatus.Excluded, "endpoint", $"It has no value of {endpoint.Name}."));
        return absences.Count > 0
            ? Lost(absences[0])
            : new(id, cases.PatientOf(id, settings.Columns), cases.Cell(settings.Columns.Ids.Site, id), CaseStatus.Analysed, "", "", warnings);

        CaseRecord Lost(Absence absence) => new(
            id, cases.PatientOf(id, settings.Columns), cases.Cell(settings.Columns.Ids.Site, id), absence.Status, absence.Stage, absence.Reason, warnings);
    }

    private static SortedDictionary<string, Categories> CategoriesOf(List<PredictorSource> sources, List<string> columns)
    {
        var wanted = columns.ToHashSet(StringComparer.Ordinal);
        return new(
            sources.SelectMany(s => s.Categories).Where(c => wanted.Contains(c.Key)).ToDictionary(c => c.Key, c => c.Value, StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    private static SortedDictionary<string, IReadOnlyList<string?>> AttributesOf(List<string> analysed, CohortCases cases, CohortColumns columns)
    {
        var attributes = new SortedDictionary<string, IReadOnlyList<string?>>(StringComparer.Ordinal);
        foreach (var (name, column) in new[] { (RowAttributes.Site, columns.Ids.Site), (RowAttributes.Scanner, columns.Ids.Scanner), (RowAttributes.HoldOut, columns.HoldOut) })
        {
            if (column is not null)
                attributes[name] = [.. analysed.Select(id => cases.Cell(column, id))];
        }
        return attributes;
    }

    private static void RequireEnough(EndpointDocument endpoint, List<string> analysed, int fewest)
    {
        var groups = EndpointGroups.Of(endpoint, analysed);
        if (groups.Any(g => g.Patients < fewest))
        {
            throw new StudyFailedException(
                "study.too-few-cases",
                $"Only {analysed.Count} cases can be analysed, {EndpointGroups.Describe(groups, "cases")}; at least {fewest} of each are needed. The command inspect says why the others are lost.");
        }
    }
}
