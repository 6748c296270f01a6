using System.Globalization;
using System.Text;
using RadiogenomicsCloud.Certification;
using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Reporting.Page;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Pipeline.Steps.Endpoints;

/// <summary>What is kept of an endpoint's own run.</summary>
/// <param name="Performance">A <see cref="PerformanceDocument"/>.</param>
/// <param name="Model">Its locked models.</param>
/// <param name="Report">Its page.</param>
public sealed record EndpointFiles(string Name, ArtifactRef Performance, ArtifactRef Model, ArtifactRef Report);

/// <param name="Content">Hash over the cohort's files: decides the list of inputs in the provenance.</param>
/// <param name="Study">The <see cref="Study"/> of many endpoints.</param>
/// <param name="Skipped">A <see cref="SkippedEndpoints"/>.</param>
/// <param name="Certificate">A <see cref="CertificateSummary"/>, for the provenance.</param>
public sealed record EndpointsResultsInput(
    [property: NotInKey] ArtifactRef Snapshot, string Content, string RunId, string Version, ArtifactRef Study, IReadOnlyList<EndpointFiles> Endpoints, ArtifactRef Skipped,
    ArtifactRef Certificate);

/// <summary>Joins the results of all endpoints to one table, and makes every file of the run's folder.</summary>
public sealed class EndpointsResultsStep(SnapshotReader snapshots) : IStepHandler<EndpointsResultsInput, RunFileList>
{
    public static readonly Step<EndpointsResultsInput, RunFileList> Definition = new("endpoints-results", 1);

    public Step<EndpointsResultsInput, RunFileList> Step => Definition;

    public async Task<Outcome<RunFileList>> Run(EndpointsResultsInput input, StepContext context, CancellationToken cancel)
    {
        var store = context.Artifacts;
        var study = await store.GetJson<Study>(input.Study, cancel);
        var skipped = await store.GetJson<SkippedEndpoints>(input.Skipped, cancel);
        var snapshot = await snapshots.Get(context, input.Snapshot, cancel);
        var (files, performances) = (new List<RunFile>(), new List<(string, PerformanceDocument)>());
        foreach (var endpoint in input.Endpoints)
        {
            // Genes have names that no folder has; the number keeps them apart.
            var folder = string.Create(CultureInfo.InvariantCulture, $"endpoints/{performances.Count + 1:00}-{Plain(endpoint.Name)}");
            performances.Add((folder, await store.GetJson<PerformanceDocument>(endpoint.Performance, cancel)));
            files.Add(new($"{folder}/{RunFileNames.Performance}", endpoint.Performance));
            files.Add(new($"{folder}/{RunFileNames.Model}", endpoint.Model));
            files.Add(new($"{folder}/{RunFileNames.Report}", endpoint.Report));
        }
        var document = EndpointsDocument.Of(performances, skipped.Features);
        var provenance = new ProvenanceDocument(
            1, input.Version, input.RunId, study.Name, study.MolecularEndpoints!.From, study.Seed, CanonicalJson.ToElement(study), CohortSteps.VersionsOf(study), [],
            [.. snapshot.Files.Select(f => new InputFile(f.Path, f.Sha256, f.Length))], await store.GetJson<CertificateSummary>(input.Certificate, cancel));
        await Add(RunFileNames.Endpoints, s => RunJson.Write(s, document));
        await Add(RunFileNames.EndpointsTable, s => EndpointsFile.Write(s, document));
        await Add(RunFileNames.Provenance, s => RunJson.Write(s, provenance));
        await Add(RunFileNames.Report, s => s.Write(Encoding.UTF8.GetBytes(EndpointsPage.Render(provenance, document))));
        files.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return Outcome.Of(new RunFileList(files));

        async Task Add(string name, Action<Stream> write) => files.Add(new(name, await store.Put(write, cancel)));
    }

    private static string Plain(string name) =>
        string.Concat(name.Take(24).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'));
}
