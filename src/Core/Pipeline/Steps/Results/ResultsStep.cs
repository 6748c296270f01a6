using System.Text;
using RadiogenomicsCloud.Association;
using RadiogenomicsCloud.Certification;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Pipeline.Steps.Assembly;
using RadiogenomicsCloud.Pipeline.Steps.Association;
using RadiogenomicsCloud.Pipeline.Steps.Modelling;
using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Reporting.Figures;
using RadiogenomicsCloud.Reporting.Page;
using RadiogenomicsCloud.Tables;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Pipeline.Steps.Results;

/// <param name="Content">Hash over the cohort's files: decides the list of inputs in the provenance.</param>
/// <param name="Study">The <see cref="Study"/>.</param>
/// <param name="Version">Of the product.</param>
/// <param name="Performance">A <see cref="PerformanceDocument"/>.</param>
/// <param name="Procedures">Empty for an external validation, which locks no model and has no resamples.</param>
/// <param name="Resampling">Null for an external validation.</param>
/// <param name="Predictions">A file <c>predictions.csv</c> made before; null where it is made from the resamples.</param>
/// <param name="Certificate">A <see cref="CertificateSummary"/>, for the provenance.</param>
public sealed record ResultsInput(
    [property: NotInKey] ArtifactRef Snapshot, string Content, string RunId, string Version, ArtifactRef Study, AssembleOutput Assembled,
    ArtifactRef Performance, IReadOnlyList<ValidatedProcedure> Procedures, Resampling? Resampling, ArtifactRef? Predictions,
    ArtifactRef Certificate)
{
    /// <summary>An <see cref="AssociationDocument"/>; null where the study asks for no map.</summary>
    public ArtifactRef? Map { get; init; }
}

/// <summary>Makes every file of a run's folder.</summary>
public sealed class ResultsStep(SnapshotReader snapshots, AnalysisReader analyses) : IStepHandler<ResultsInput, RunFileList>
{
    public static readonly Step<ResultsInput, RunFileList> Definition = new("results", 4);

    public Step<ResultsInput, RunFileList> Step => Definition;

    public async Task<Outcome<RunFileList>> Run(ResultsInput input, StepContext context, CancellationToken cancel)
    {
        var files = new List<RunFile>();
        var store = context.Artifacts;
        var study = await store.GetJson<Study>(input.Study, cancel);
        var performance = await store.GetJson<PerformanceDocument>(input.Performance, cancel);
        var cases = await store.GetJson<CaseList>(input.Assembled.Cases, cancel);
        var previews = await store.GetJson<PreviewList>(input.Assembled.Previews, cancel);
        var snapshot = await snapshots.Get(context, input.Snapshot, cancel);
        var provenance = new ProvenanceDocument(
            1, input.Version, input.RunId, study.Name, performance.Endpoint, study.Seed, CanonicalJson.ToElement(study),
            CohortSteps.VersionsOf(study), cases.Notes, [.. snapshot.Files.Select(f => new InputFile(f.Path, f.Sha256, f.Length))],
            await store.GetJson<CertificateSummary>(input.Certificate, cancel));
        var report = new ReportInput(provenance, performance, cases.Cases, previews.Previews) 
        {
            Explanations = await Explanations(input, store, cancel),
            Association = input.Map is { } map ? await store.GetJson<AssociationDocument>(map, cancel) : null,
        };

        CaseTable features;
        await using (var stream = await store.OpenRequired(input.Assembled.Features, cancel))
            features = CaseTableSerializer.Read(stream);
        await Add(RunFileNames.Features, s => CaseTableWriter.WriteCsv(s, features, study.Ids.Case));
        files.Add(new(RunFileNames.FeaturesParquet, await store.Put(s => CaseTableWriter.WriteParquet(s, features, study.Ids.Case, cancel), cancel)));
        await Add(RunFileNames.Cases, s => CasesFile.Write(s, cases.Cases));
        await Add(RunFileNames.Performance, s => RunJson.Write(s, performance));
        if (report.Explanations is not null)
            await Add(RunFileNames.Explanations, s => RunJson.Write(s, report.Explanations));
        if (report.Association is { } association)
        {
            await Add(RunFileNames.Association, s => RunJson.Write(s, association));
            await Add(RunFileNames.Associations, s => AssociationsFile.Write(s, association));
        }
        await Add(RunFileNames.Provenance, s => RunJson.Write(s, provenance));
        await Add(RunFileNames.Previews, s => RunJson.Write(s, previews));
        foreach (var (name, svg) in FigureFiles.Make(report))
            await Add("figures/" + name, s => s.Write(Encoding.UTF8.GetBytes(svg)));
        if (input.Predictions is { } predictions)
            files.Add(new(RunFileNames.Predictions, predictions));
        if (input.Resampling is { } resampling)
        {
            await Add(RunFileNames.Selection, s => SelectionFile.Write(s, performance));
            var data = await analyses.Get(context, input.Assembled.Analysis, cancel);
            var resamples = new List<(string Set, string Model, IReadOnlyList<ResampleResult> Results)>();
            var locked = new List<LockedSet>();
            foreach (var procedure in input.Procedures)
            {
                var model = procedure.ModelIndex < study.Models.Count ? study.Models[procedure.ModelIndex].Name : Procedure.ChoiceName;
                var results = (await store.GetJson<ResampleResults>(procedure.Results, cancel)).Results;
                resamples.Add((procedure.Set, model, results));
                await using var stream = await store.OpenRequired(procedure.Locked, cancel);
                // The first fit of a plan is the very model that is locked.
                locked.Add(new(procedure.Set, model, LockedModel.Read(stream)) { CutOff = results.Single(r => r.Unit == 0).CutOff });
            }
            await Add(RunFileNames.Predictions, s => PredictionsFile.Write(s, PlanStep.Plan(data, resampling), resamples));
            await Add(RunFileNames.Model, s => new ModelDocument(study with { IdMap = [] }, locked).Write(s));
        }
        await Add(RunFileNames.Report, s => s.Write(Encoding.UTF8.GetBytes(ReportPage.Render(report))));
        files.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return Outcome.Of(new RunFileList(files));

        async Task Add(string name, Action<Stream> write) => files.Add(new(name, await store.Put(write, cancel)));
    }

    private static async Task<ExplanationDocument?> Explanations(ResultsInput input, IArtifactStore store, CancellationToken cancel)
    {
        var procedures = new List<ProcedureExplanation>();
        foreach (var explanation in input.Procedures.Select(p => p.Explanation).OfType<ArtifactRef>())
            procedures.Add(await store.GetJson<ProcedureExplanation>(explanation, cancel));
        return procedures.Count == 0 ? null : new(1, procedures);
    }
}
