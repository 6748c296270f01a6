using System.Collections.Concurrent;
using System.Text.Json;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Pipeline.Steps.Assembly;
using RadiogenomicsCloud.Pipeline.Steps.Association;
using RadiogenomicsCloud.Pipeline.Steps.Endpoints;
using RadiogenomicsCloud.Pipeline.Steps.Modelling;
using RadiogenomicsCloud.Pipeline.Steps.Results;

namespace RadiogenomicsCloud.Core.Tests.Pipeline.Workflows;

/// <summary>
/// Answers every step of the product at once with an outcome of the right shape: as many cases and chunks as it is told, references
/// that depend on the input alone. Inputs and outputs are held to the size of a payload, as a real runner does.
/// </summary>
internal sealed class CannedSteps : IStepRunner
{
    /// <summary>Cases with images.</summary>
    public int Cases { get; init; } = 6;

    /// <summary>Where no inventory is told.</summary>
    public int CasesPerPart { get; set; } = 8;

    public int Chunks { get; init; } = 3;

    /// <summary>Endpoints of a study that predicts the features of a source.</summary>
    public int Endpoints { get; init; } = 2;

    public Func<int, string> CaseId { get; init; } = n => FormattableString.Invariant($"case-{n}");

    /// <summary>What an image of a case fails with; null where it does not.</summary>
    public Func<ExtractInput, Failure?> ImageFailure { get; init; } = _ => null;

    /// <summary>A step that fails whenever it is called.</summary>
    public string? Fails { get; init; }

    public ConcurrentQueue<StepCall> Calls { get; } = new();

    public int Count(string step) => Calls.Count(c => c.Name == step);

    /// <summary>Name and input of every call, each once, sorted: what was done, in whatever order.</summary>
    public IReadOnlyList<string> Distinct() =>
        [.. Calls.Select(c => c.Name + " " + CanonicalJson.Hash(c.Input)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public Task<JsonElement> Run(StepCall call, CancellationToken cancel)
    {
        Calls.Enqueue(call);
        Payload.Guard(call.Input, $"input of step '{call.Name}'");
        return Task.FromResult(Payload.Guard(Answer(call), $"output of step '{call.Name}'"));
    }

    private JsonElement Answer(StepCall call)
    {
        if (call.Name == Fails)
            return Of(Outcome.Failed<object>(new Failure("canned.failure", "It was told to fail.", call.Name, FailureKind.Study)));
        return call.Name switch
        {
            "inventory" => Value(Inventory(call)),
            "open-part" => Value(Part(CanonicalJson.FromElement<OpenPartInput>(call.Input).Index)),
            "extract" => ImageFailure(CanonicalJson.FromElement<ExtractInput>(call.Input)) is { } failure
                ? Of(Outcome.Failed<ExtractOutput>(failure))
                : Value(new ExtractOutput(Reference(call, "features"), Reference(call, "preview"))),
            "certify" or "gather-images" or "join-images" or "resample" or "compare-sets" => Value(Reference(call, "")),
            "assemble" => Value(new AssembleOutput(
                Reference(call, "features"), Reference(call, "cases"), Reference(call, "previews"), Reference(call, "analysis"),
                Reference(call, "table"), 100_000, 50_000)),
            "plan-resamples" => Value(new PlanOutput(Chunks * 100, 100)),
            "lock-model" => Value(new LockOutput(Reference(call, ""))),
            "summarise" => Value(new SummariseOutput(Reference(call, "performance"), Reference(call, "results"))),
            "score" => Value(new ScoreOutput(Reference(call, "performance"), Reference(call, "predictions"))),
            "results" => Value(new RunFileList(
            [
                .. Enumerable.Range(0, 20).Select(n => new RunFile(FormattableString.Invariant($"figures/file-{n}.svg"), Reference(call, ""))),
                .. OfAnEndpoint.Select(name => new RunFile(name, Reference(call, name))),
            ])),
            "assemble-map" => Value(new AssembleMapOutput(Reference(call, "map"), Reference(call, "table"), Reference(call, "cases"), Reference(call, "previews"), 100_000)),
            "associate" => Value(Reference(call, "")),
            "map-results" => Value(new RunFileList([new(RunFileNames.Association, Reference(call, ""))])),
            "expand-endpoints" => Value(new ExpandEndpointsOutput(
                [.. Enumerable.Range(0, Endpoints).Select(n => new ExpandedEndpoint(new string('G', 64), Reference(call, $"study {n}"), Reference(call, $"settings {n}")))],
                Reference(call, "skipped"))),
            "endpoints-results" => Value(new RunFileList(
            [
                .. Enumerable.Range(0, Endpoints).SelectMany(n => OfAnEndpoint.Select(name => new RunFile(FormattableString.Invariant($"endpoints/{n:00}-{new string('G', 24)}/{name}"), Reference(call, name)))),
                .. new[] { RunFileNames.Endpoints, RunFileNames.EndpointsTable, RunFileNames.Provenance, RunFileNames.Report }.Select(name => new RunFile(name, Reference(call, name))),
            ])),
            _ => throw new InvalidOperationException($"There is no canned outcome of '{call.Name}'."),
        };
    }

    private static readonly string[] OfAnEndpoint = [RunFileNames.Performance, RunFileNames.Model, RunFileNames.Report];

    private InventoryOutput Inventory(StepCall call)
    {
        CasesPerPart = CanonicalJson.FromElement<InventoryInput>(call.Input).CasesPerPart;
        return new(Reference(call, "parts"), (Cases + CasesPerPart - 1) / CasesPerPart, Cases);
    }

    private CasePart Part(int index) => new(
    [
        .. Enumerable.Range(index * CasesPerPart, Math.Min(CasesPerPart, Cases - (index * CasesPerPart)))
            .Select(CaseId).Select(id => new CaseImages(id, id, CanonicalJson.Hash(id))),
    ]);

    private static JsonElement Value<T>(T value) => Of(Outcome.Of(value));

    private static JsonElement Of<T>(Outcome<T> outcome) => CanonicalJson.ToElement(outcome);

    /// <summary>As long as a reference to ten gigabytes.</summary>
    private static ArtifactRef Reference(StepCall call, string part) => new(CanonicalJson.Hash(new { call.Name, call.Input, part }), 10_000_000_000);
}
