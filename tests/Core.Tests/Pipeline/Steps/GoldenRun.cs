using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Pipeline.Steps.Association;
using RadiogenomicsCloud.Pipeline.Steps.Endpoints;
using RadiogenomicsCloud.Pipeline.Steps.Modelling;
using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Pipeline.Steps.Surveillance;
using RadiogenomicsCloud.Pipeline.Storage;
using RadiogenomicsCloud.Pipeline.Workflows;

namespace RadiogenomicsCloud.Core.Tests.Pipeline.Steps;

/// <summary>The real steps on the <see cref="TinyCohort"/>: a run, a validation of its models on another such cohort, a map, and many endpoints.</summary>
public sealed class GoldenRun : IAsyncLifetime
{
    private const string Version = "golden";
    private const string NowhereNeeded = "join-images";
    private readonly TestFolder folder = new();
    private readonly ConcurrentQueue<(StepCall Call, JsonElement Outcome)> calls = new();
    private readonly SortedDictionary<string, (int Version, List<JsonNode> Outputs)> outputs = new(StringComparer.Ordinal);

    /// <summary>Of a step: its version and every outcome that it gave, in an order of their own.</summary>
    internal (int Version, IReadOnlyList<JsonNode> Outputs) Of(string step) => outputs[step];

    public async ValueTask InitializeAsync()
    {
        var cancel = CancellationToken.None;
        TinyCohort.Write(folder, "a", salt: 0);
        TinyCohort.Write(folder, "b", salt: 4);
        var study = StudyFile.Parse(TinyCohort.Study, "study.yaml");
        using var store = LocalStore.Open(folder.At("out"), freeBytes: 0);

        var trained = new FolderCohort(folder.At("a"));
        var request = await RunRequest.CohortRun(study, await trained.List(cancel), Version, store.Artifacts, cancel);
        var files = await Host(store, trained).Run(CohortRunWorkflow.Definition, request.RunId, request.Input, cancel);

        await using var stream = (await store.Artifacts.Open(files.Files.Single(f => f.Name == RunFileNames.Model).Content, cancel))!;
        var models = ModelDocument.Read(stream);
        var other = new FolderCohort(folder.At("b"));
        var external = await RunRequest.ExternalValidation(models, "other", [], await other.List(cancel), Version, store.Artifacts, cancel);
        await Host(store, other).Run(ExternalValidationWorkflow.Definition, external.RunId, external.Input, cancel);

        // Sixteen images a part: these cohorts have one, and nothing to join.
        var shard = calls.First(c => c.Call.Name == "gather-images").Outcome.GetProperty("value").Deserialize<ArtifactRef>(CanonicalJson.Options)!;
        await Runner(store, trained).Run(new(NowhereNeeded, 1, CanonicalJson.ToElement(new JoinImagesInput([shard, shard]))), cancel);

        // Explaining is off unless asked for.
        var summary = calls.Where(c => c.Call.Name == SummariseStep.Definition.Name).Select(c => CanonicalJson.FromElement<SummariseInput>(c.Call.Input))
            .Single(s => s.Procedure.Set == "ct+mutations+clinical");
        var importance = new List<ArtifactRef>();
        for (var part = 0; part < ImportanceInput.Parts; part++)
            importance.Add(await Direct<ArtifactRef>(ImportanceStep.Definition.Name, ImportanceStep.Definition.Version, new ImportanceInput(summary.Analysis, summary.Procedure, summary.Resampling, new(10, 1), part)));
        await Direct<ArtifactRef>(ExplainStep.Definition.Name, ExplainStep.Definition.Version, new ExplainInput(
            summary.Analysis, summary.Procedure, summary.Resampling, new(new(10, 1), new(Resamples: 10)), summary.Model, importance));

        var analysis = calls.Last(c => c.Call.Name == "assemble").Outcome.GetProperty("value").GetProperty("analysis").Deserialize<ArtifactRef>(CanonicalJson.Options)!;
        ArtifactRef File(string name) => files.Files.Single(f => f.Name == name).Content;
        await Runner(store, other).Run(
            new(SurveyStep.Definition.Name, SurveyStep.Definition.Version, CanonicalJson.ToElement(new SurveyInput(
                analysis, File(RunFileNames.Model), new(File(RunFileNames.Performance), File(RunFileNames.Features), File(RunFileNames.Cases)), null, new(FewestCases: 1)))),
            cancel);

        async Task<T> Direct<T>(string name, int version, object input) => CanonicalJson.FromElement<T>(
            (await Runner(store, trained).Run(new(name, version, CanonicalJson.ToElement(input)), cancel)).GetProperty("value"));

        // A map by itself, and many endpoints; what they share with the run is recorded already.
        var mapped = new ConcurrentQueue<(StepCall Call, JsonElement Outcome)>();
        var map = await RunRequest.Associate(StudyFile.Parse(TinyCohort.MapStudy, "study.yaml"), await trained.List(cancel), Version, store.Artifacts, cancel);
        await Host(store, trained, mapped).Run(AssociateWorkflow.Definition, map.RunId, map.Input, cancel);
        var many = await RunRequest.Endpoints(StudyFile.Parse(TinyCohort.EndpointsStudy, "study.yaml"), await trained.List(cancel), Version, store.Artifacts, cancel);
        await Host(store, trained, mapped).Run(EndpointsRunWorkflow.Definition, many.RunId, many.Input, cancel);
        string[] own =
        [
            AssembleMapStep.Definition.Name, AssociateStep.Definition.Name, MapResultsStep.Definition.Name,
            ExpandEndpointsStep.Definition.Name, EndpointsResultsStep.Definition.Name,
        ];
        foreach (var call in mapped.Where(c => own.Contains(c.Call.Name, StringComparer.Ordinal)))
            calls.Enqueue(call);

        var platformFree = new PlatformFree(store.Artifacts, cancel);
        foreach (var (call, outcome) in calls)
        {
            if (!outputs.TryGetValue(call.Name, out var known))
                outputs[call.Name] = known = (call.Version, []);
            known.Outputs.Add((await platformFree.Of(outcome))!);
        }
        // Steps end in any order, and hashes of inputs differ from platform to platform: sorted by the rounded outputs themselves.
        foreach (var known in outputs.Values)
            known.Outputs.Sort((a, b) => string.CompareOrdinal(a.ToJsonString(), b.ToJsonString()));
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private LocalHost Host(LocalStore store, ICohort cohort, ConcurrentQueue<(StepCall Call, JsonElement Outcome)>? record = null) =>
        new(Runner(store, cohort, record), new LocalHostOptions(2), TimeProvider.System);

    private Recorder Runner(LocalStore store, ICohort cohort, ConcurrentQueue<(StepCall Call, JsonElement Outcome)>? record = null) => new(
        new StepRunner(
            CohortSteps.Catalogue(),
            new(cohort, store.Artifacts, store.Outcomes, new MemoryLedger(), store.TemporaryFolder, TimeProvider.System, _ => { }),
            Microsoft.Extensions.Logging.Abstractions.NullLogger<StepRunner>.Instance),
        record ?? calls);

    private sealed class Recorder(IStepRunner inner, ConcurrentQueue<(StepCall Call, JsonElement Outcome)> calls) : IStepRunner
    {
        public async Task<JsonElement> Run(StepCall call, CancellationToken cancel)
        {
            var outcome = await inner.Run(call, cancel);
            calls.Enqueue((call, outcome));
            return outcome;
        }
    }
}
