using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Storage;

namespace RadiogenomicsCloud.Core.Tests.Pipeline;

internal sealed record TextInput(string Text);

/// <summary>A handler made of a function.</summary>
internal sealed class FunctionStep<TIn, TOut>(Step<TIn, TOut> step, Func<TIn, StepContext, CancellationToken, Task<Outcome<TOut>>> run)
    : IStepHandler<TIn, TOut>
{
    public Step<TIn, TOut> Step => step;

    public Task<Outcome<TOut>> Run(TIn input, StepContext context, CancellationToken cancel) => run(input, context, cancel);
}

internal sealed class MemoryLedger : ILedger
{
    public ConcurrentQueue<(string Event, IReadOnlyDictionary<string, string> Facts)> Events { get; } = new();

    public int Count(string result) => Events.Count(e => e.Facts.TryGetValue("result", out var r) && r == result);

    public int Count(string result, string step) =>
        Events.Count(e => e.Facts.TryGetValue("result", out var r) && r == result && e.Facts.TryGetValue("step", out var s) && s == step);

    public Task Append(string eventName, IReadOnlyDictionary<string, string> facts, CancellationToken cancel)
    {
        Events.Enqueue((eventName, facts));
        return Task.CompletedTask;
    }
}

/// <summary>A store, a runner and a host on a folder, as the command puts them together.</summary>
internal sealed class TestRig : IDisposable
{
    public TestRig(string folder, StepCatalogue catalogue, int workers = 2, string runId = "test", ICohort? cohort = null)
    {
        Store = LocalStore.Open(folder, freeBytes: 0);
        Store.RunFolder(runId);
        Manifest = Store.OpenManifest(runId);
        Runner = new StepRunner(
            catalogue,
            new StepRunnerPorts(
                cohort ?? new FolderCohort(folder), Store.Artifacts, Store.Outcomes, Ledger, Store.TemporaryFolder, TimeProvider.System, Manifest.Add),
            NullLogger<StepRunner>.Instance);
        Host = new LocalHost(Runner, new LocalHostOptions(workers, new RetryPolicy(3, TimeSpan.FromMilliseconds(1))), TimeProvider.System);
    }

    public LocalStore Store { get; }

    public RunManifest Manifest { get; }

    public MemoryLedger Ledger { get; } = new();

    public StepRunner Runner { get; }

    public LocalHost Host { get; }

    public void Dispose()
    {
        Manifest.Dispose();
        Store.Dispose();
    }
}

internal static class SampleSteps
{
    public static readonly Step<TextInput, ArtifactRef> Write = new("write", 1);
    public static readonly Step<IReadOnlyList<ArtifactRef>, int> Total = new("total", 1);

    /// <summary>Keeps the text as an artifact; text that begins with "bad" is bad input.</summary>
    public static FunctionStep<TextInput, ArtifactRef> WriteHandler(Action<string>? ran = null) => new(Write, async (input, context, cancel) =>
    {
        ran?.Invoke(input.Text);
        if (input.Text.StartsWith("bad", StringComparison.Ordinal))
            throw new BadInputException("sample.bad", "This text is bad.", input.Text);
        var bytes = System.Text.Encoding.UTF8.GetBytes(input.Text);
        return Outcome.Of(await context.Artifacts.Put(s => s.WriteAsync(bytes, cancel).AsTask(), cancel));
    });

    /// <summary>Adds up the lengths of the artifacts.</summary>
    public static FunctionStep<IReadOnlyList<ArtifactRef>, int> TotalHandler() => new(Total, async (input, context, cancel) =>
    {
        var total = 0;
        foreach (var artifact in input)
        {
            await using var stream = await context.Artifacts.Open(artifact, cancel);
            total += (int)stream!.Length;
        }
        return Outcome.Of(total);
    });

    public static StepCatalogue Catalogue(Action<string>? ran = null) => new StepCatalogue().Add(WriteHandler(ran)).Add(TotalHandler());

    /// <summary>One shard: writes its texts, two at a time; bad ones are left out.</summary>
    public static readonly Workflow<IReadOnlyList<string>, IReadOnlyList<ArtifactRef>> Shard = new("shard", 1, async (workflow, texts) =>
    {
        var outcomes = await texts.FanOut(2, (text, _) => workflow.Run(Write, new TextInput(text)));
        return outcomes.Where(o => o.Failure is null).Select(o => o.Value!).ToArray();
    });

    /// <summary>Shards of three texts as child workflows, then the total length.</summary>
    public static readonly Workflow<IReadOnlyList<string>, int> Lengths = new("lengths", 1, async (workflow, texts) =>
    {
        await workflow.Checkpoint(new Progress("write", 0, texts.Count));
        var shards = await texts.Chunk(3).ToArray().FanOut(
            2, (shard, index) => workflow.Run(Shard, FormattableString.Invariant($"s{index}"), shard));
        await workflow.Checkpoint(new Progress("total", texts.Count, texts.Count));
        return (await workflow.Run(Total, shards.SelectMany(s => s).ToArray())).Require();
    });
}
