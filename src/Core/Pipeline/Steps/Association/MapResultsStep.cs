using System.Text;
using RadiogenomicsCloud.Association;
using RadiogenomicsCloud.Certification;
using RadiogenomicsCloud.Pipeline.Steps.Assembly;
using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Reporting.Figures;
using RadiogenomicsCloud.Reporting.Page;

namespace RadiogenomicsCloud.Pipeline.Steps.Association;

/// <param name="Content">Hash over the cohort's files: decides the list of inputs in the provenance.</param>
/// <param name="Study">The <see cref="Study"/>.</param>
/// <param name="Version">Of the product.</param>
/// <param name="Map">An <see cref="AssociationDocument"/>.</param>
/// <param name="Certificate">A <see cref="CertificateSummary"/>, for the provenance.</param>
public sealed record MapResultsInput(
    [property: NotInKey] ArtifactRef Snapshot, string Content, string RunId, string Version, ArtifactRef Study, AssembleMapOutput Assembled, ArtifactRef Map,
    ArtifactRef Certificate);

/// <summary>Makes every file of the folder of a map that was made by itself.</summary>
public sealed class MapResultsStep(SnapshotReader snapshots) : IStepHandler<MapResultsInput, RunFileList>
{
    public static readonly Step<MapResultsInput, RunFileList> Definition = new("map-results", 1);

    public Step<MapResultsInput, RunFileList> Step => Definition;

    public async Task<Outcome<RunFileList>> Run(MapResultsInput input, StepContext context, CancellationToken cancel)
    {
        var store = context.Artifacts;
        var study = await store.GetJson<Study>(input.Study, cancel);
        var cases = await store.GetJson<CaseList>(input.Assembled.Cases, cancel);
        var previews = await store.GetJson<PreviewList>(input.Assembled.Previews, cancel);
        var map = await store.GetJson<AssociationDocument>(input.Map, cancel);
        var snapshot = await snapshots.Get(context, input.Snapshot, cancel);
        var provenance = new ProvenanceDocument(
            1, input.Version, input.RunId, study.Name, "", study.Seed, CanonicalJson.ToElement(study), CohortSteps.VersionsOf(study), cases.Notes,
            [.. snapshot.Files.Select(f => new InputFile(f.Path, f.Sha256, f.Length))], await store.GetJson<CertificateSummary>(input.Certificate, cancel));
        var report = ReportInput.OfMap(provenance, cases.Cases, previews.Previews, map);

        var files = new List<RunFile>();
        await Add(RunFileNames.Association, s => RunJson.Write(s, map));
        await Add(RunFileNames.Associations, s => AssociationsFile.Write(s, map));
        await Add(RunFileNames.Cases, s => CasesFile.Write(s, cases.Cases));
        await Add(RunFileNames.Provenance, s => RunJson.Write(s, provenance));
        await Add(RunFileNames.Previews, s => RunJson.Write(s, previews));
        foreach (var (name, svg) in FigureFiles.Make(report))
            await Add("figures/" + name, s => s.Write(Encoding.UTF8.GetBytes(svg)));
        await Add(RunFileNames.Report, s => s.Write(Encoding.UTF8.GetBytes(ReportPage.Render(report))));
        files.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return Outcome.Of(new RunFileList(files));

        async Task Add(string name, Action<Stream> write) => files.Add(new(name, await store.Put(write, cancel)));
    }
}
