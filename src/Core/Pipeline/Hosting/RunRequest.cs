using RadiogenomicsCloud.Genomics;
using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Pipeline.Steps.Assembly;
using RadiogenomicsCloud.Pipeline.Steps.Association;
using RadiogenomicsCloud.Pipeline.Steps.Modelling;
using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Pipeline.Steps.Surveillance;
using RadiogenomicsCloud.Pipeline.Workflows;

namespace RadiogenomicsCloud.Pipeline.Hosting;

/// <summary>A run that is ready to start: its id and the input of its workflow. The same in every host.</summary>
public sealed record RunRequest<TInput>(string RunId, TInput Input);

/// <summary>Makes requests: keeps what a workflow only refers to, and decides the id.</summary>
public static class RunRequest
{
    /// <summary>Resampling needs five patients of each class.</summary>
    internal const int FewestToResample = 5;

    /// <param name="files">The cohort as listed now.</param>
    public static Task<RunRequest<CohortRunInput>> CohortRun(
        Study study, IReadOnlyList<CohortFile> files, string version, IArtifactStore artifacts, CancellationToken cancel) =>
        CohortRun(study, new CohortSnapshot(files), version, artifacts, cancel);

    /// <param name="snapshot">The cohort as listed now, or as an intake let it in.</param>
    /// <param name="version">Of the product; another version is another run.</param>
    /// <exception cref="BadInputException">The study asks for more models than one run can do.</exception>
    public static async Task<RunRequest<CohortRunInput>> CohortRun(
        Study study, CohortSnapshot snapshot, string version, IArtifactStore artifacts, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(study);
        if (study.MolecularEndpoints is not null)
            throw new BadInputException("study.many-endpoints", $"The study '{study.Name}' has many endpoints, which only the command run does so far.", "endpoints");
        return await RunOf(study, snapshot, version, artifacts, cancel);
    }

    /// <summary>A run of every endpoint of a molecular source: the input of each endpoint's run, in which the endpoint is still to be named.</summary>
    /// <param name="files">The cohort as listed now.</param>
    /// <exception cref="BadInputException">As of a run of one endpoint.</exception>
    public static Task<RunRequest<CohortRunInput>> Endpoints(
        Study study, IReadOnlyList<CohortFile> files, string version, IArtifactStore artifacts, CancellationToken cancel) =>
        RunOf(study, new CohortSnapshot(files), version, artifacts, cancel);

    private static async Task<RunRequest<CohortRunInput>> RunOf(
        Study study, CohortSnapshot snapshot, string version, IArtifactStore artifacts, CancellationToken cancel)
    {
        RequireSize(study);
        var cohort = await Table(study, study.Name, snapshot, FewestToResample, artifacts, cancel);
        var runId = RunIdentity.For(study, snapshot, version);
        var input = new CohortRunInput(
            runId, cohort, await artifacts.PutJson(study, cancel), version, [.. study.Compare.Select(s => s.Name)], Procedure.SelectOf(study), study.Models, Resampling.Of(study),
            study.Choose, study.Explain)
        {
            Map = study.Association is null ? null : await Map(study, artifacts, cancel),
        };
        foreach (var (_, procedure) in input.Procedures())
            procedure.Check();
        RequirePayloads(input);
        return new(runId, input);
    }

    /// <summary>The map of a study by itself; its models, if it has any, are not made.</summary>
    /// <param name="files">The cohort as listed now.</param>
    /// <exception cref="BadInputException">The study asks for no map.</exception>
    public static async Task<RunRequest<AssociateRunInput>> Associate(
        Study study, IReadOnlyList<CohortFile> files, string version, IArtifactStore artifacts, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(study);
        _ = study.RequireAssociation();
        var snapshot = new CohortSnapshot(files);
        var map = await Map(study, artifacts, cancel);
        // The images alone decide nothing about endpoints, so that a cohort without one can be mapped.
        var assembly = MapTableSettings.Of(study).Assembly;
        var cohort = await Table(study, assembly, study.Name, snapshot, 1, artifacts, cancel);
        // Beside a run of the whole study, which has another id.
        var runId = RunIdentity.For(new { study, map }, snapshot, version);
        return new(runId, new(runId, cohort, await artifacts.PutJson(study, cancel), version, map));
    }

    private static async Task<MapRequest> Map(Study study, IArtifactStore artifacts, CancellationToken cancel) =>
        new(await artifacts.PutJson(MapTableSettings.Of(study), cancel), study.RequireAssociation().Settings);

    /// <param name="models">Locked models; their study says how the predictors are made.</param>
    /// <param name="cohortName">Names the other cohort in the identities of rows: a patient of the same cohort name and id is the same patient.</param>
    /// <param name="idMap">The other cohort's own map of ids.</param>
    /// <param name="files">The cohort as listed now.</param>
    public static Task<RunRequest<ExternalValidationInput>> ExternalValidation(
        ModelDocument models, string cohortName, SortedDictionary<string, string> idMap, IReadOnlyList<CohortFile> files, string version, IArtifactStore artifacts, CancellationToken cancel) =>
        ExternalValidation(models, cohortName, idMap, new CohortSnapshot(files), version, artifacts, cancel);

    /// <inheritdoc cref="ExternalValidation(ModelDocument, string, SortedDictionary{string, string}, IReadOnlyList{CohortFile}, string, IArtifactStore, CancellationToken)"/>
    /// <param name="snapshot">The cohort as listed now, or as an intake let it in.</param>
    public static async Task<RunRequest<ExternalValidationInput>> ExternalValidation(
        ModelDocument models, string cohortName, SortedDictionary<string, string> idMap, CohortSnapshot snapshot, string version, IArtifactStore artifacts, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(models);
        var study = WithGenesOf(models) with { IdMap = idMap };
        var cohort = await Table(study, cohortName, snapshot, 1, artifacts, cancel);
        var file = await artifacts.Put(stream => models.Write(stream), cancel);
        var runId = RunIdentity.For(new { study, file, cohortName }, snapshot, version);
        return new(runId, new(runId, cohort, await artifacts.PutJson(study, cancel), version, file));
    }

    /// <param name="models">Locked models; their study says how the predictors are made, and with which thresholds they are looked at.</param>
    /// <param name="training">Files of the run that made them.</param>
    /// <param name="known">What the last look left; null at the first.</param>
    /// <param name="snapshot">The cohort that the models were trained on, as it is now.</param>
    public static async Task<RunRequest<SurveillanceInput>> Surveillance(
        ModelDocument models, TrainingFiles training, ArtifactRef? known, SortedDictionary<string, string> idMap, CohortSnapshot snapshot, string version,
        IArtifactStore artifacts, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(snapshot);
        var study = WithGenesOf(models) with { IdMap = idMap };
        var cohort = await Table(study, study.Name, snapshot, 1, artifacts, cancel);
        var file = await artifacts.Put(stream => models.Write(stream), cancel);
        var input = new SurveillanceInput(cohort, file, training, known, study.Revalidate ?? new());
        return new(RunIdentity.For(new { study, file, training, known }, snapshot, version), input);
    }

    private static Task<CohortTableInput> Table(
        Study study, string name, CohortSnapshot snapshot, int fewestOfAClass, IArtifactStore artifacts, CancellationToken cancel) =>
        Table(study, AssemblySettings.Of(study), name, snapshot, fewestOfAClass, artifacts, cancel);

    private static async Task<CohortTableInput> Table(
        Study study, AssemblySettings assembly, string name, CohortSnapshot snapshot, int fewestOfAClass, IArtifactStore artifacts, CancellationToken cancel) => new(
            await artifacts.PutJson(snapshot, cancel),
            RunIdentity.CohortHash(snapshot),
            name,
            await artifacts.PutJson(assembly, cancel),
            study.Imaging,
            fewestOfAClass,
            study.ArchiveLimits);

    /// <exception cref="BadInputException">The study has no models, or more than one run can do.</exception>
    internal static void RequireSize(Study study)
    {
        study.RequireModels();
        if ((study.Compare.Count * study.Models.Count) + (study.Choose is null ? 0 : 1) > ValidatedProcedure.Most)
        {
            throw new BadInputException(
                "study.too-many-models",
                $"The study has {study.Compare.Count} predictor sets and {study.Models.Count} models; one run does at most {ValidatedProcedure.Most} combinations.", "compare");
        }
    }

    /// <summary>What the workflow's largest calls will be is known now, so that none of them meets the limit in the middle of a run.</summary>
    private static void RequirePayloads(CohortRunInput input)
    {
        // Longer in digits than any artifact's length.
        var any = new ArtifactRef(new string('0', 64), 10_000_000_000);
        var procedures = input.Procedures();
        var validated = procedures.Select(p => new ValidatedProcedure(p.Procedure.Set, p.Index, any, any, any)
        {
            Explanation = input.Explain is null ? null : any,
        }).ToList();
        var assembled = new AssembleOutput(any, any, any, any, any, int.MaxValue, int.MaxValue);
        var chunks = Enumerable.Repeat(any, PlanStep.MostChunks).ToList();
        var bytes = procedures
            .Select(p => Bytes(new SummariseInput(any, p.Procedure, input.Resampling, any, chunks)))
            .Append(Bytes(input))
            .Append(Bytes(new ResultsInput(any, any.Sha256, any.Sha256, input.Version, any, assembled, any, validated, input.Resampling, null, any)
            {
                Map = input.Map is null ? null : any,
            }))
            .Max();
        if (bytes > Payload.MaximumBytes)
        {
            throw new BadInputException(
                "study.too-large",
                $"The study's predictor sets, steps and models make messages of {bytes} bytes between the steps of a run, and at most {Payload.MaximumBytes} may pass; compare fewer sets, give them shorter names, or list fewer steps.",
                "compare");
        }

        static int Bytes<T>(T value) => CanonicalJson.Serialize(value).Length;
    }

    /// <summary>
    /// The study with its genes narrowed to those that the models read: which genes a frequency or variance rule took was decided on the
    /// training cohort and is not decided again.
    /// </summary>
    private static Study WithGenesOf(ModelDocument models)
    {
        if (models.Study.Genomics is not { } genomics)
            return models.Study;
        var columns = models.Models.SelectMany(m => m.Model.Columns)
            .Concat(models.Study.Endpoints.Where(e => e.Source is not null).Select(e => e.Column)).Distinct(StringComparer.Ordinal).ToList();
        // A source of which no model reads a gene is not asked for.
        List<string>? Genes(string prefix) =>
            columns.Where(c => c.StartsWith(prefix, StringComparison.Ordinal)).Select(c => c[prefix.Length..]).ToList() is { Count: > 0 } genes ? genes : null;
        return models.Study with
        {
            Genomics = new(
                genomics.Mutations is not null && Genes(MutationTable.ColumnPrefix) is { } mutated ? new(mutated, null) : null,
                genomics.Expression is not null && Genes(MolecularMatrixReader.ExpressionPrefix) is { } expressed ? new(expressed, null) : null,
                genomics.CopyNumber is not null && Genes(MolecularMatrixReader.CopyNumberPrefix) is { } copied ? new(copied, null) : null),
        };
    }
}
