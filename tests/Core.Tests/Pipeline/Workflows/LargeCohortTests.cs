using System.Diagnostics;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Workflows;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Core.Tests.Pipeline.Workflows;

/// <summary>
/// Large cohorts through the workflow of a run, with empty steps: what Durable Functions would keep of each instance stays within what the
/// service promises. The tests of this collection run alone, because they measure memory.
/// </summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class MeasuredAlone;

/// <inheritdoc cref="MeasuredAlone"/>
[Collection(typeof(MeasuredAlone))]
public sealed class LargeCohortTests(ITestOutputHelper log) : IDisposable
{
    private const long MostMemory = 500_000_000;
    private readonly TestFolder folder = new();
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    private async Task Bounded(int cases, DurableEpisodes episodes, long mostMemory = MostMemory)
    {
        using var memory = new MemoryPeak();
        var clock = Stopwatch.StartNew();
        var cohort = new EmptyCohort(cases);
        var request = await RunRequest.CohortRun(EmptyCohort.Study, await cohort.List(cancel), "1.0.0", cohort.Artifacts, cancel);
        var random = new Random(cases);
        var host = new DurableHost(cohort.Runner(folder.At("steps")), episodes, random.Next);
        await host.Run(CohortRunWorkflow.Definition, request.RunId, request.Input, cancel);
        clock.Stop();
        foreach (var kind in host.Histories.GroupBy(h => h.Workflow))
        {
            log.WriteLine(FormattableString.Invariant(
                $"{kind.Key}: {kind.Count()} instances, at most {kind.Max(h => h.Events)} events, {kind.Max(h => h.Bytes) / 1024.0:F0} KB, {kind.Max(h => h.Episodes)} episodes"));
        }
        log.WriteLine(FormattableString.Invariant(
            $"{cases} cases, {episodes}: {clock.Elapsed.TotalSeconds:F1} s, {memory.Managed / 1e6:F0} MB managed, {memory.WorkingSet / 1e6:F0} MB working set ({memory.WorkingSetBefore / 1e6:F0} before)"));

        // 64 cases of two images each are a shard; above a hundred of those there are groups.
        var shards = (cases + 63) / 64;
        Assert.Equal(shards, host.Histories.Count(h => h.Workflow == ShardWorkflow.Definition.Name));
        Assert.Equal(shards > 100, host.Histories.Any(h => h.Workflow == ShardGroupWorkflow.Definition.Name));
        var results = cohort.Assembled!.Results;
        Assert.Equal(2 * cases, results.Count);
        for (var n = 0; n < results.Count; n++)
        {
            Assert.Equal((EmptyCohort.Id(n / 2), n % 2 == 0 ? "pet" : "mr"), (results[n].CaseId, results[n].Image));
            Assert.Equal(EmptyCohort.Fails(n / 2), results[n].Failure is not null);
        }
        DurableHistory.AssertBounded(host.Histories);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        Assert.InRange(memory.Managed, 0, mostMemory);
        // What the process had before is not of this run.
        Assert.InRange(memory.WorkingSet - memory.WorkingSetBefore, long.MinValue, mostMemory);
    }

    [Fact]
    public Task Ten_thousand_cases_with_one_completion_an_episode() => Bounded(10_000, DurableEpisodes.OneCompletion);

    [Fact]
    public Task A_thousand_cases_with_all_completions_in_one_episode() => Bounded(1_000, DurableEpisodes.AllCompletions);

    [LongFact]
    public Task A_hundred_thousand_cases_with_one_completion_an_episode() => Bounded(100_000, DurableEpisodes.OneCompletion, mostMemory: 4_000_000_000);

    /// <summary>The most memory that the process had meanwhile, looked at twenty times a second.</summary>
    private sealed class MemoryPeak : IDisposable
    {
        private readonly Timer timer;
        private long managed, workingSet;

        public MemoryPeak()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            WorkingSetBefore = Environment.WorkingSet;
            timer = new Timer(_ => Look(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(50));
        }

        public long WorkingSetBefore { get; }

        /// <summary>Of the managed heap, garbage included.</summary>
        public long Managed => Volatile.Read(ref managed);

        public long WorkingSet => Volatile.Read(ref workingSet);

        public void Dispose() => timer.Dispose();

        private void Look()
        {
            Volatile.Write(ref managed, Math.Max(managed, GC.GetTotalMemory(false)));
            Volatile.Write(ref workingSet, Math.Max(workingSet, Environment.WorkingSet));
        }
    }
}
