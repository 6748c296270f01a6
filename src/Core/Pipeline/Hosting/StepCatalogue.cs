using System.Text.Json;

namespace RadiogenomicsCloud.Pipeline.Hosting;

/// <summary>All steps that a host can run, by name and version.</summary>
public sealed class StepCatalogue
{
    private readonly Dictionary<(string Name, int Version), IEntry> entries = [];

    /// <summary>A step without its types.</summary>
    internal interface IEntry
    {
        StepKind Kind { get; }

        string Key(JsonElement input);

        Task<JsonElement> Run(JsonElement input, StepContext context, CancellationToken cancel);

        JsonElement Failed(Failure failure);
    }

    public IReadOnlyCollection<(string Name, int Version)> Steps => entries.Keys;

    /// <summary>Adds a handler; returns the catalogue, so that calls chain.</summary>
    /// <exception cref="ArgumentException">There is one of that name and version already.</exception>
    public StepCatalogue Add<TIn, TOut>(IStepHandler<TIn, TOut> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        entries.Add((handler.Step.Name, handler.Step.Version), new Entry<TIn, TOut>(handler));
        return this;
    }

    internal IEntry Get(string name, int version) => entries.TryGetValue((name, version), out var entry)
        ? entry
        : throw new InvalidOperationException($"No step '{name}' of version {version} is registered.");

    private sealed class Entry<TIn, TOut>(IStepHandler<TIn, TOut> handler) : IEntry
    {
        public StepKind Kind => handler.Step.Kind;

        public string Key(JsonElement input) =>
            CanonicalJson.StepKey(handler.Step.Name, handler.Step.Version, CanonicalJson.FromElement<TIn>(input));

        public async Task<JsonElement> Run(JsonElement input, StepContext context, CancellationToken cancel) =>
            CanonicalJson.ToElement(await handler.Run(CanonicalJson.FromElement<TIn>(input), context, cancel).ConfigureAwait(false));

        public JsonElement Failed(Failure failure) => CanonicalJson.ToElement(Outcome.Failed<TOut>(failure));
    }
}
