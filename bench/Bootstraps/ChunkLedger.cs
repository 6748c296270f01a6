using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Bench.Bootstraps;

/// <summary>Counts the chunks of resamples in a run's history.</summary>
internal sealed class ChunkLedger : ILedger
{
    private int chunks;

    public int Chunks => chunks;

    public Task Append(string eventName, IReadOnlyDictionary<string, string> facts, CancellationToken cancel)
    {
        if (facts.TryGetValue("step", out var step) && step == "resample")
            Interlocked.Increment(ref chunks);
        return Task.CompletedTask;
    }
}
