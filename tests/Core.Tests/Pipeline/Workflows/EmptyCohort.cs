using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Pipeline.Steps.Assembly;
using RadiogenomicsCloud.Pipeline.Steps.Modelling;
using RadiogenomicsCloud.Pipeline.Steps.Results;

namespace RadiogenomicsCloud.Core.Tests.Pipeline.Workflows;

/// <summary>
/// A cohort of any number of cases without a voxel, in memory, with a catalogue for it: the steps that cut, open, gather and join are the
/// product's own; those that compute are empty and give outcomes as large as the real ones. Every twentieth case fails with the longest
/// message there is.
/// </summary>
internal sealed class EmptyCohort : ICohort
{
    private const int Procedures = 3;
    private readonly byte[] clinical;
    private readonly IReadOnlyList<CohortFile> files;
    private readonly int cases;

    public EmptyCohort(int cases)
    {
        this.cases = cases;
        var table = new StringBuilder("case_id,response\n");
        var list = new List<CohortFile>();
        for (var n = 0; n < cases; n++)
        {
            table.Append(CultureInfo.InvariantCulture, $"{Id(n)},{n % 2}\n");
            foreach (var name in new[] { "pet", "pet.mask", "mr", "mr.mask" })
                list.Add(new($"imaging/{Id(n)}/{name}.nii.gz", Sha256(Encoding.UTF8.GetBytes($"{n} {name}")), 5_000_000, "\"0x8DCB9F3C2A1B7E0\""));
        }
        clinical = Encoding.UTF8.GetBytes(table.ToString());
        list.Insert(0, new("clinical.csv", Sha256(clinical), clinical.Length, "\"0x8DCB9F3C2A1B7E0\""));
        files = list;
    }

    /// <summary>Two images, three sets, one model.</summary>
    public static Study Study { get; } = StudyFile.Parse(
        """
        schema: 1
        study: ten-thousand-cases
        ids: {case: case_id}
        endpoints:
          - {column: response, kind: binary}
        imaging:
          - name: pet
            modality: PT
            roi: /^GTV_Mass/
            resample: {spacing_mm: [2, 2, 2], image: cubic, mask: linear}
            resegment: {range: [0, null]}
            discretise: {method: FBS, bin_width: 0.5}
            families: [all]
          - name: mr
            modality: MR
            roi: /^GTV_Mass/
            resample: {spacing_mm: [1, 1, 1], image: cubic, mask: linear}
            discretise: {method: FBN, bins: 32}
            families: [all]
        compare: [pet, mr, pet+mr]
        select: [{univariate: {fdr: 0.2}}, {correlation: {max: 0.9}}]
        models: [{elastic_net: {}}]
        validate: [{bootstrap: {resamples: 500}}]
        """,
        "study.yaml");

    public MemoryArtifacts Artifacts { get; } = new();

    /// <summary>What became of the images, as the table was to be made of it.</summary>
    public ImageResults? Assembled { get; private set; }

    public static string Id(int n) => FormattableString.Invariant($"TCGA-XX-{n:000000}");

    public static bool Fails(int n) => n % 20 == 7;

    public Task<IReadOnlyList<CohortFile>> List(CancellationToken cancel) => Task.FromResult(files);

    public Task<Stream> Open(CohortFile file, CancellationToken cancel) => Task.FromResult<Stream>(new MemoryStream(clinical, writable: false));

    /// <param name="temporary">An empty folder, for the runner alone.</param>
    public StepRunner Runner(string temporary) => new(
        Catalogue(),
        new(this, Artifacts, new MemoryOutcomes(), new NoLedger(), temporary, TimeProvider.System, _ => { }),
        NullLogger<StepRunner>.Instance);

    private StepCatalogue Catalogue()
    {
        var failing = Enumerable.Range(0, cases).Where(Fails).Select(Id).ToHashSet(StringComparer.Ordinal);
        return new StepCatalogue()
            .Add(new InventoryStep(new SnapshotReader()))
            .Add(Empty(CertifyStep.Definition, i => Any(i.Version)))
            .Add(new OpenPartStep())
            .Add(new GatherImagesStep())
            .Add(new JoinImagesStep())
            .Add(Empty(ExtractStep.Definition, i => failing.Contains(i.ImagingId) ? throw Longest() : new ExtractOutput(Any(i.Content, 60_000), Any(i.ImagingId, 40_000))))
            .Add(new FunctionStep<AssembleInput, AssembleOutput>(AssembleStep.Definition, async (input, context, cancel) =>
            {
                Assembled = await context.Artifacts.GetJson<ImageResults>(input.Images!, cancel);
                return Outcome.Of(new AssembleOutput(Any("features"), Any("cases"), Any("previews"), Any("analysis"), Any("table"), cases, cases / 2));
            }))
            .Add(Empty(PlanStep.Definition, _ => new PlanOutput(100 * PlanStep.MostChunks, 100)))
            .Add(Empty(ResampleStep.Definition, i => Any(i.From.ToString(CultureInfo.InvariantCulture))))
            .Add(Empty(LockStep.Definition, _ => new LockOutput(Any("model"))))
            .Add(Empty(SummariseStep.Definition, _ => new SummariseOutput(Any("performance"), Any("results"))))
            .Add(Empty(CompareStep.Definition, i => i.Procedures.Count == Procedures ? Any("comparison") : throw new InvalidOperationException("A procedure is missing.")))
            .Add(Empty(ResultsStep.Definition, _ => new RunFileList(
                [.. Enumerable.Range(0, 30).Select(n => new RunFile(FormattableString.Invariant($"figures/calibration-of-a-model-{n}.svg"), Any($"{n}")))])));
    }

    private static FunctionStep<TIn, TOut> Empty<TIn, TOut>(Step<TIn, TOut> step, Func<TIn, TOut> output) =>
        new(step, (input, _, _) => Task.FromResult(Outcome.Of(output(input))));

    private static BadInputException Longest() => new("series.missing-slice", new string('é', 500), new string('/', 500));

    private static ArtifactRef Any(string of, long length = 123_456_789) => new(Sha256(Encoding.UTF8.GetBytes(of)), length);

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public sealed class MemoryArtifacts : IArtifactStore
    {
        private readonly ConcurrentDictionary<string, byte[]> bytes = new(StringComparer.Ordinal);

        public Task<Stream?> Open(ArtifactRef reference, CancellationToken cancel) =>
            Task.FromResult<Stream?>(bytes.TryGetValue(reference.Sha256, out var found) ? new MemoryStream(found, writable: false) : null);

        public async Task<ArtifactRef> Put(Func<Stream, Task> write, CancellationToken cancel)
        {
            using var stream = new MemoryStream();
            await write(stream);
            var content = stream.ToArray();
            var reference = new ArtifactRef(Sha256(content), content.Length);
            bytes[reference.Sha256] = content;
            return reference;
        }
    }

    private sealed class MemoryOutcomes : IOutcomeStore
    {
        private readonly ConcurrentDictionary<string, byte[]> outcomes = new(StringComparer.Ordinal);

        public Task<JsonElement?> Find(string key, CancellationToken cancel) =>
            Task.FromResult<JsonElement?>(outcomes.TryGetValue(key, out var json) ? JsonSerializer.Deserialize<JsonElement>(json) : null);

        public Task<JsonElement> Keep(string key, JsonElement outcome, CancellationToken cancel)
        {
            outcomes[key] = CanonicalJson.Serialize(outcome);
            return Task.FromResult(outcome);
        }

        public Task Drop(string key, CancellationToken cancel) => throw new InvalidOperationException("Nothing is missing here.");
    }

    private sealed class NoLedger : ILedger
    {
        public Task Append(string eventName, IReadOnlyDictionary<string, string> facts, CancellationToken cancel) => Task.CompletedTask;
    }
}
