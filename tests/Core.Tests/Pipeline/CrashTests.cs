using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Storage;

namespace RadiogenomicsCloud.Core.Tests.Pipeline;

/// <summary>A run that dies before or after any one of its store operations, and is started again until it ends.</summary>
public sealed class CrashTests : IDisposable
{
    private static readonly string[] Texts = ["a", "bb", "ccc", "bad", "dddd", "eeeee", "f"];
    private readonly TestFolder folder = new();
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_run_that_dies_at_every_store_operation_ends_the_same_and_redoes_no_finished_step(int workers)
    {
        var finished = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        var deaths = 0;
        for (var life = 1; ; life++)
        {
            Assert.InRange(life, 1, 200);
            using var store = LocalStore.Open(folder.Path, freeBytes: 0);
            // Every life dies two operations later than the one before.
            var fate = new Fate(life * 2);
            var outcomes = new DyingOutcomes(store.Outcomes, fate);
            var catalogue = SampleSteps.Catalogue(text =>
                Assert.False(finished.ContainsKey(CanonicalJson.StepKey("write", 1, new TextInput(text))), $"The finished step '{text}' ran again."));
            outcomes.Kept += key => finished[key] = true;
            var runner = new StepRunner(
                catalogue,
                new StepRunnerPorts(
                    new FolderCohort(folder.Path), new DyingArtifacts(store.Artifacts, fate), outcomes, new MemoryLedger(), store.TemporaryFolder,
                    TimeProvider.System, _ => { }),
                NullLogger<StepRunner>.Instance);
            try
            {
                var host = new LocalHost(runner, new LocalHostOptions(workers), TimeProvider.System);
                Assert.Equal(16, await host.Run(SampleSteps.Lengths, "r", Texts, cancel));
                break;
            }
            catch (DiedException)
            {
                deaths++;
            }
        }
        Assert.InRange(deaths, 5, 200);
        Assert.Equal(Texts.Length + 1, finished.Count);
        Assert.Empty(Directory.GetFiles(folder.At("store/tmp"), "*.tmp", SearchOption.AllDirectories));
    }

    private sealed class DiedException : Exception;

    /// <summary>Lets a number of operations pass; from then on everything fails, as nothing happens after a death.</summary>
    private sealed class Fate(int operations)
    {
        private int left = operations;

        public void Tick()
        {
            if (Interlocked.Decrement(ref left) < 0)
                throw new DiedException();
        }
    }

    private sealed class DyingArtifacts(IArtifactStore inner, Fate fate) : IArtifactStore
    {
        public async Task<Stream?> Open(ArtifactRef reference, CancellationToken cancel)
        {
            fate.Tick();
            return await inner.Open(reference, cancel);
        }

        public async Task<ArtifactRef> Put(Func<Stream, Task> write, CancellationToken cancel)
        {
            fate.Tick();
            var reference = await inner.Put(
                async stream =>
                {
                    fate.Tick();
                    await write(stream);
                },
                cancel);
            fate.Tick();
            return reference;
        }
    }

    private sealed class DyingOutcomes(IOutcomeStore inner, Fate fate) : IOutcomeStore
    {
        public event Action<string>? Kept;

        public async Task<JsonElement?> Find(string key, CancellationToken cancel)
        {
            fate.Tick();
            return await inner.Find(key, cancel);
        }

        public async Task<JsonElement> Keep(string key, JsonElement outcome, CancellationToken cancel)
        {
            fate.Tick();
            var kept = await inner.Keep(key, outcome, cancel);
            Kept!(key);
            fate.Tick();
            return kept;
        }

        public Task Drop(string key, CancellationToken cancel) => inner.Drop(key, cancel);
    }
}
