using System.Text.Json;

namespace RadiogenomicsCloud.Pipeline.Hosting;

/// <summary>All workflows that a host can run, by name and version: a host that crosses process boundaries dispatches by them.</summary>
public sealed class WorkflowCatalogue
{
    private readonly Dictionary<(string Name, int Version), Func<IWorkflow, JsonElement, Task<JsonElement>>> bodies = [];

    public IReadOnlyCollection<(string Name, int Version)> Workflows => bodies.Keys;

    /// <summary>Adds a workflow; returns the catalogue, so that calls chain.</summary>
    /// <exception cref="ArgumentException">There is one of that name and version already.</exception>
    public WorkflowCatalogue Add<TIn, TOut>(Workflow<TIn, TOut> workflow)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        // No ConfigureAwait: a durable host runs this on its own thread.
        bodies.Add((workflow.Name, workflow.Version), async (run, input) => Payload.Guard(
            CanonicalJson.ToElement(await workflow.Body(run, CanonicalJson.FromElement<TIn>(Payload.Guard(input, $"input of workflow '{workflow.Name}'")))),
            $"output of workflow '{workflow.Name}'"));
        return this;
    }

    /// <summary>A workflow whose types the caller does not know: input and output are canonical JSON.</summary>
    /// <exception cref="InvalidOperationException">No such workflow: a run that another version of the product began.</exception>
    public Workflow<JsonElement, JsonElement> Get(string name, int version) => bodies.TryGetValue((name, version), out var body)
        ? new(name, version, body)
        : throw new InvalidOperationException($"No workflow '{name}' of version {version} is registered.");
}
