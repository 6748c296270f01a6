using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Pipeline.Workflows;

namespace RadiogenomicsCloud.Core.Tests.Pipeline.Workflows;

public sealed class ShardLayoutTests
{
    private static readonly ArtifactRef Some = new(CanonicalJson.Hash("some"), 1_000_000);
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    /// <summary>That many entries with settings of about that many bytes each.</summary>
    private static List<ImagingEntry> Images(int count, int bytes = 0)
    {
        var entry = EmptyCohort.Study.Imaging[0];
        return [.. Enumerable.Range(0, count).Select(n => entry with
        {
            Name = FormattableString.Invariant($"image{n}"), Selection = entry.Selection with { Description = new string('d', bytes) },
        })];
    }

    private static ShardInput Cohort(int cases, IReadOnlyList<ImagingEntry> images)
    {
        var casesPerPart = ShardLayout.Of(images).CasesPerPart;
        return new(Some, Some, 0, (cases + casesPerPart - 1) / casesPerPart, cases, images);
    }

    [Fact]
    public void A_shard_has_at_most_128_images_and_a_hundred_thousand_cases_are_eight_groups_of_shards()
    {
        var images = Images(1);
        Assert.Equal(new ShardLayout(16, 8, 100), ShardLayout.Of(images));
        var groups = ShardLayout.Of(images).Split(Cohort(100_000, images));
        Assert.Equal(8, groups.Count);
        Assert.Equal(782, groups.Sum(g => ShardLayout.Of(images).Split(g).Count));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 500)]
    [InlineData(1, 14_000)]
    [InlineData(16, 900)]
    public void Every_part_and_case_is_in_one_shard_in_order_and_no_instance_has_too_many_children(int count, int bytes)
    {
        var images = Images(count, bytes);
        var layout = ShardLayout.Of(images);
        foreach (var cases in new[] { 1, 15, 16, 17, 128, 129, 4_000, 10_000, 100_000, 1_000_000 })
        {
            var (nextPart, seen) = (0, 0);
            Walk(Cohort(cases, images), "0123456789ab");
            Assert.Equal(cases, seen);

            void Walk(ShardInput range, string instance)
            {
                var children = layout.Split(range);
                Assert.InRange(children.Count, 1, Math.Min(layout.ChildrenPerInstance, JoinImagesStep.MaximumParts));
                foreach (var child in children.Where(c => !layout.IsShard(c)))
                    Walk(child, instance + "-group-99");
                foreach (var shard in children.Where(layout.IsShard))
                {
                    Assert.Equal(nextPart, shard.FirstPart);
                    nextPart += shard.PartCount;
                    seen += shard.Cases;
                    Assert.InRange(shard.Cases * count, 1, ShardLayout.MostPartsPerShard * ShardLayout.ImagesPerPart);
                }
                // The longest instance id that Durable Functions takes on Azure Storage.
                Assert.InRange((instance + "-shard-99").Length, 1, 100);
            }
        }
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 2_500)]
    [InlineData(1, 6_000)]
    [InlineData(1, 14_000)]
    [InlineData(4, 0)]
    [InlineData(4, 3_000)]
    [InlineData(16, 500)]
    public async Task A_full_shard_of_the_longest_names_and_failures_keeps_within_a_history(int count, int bytes)
    {
        var images = Images(count, bytes);
        var layout = ShardLayout.Of(images);
        var cases = layout.CasesPerPart * layout.PartsPerShard;
        var failure = new BadInputException("a.rather-long-code-of-a-failure", new string('é', 1000), new string('/', 1000)).ToFailure();
        var steps = new CannedSteps
        {
            Cases = cases,
            CasesPerPart = layout.CasesPerPart,
            CaseId = n => new string('x', 245) + FormattableString.Invariant($"{n:0000000000}"),
            ImageFailure = _ => failure,
        };
        var host = new DurableHost(steps, DurableEpisodes.OneCompletion, new Random(1).Next);
        await host.Run(ShardWorkflow.Definition, "0123456789ab-group-99-shard-99", Cohort(cases, images), cancel);
        Assert.Equal(cases * count, steps.Count("extract"));
        var history = Assert.Single(host.Histories);
        TestContext.Current.TestOutputHelper!.WriteLine(FormattableString.Invariant($"{layout}: {history.Events} events, {history.Bytes / 1024.0:F0} KB"));
        DurableHistory.AssertBounded([history]);
    }

    [Fact]
    public async Task A_shard_of_which_every_fifth_call_is_tried_again_keeps_within_a_history()
    {
        var images = Images(1);
        var steps = new Flaky(new CannedSteps { Cases = 128, CasesPerPart = 16 });
        var host = new DurableHost(steps, DurableEpisodes.OneCompletion, new Random(1).Next);
        await host.Run(ShardWorkflow.Definition, "0123456789ab-shard-1", Cohort(128, images), cancel);
        Assert.Equal(145 / 5, steps.Failed);
        // 8 opened, 128 images, 8 gathered, 1 joined; one question whether the run was cancelled; four events round the first and last episode.
        Assert.Equal((4 * (145 + 1)) + 4 + (8 * steps.Failed), host.Histories[0].Events);
        DurableHistory.AssertBounded(host.Histories);
    }

    /// <summary>Fails the first attempt of every fifth call.</summary>
    private sealed class Flaky(IStepRunner inner) : IStepRunner
    {
        private readonly HashSet<string> seen = new(StringComparer.Ordinal);

        public int Failed { get; private set; }

        public Task<System.Text.Json.JsonElement> Run(StepCall call, CancellationToken cancel)
        {
            if (!seen.Add(call.Name + CanonicalJson.Hash(call.Input)) || seen.Count % 5 != 0)
                return inner.Run(call, cancel);
            Failed++;
            throw new TransientException("storage.busy", "The storage is busy; try again.");
        }
    }
}
