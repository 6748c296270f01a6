using System.Text;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Steps.Modelling;
using RadiogenomicsCloud.Pipeline.Storage;
using RadiogenomicsCloud.Pipeline.Workflows;

namespace RadiogenomicsCloud.Core.Tests.Pipeline.Workflows;

/// <summary>The largest study that is accepted never meets the limit of a payload, which would be a bug in the middle of a run, nor that of a history.</summary>
public sealed class PayloadSizeTests(ITestOutputHelper log) : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    /// <param name="setName">A predictor set's name of the study, made of its images.</param>
    private static Study Study(int images, int sets, Func<int, string>? setName = null, int selectors = 2, string imageName = "image")
    {
        var yaml = new StringBuilder("schema: 1\nstudy: large\nids: {case: case_id}\nendpoints:\n  - {column: response, kind: binary}\nimaging:\n");
        for (var n = 0; n < images; n++)
        {
            yaml.Append(
                $$"""
                  - name: {{imageName}}{{n:00}}
                    modality: CT
                    description: /^Axial thorax {{n}}$/
                    roi: /^GTV_Mass/
                    resample: {spacing_mm: [2, 2, 2], image: cubic, mask: linear}
                    resegment: {range: [-1000, 400], sigma: 3}
                    discretise: {method: FBS, bin_width: 10}
                    families: [all]

                """);
        }
        yaml.Append("compare: [").AppendJoin(", ", Enumerable.Range(0, sets).Select(n => setName?.Invoke(n) ?? $"{imageName}{n % images:00}" + (n < images ? "" : $"+{imageName}{(n + (n / images)) % images:00}")))
            .Append("]\nselect:\n");
        for (var n = 0; n < selectors; n++)
            yaml.Append("  - correlation: {max: 0.9}\n");
        yaml.Append("models:\n  - elastic_net: {}\nvalidate:\n  - bootstrap: {resamples: 100000}\n");
        return StudyFile.Parse(yaml.ToString(), "study.yaml");
    }

    private async Task<RunRequest<CohortRunInput>> Request(Study study)
    {
        using var store = LocalStore.Open(folder.Path, freeBytes: 0);
        return await RunRequest.CohortRun(study, [], "1.0.0-preview.1+0123456789", store.Artifacts, cancel);
    }

    private async Task<CannedSteps> Run(Study study, CannedSteps steps)
    {
        var request = await Request(study);
        var host = new DurableHost(steps, DurableEpisodes.OneCompletion, _ => 0);
        await host.Run(CohortRunWorkflow.Definition, request.RunId, request.Input, cancel);
        foreach (var kind in host.Histories.GroupBy(h => h.Workflow))
            log.WriteLine(FormattableString.Invariant($"{kind.Key}: {kind.Count()} instances, at most {kind.Max(h => h.Events)} events, {kind.Max(h => h.Bytes) / 1024.0:F0} KB"));
        DurableHistory.AssertBounded(host.Histories);
        return steps;
    }

    /// <summary>A failure as long as <see cref="Outcome.ToFailure"/> lets it be.</summary>
    private static Failure Longest() =>
        new BadInputException("a.rather-long-code-of-a-failure", new string('é', 1000), new string('/', 1000)).ToFailure();

    [Fact]
    public async Task Sixteen_images_that_all_fail_with_the_longest_messages_and_ids_as_long_as_file_names_can_be()
    {
        // 255 bytes is the longest name of a folder below imaging/.
        string Long(int n) => new string('x', 245) + FormattableString.Invariant($"{n:0000000000}");
        foreach (var (images, cases) in new[] { (StudySpec.MostImages, 1), (1, ShardLayout.ImagesPerPart), (4, 4) })
        {
            var steps = await Run(Study(images, 1), new() { Cases = 2 * cases, ImageFailure = _ => Longest(), CaseId = Long, Chunks = 1 });
            Assert.Equal(2 * ShardLayout.ImagesPerPart, steps.Count("extract"));
            Assert.Equal(2, steps.Count("gather-images"));
            Assert.Equal(1, steps.Count("results"));
        }
    }

    [Fact]
    public async Task Forty_procedures_of_a_hundred_and_twenty_chunks()
    {
        var steps = await Run(Study(StudySpec.MostImages, ValidatedProcedure.Most), new() { Chunks = 120, Cases = 1 });
        Assert.Equal(ValidatedProcedure.Most * 120, steps.Count("resample"));
        Assert.Equal(1, steps.Count("results"));
    }

    [Fact]
    public async Task More_shards_than_one_instance_has_children()
    {
        // Settings as long as can be make shards and groups small: of 3 parts of 16 images, and of 23 shards.
        var study = Study(1, 1);
        study = study with { Imaging = [study.Imaging[0] with { Selection = study.Imaging[0].Selection with { Roi = new string('x', 14_000) } }] };
        Assert.Equal(new ShardLayout(16, 3, 23), ShardLayout.Of(study.Imaging));
        var steps = await Run(study, new() { Cases = (16 * 3 * 23) + 1, Chunks = 1 });
        // Each shard of the first group its parts, that group its shards, and the run its two groups, of which the second is one image.
        Assert.Equal(23 + 2, steps.Count("join-images"));
        Assert.Equal((16 * 3 * 23) + 1, steps.Count("extract"));
    }

    [Theory]
    [InlineData(17, 1, "study.count")]
    [InlineData(10, 41, "study.too-many-models")]
    public async Task More_than_that_is_refused_before_anything_is_spent(int images, int sets, string code)
    {
        var refused = await Assert.ThrowsAsync<BadInputException>(() => Request(Study(images, sets)));
        Assert.Equal(code, refused.Code);
    }

    [Fact]
    public async Task Names_of_sets_and_lists_of_selectors_of_any_length_run_or_are_refused()
    {
        var longSets = (int n) => string.Join('+', Enumerable.Range(0, 8).Where(bit => ((n + 1) >> bit & 1) == 1).Select(bit => FormattableString.Invariant($"an_image_of_a_rather_long_name_{bit:00}")));
        var (ran, refused) = (0, 0);
        foreach (var sets in new[] { 10, 25, 40 })
        {
            foreach (var selectors in new[] { 1, 50, 150 })
            {
                try
                {
                    await Run(Study(8, sets, longSets, selectors, "an_image_of_a_rather_long_name_"), new() { Chunks = 120, Cases = 2 });
                    ran++;
                }
                catch (BadInputException)
                {
                    refused++;
                }
            }
        }
        Assert.True(ran > 0 && refused > 0, $"{ran} ran, {refused} were refused.");
    }
}
