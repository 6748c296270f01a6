using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Steps.Endpoints;
using RadiogenomicsCloud.Pipeline.Steps.Modelling;
using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Pipeline.Workflows;

namespace RadiogenomicsCloud.Core.Tests.Pipeline.Workflows;

/// <summary>The product's workflows, interrupted at every event and with steps that end in any order.</summary>
public sealed class WorkflowReplayTests
{
    private const string RunId = "0123456789ab";
    private static readonly ArtifactRef Some = new(CanonicalJson.Hash("some"), 1);
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    private static readonly Study Study = StudyFile.Parse(
        """
        schema: 1
        study: replay
        ids: {case: case_id}
        endpoints:
          - {column: response, kind: binary}
        imaging:
          - name: a
            modality: CT
            discretise: {method: FBN, bins: 8}
            families: [all]
          - name: b
            modality: PT
            discretise: {method: FBN, bins: 8}
            families: [all]
        compare: [a, b, a+b]
        models:
          - elastic_net: {}
        validate:
          - bootstrap: {}
        """,
        "study.yaml");

    private static CohortTableInput Table(bool images = true) => new(Some, "content", "replay", Some, images ? Study.Imaging : [], 5);

    private static CohortRunInput CohortRun(bool images = true) => new(
        RunId, Table(images), Some, "1.0.0", [.. Study.Compare.Select(s => s.Name)], Study.Select, Study.Models, Resampling.Of(Study));

    private static ExternalValidationInput External() => new(RunId, Table(), Some, "1.0.0", Some);

    private static LocalHost Local(IStepRunner steps, int workers = 2) => new(steps, new LocalHostOptions(workers), TimeProvider.System);

    /// <summary>Runs on the replaying host in several orders, and demands what the local host gives and does.</summary>
    private async Task<CannedSteps> Survives<TIn, TOut>(Workflow<TIn, TOut> workflow, TIn input, Func<CannedSteps> steps)
    {
        var straight = steps();
        var expected = CanonicalJson.Hash(await Local(straight).Run(workflow, RunId, input, cancel));
        Func<int, int>[] orders = [_ => 0, open => open - 1, new Random(1).Next, new Random(2).Next];
        foreach (var order in orders)
        {
            var replayed = steps();
            var host = new ReplayHost(replayed, order);
            Assert.Equal(expected, CanonicalJson.Hash(await host.Run(workflow, RunId, input, cancel)));
            Assert.Equal(straight.Distinct(), replayed.Distinct());
            // Every call was answered once, although the bodies ran again after each.
            Assert.Equal(straight.Calls.Count, replayed.Calls.Count);
            Assert.InRange(host.Replays, straight.Calls.Count, int.MaxValue);
        }
        return straight;
    }

    [Fact]
    public async Task A_cohort_run_has_the_same_schedule_wherever_it_is_interrupted()
    {
        var steps = await Survives(CohortRunWorkflow.Definition, CohortRun(), () => new());
        Assert.Equal((1, 12, 1, 0), (steps.Count("open-part"), steps.Count("extract"), steps.Count("gather-images"), steps.Count("join-images")));
        Assert.Equal((9, 3, 3, 1), (steps.Count("resample"), steps.Count("lock-model"), steps.Count("summarise"), steps.Count("compare-sets")));
        Assert.Equal((1, 1, 1, 1), (steps.Count("certify"), steps.Count("inventory"), steps.Count("assemble"), steps.Count("results")));
    }

    [Fact]
    public async Task So_has_one_where_images_fail()
    {
        var steps = await Survives(CohortRunWorkflow.Definition, CohortRun(), () => new()
        {
            ImageFailure = i => i.ImagingId == "case-2" ? new Failure("series.missing-slice", "A slice is missing.", "CT") : null,
        });
        Assert.Equal(1, steps.Count("results"));
        var gathered = steps.Calls.Where(c => c.Name == "gather-images").Count(c => c.Input.GetRawText().Contains("A slice is missing.", StringComparison.Ordinal));
        Assert.Equal(1, gathered);
    }

    [Fact]
    public async Task So_has_one_without_images_and_one_of_a_single_case()
    {
        var tables = await Survives(CohortRunWorkflow.Definition, CohortRun(images: false), () => new());
        Assert.Equal(0, tables.Count("extract"));
        var single = await Survives(CohortRunWorkflow.Definition, CohortRun(), () => new() { Cases = 1, Chunks = 1 });
        Assert.Equal((1, 0), (single.Count("gather-images"), single.Count("join-images")));
    }

    [Fact]
    public async Task A_shard_has_the_same_schedule_wherever_it_is_interrupted()
    {
        var steps = await Survives(ShardWorkflow.Definition, new ShardInput(Some, Some, 1, 3, 20, Study.Imaging), () => new() { Cases = 28 });
        Assert.Equal((3, 40, 3, 1), (steps.Count("open-part"), steps.Count("extract"), steps.Count("gather-images"), steps.Count("join-images")));
    }

    [Fact]
    public async Task A_cohort_of_several_shards_has_the_same_schedule_wherever_it_is_interrupted()
    {
        var steps = await Survives(CohortRunWorkflow.Definition, CohortRun(), () => new() { Cases = 65 });
        // Nine parts in two shards: the eight of the first are joined, and the two shards.
        Assert.Equal((9, 130, 9, 2), (steps.Count("open-part"), steps.Count("extract"), steps.Count("gather-images"), steps.Count("join-images")));
    }

    [Fact]
    public async Task An_external_validation_has_the_same_schedule_wherever_it_is_interrupted()
    {
        var steps = await Survives(ExternalValidationWorkflow.Definition, External(), () => new());
        Assert.Equal((1, 12, 1, 1), (steps.Count("certify"), steps.Count("extract"), steps.Count("score"), steps.Count("results")));
        Assert.Equal(0, steps.Count("lock-model") + steps.Count("resample") + steps.Count("plan-resamples"));
    }

    [Fact]
    public async Task A_map_has_the_same_schedule_wherever_it_is_interrupted_alone_and_in_a_run()
    {
        var map = new MapRequest(Some, new());
        var alone = await Survives(AssociateWorkflow.Definition, new(RunId, Table(), Some, "1.0.0", map), () => new());
        Assert.Equal((12, 1, 1, 1), (alone.Count("extract"), alone.Count("assemble-map"), alone.Count("associate"), alone.Count("map-results")));
        Assert.Equal(0, alone.Count("assemble") + alone.Count("results"));
        var whole = await Survives(CohortRunWorkflow.Definition, CohortRun() with { Map = map }, () => new());
        Assert.Equal((12, 1, 1, 1, 0), (whole.Count("extract"), whole.Count("assemble-map"), whole.Count("associate"), whole.Count("results"), whole.Count("map-results")));
    }

    [Fact]
    public async Task Many_endpoints_have_the_same_schedule_wherever_they_are_interrupted()
    {
        var steps = await Survives(EndpointsRunWorkflow.Definition, CohortRun(), () => new() { Chunks = 1 });
        Assert.Equal((1, 2, 2, 1), (steps.Count("expand-endpoints"), steps.Count("assemble"), steps.Count("results"), steps.Count("endpoints-results")));
    }

    [Fact]
    public async Task As_many_endpoints_as_a_run_may_have_pass_between_steps()
    {
        var steps = new CannedSteps { Chunks = 1, Cases = 1, Endpoints = ExpandEndpointsStep.MostEndpoints };
        await Local(steps).Run(EndpointsRunWorkflow.Definition, RunId, CohortRun(images: false), cancel);
        Assert.Equal(ExpandEndpointsStep.MostEndpoints, steps.Count("results"));
    }

    [Fact]
    public async Task Results_carry_the_id_of_the_run_although_the_workflow_is_another_instance()
    {
        var parents = new[]
        {
            new Workflow<int, RunFileList>("parent", 1, (run, _) => run.Run(CohortRunWorkflow.Definition, "analysis", CohortRun())),
            new Workflow<int, RunFileList>("parent", 1, (run, _) => run.Run(ExternalValidationWorkflow.Definition, "analysis", External())),
        };
        foreach (var parent in parents)
        {
            var steps = new CannedSteps();
            await Local(steps).Run(parent, "an-intake", 0, cancel);
            var results = CanonicalJson.FromElement<ResultsInput>(Assert.Single(steps.Calls, c => c.Name == "results").Input);
            Assert.Equal(RunId, results.RunId);
        }
    }

    [Theory]
    [InlineData("certify")]
    [InlineData("inventory")]
    [InlineData("open-part")]
    [InlineData("gather-images")]
    [InlineData("join-images")]
    [InlineData("assemble")]
    [InlineData("plan-resamples")]
    [InlineData("resample")]
    [InlineData("lock-model")]
    [InlineData("summarise")]
    [InlineData("compare-sets")]
    [InlineData("results")]
    public async Task What_the_study_cannot_do_without_ends_the_run_with_its_reason_in_both_hosts(string step)
    {
        var input = CohortRun();
        var replayed = await Assert.ThrowsAsync<StudyFailedException>(
            () => new ReplayHost(new CannedSteps { Fails = step, Cases = 9 }, _ => 0).Run(CohortRunWorkflow.Definition, RunId, input, cancel));
        var local = await Assert.ThrowsAsync<StudyFailedException>(
            () => Local(new CannedSteps { Fails = step, Cases = 9 }).Run(CohortRunWorkflow.Definition, RunId, input, cancel));
        Assert.Equal(("canned.failure", step), (replayed.Code, replayed.Where));
        Assert.Equal((replayed.Code, replayed.Where), (local.Code, local.Where));
    }

    [Fact]
    public async Task Progress_counts_cases_and_chunks_to_their_end()
    {
        var seen = new List<Progress>();
        var host = new LocalHost(new CannedSteps(), new LocalHostOptions(1), TimeProvider.System, new Recorder(seen));
        await host.Run(CohortRunWorkflow.Definition, RunId, CohortRun(), cancel);
        Assert.Equal(["inventory", "cases", "models and resamples", "report"], seen.Select(p => p.Stage).Distinct());
        foreach (var stage in seen.GroupBy(p => p.Stage))
        {
            Assert.Equal(stage.Select(p => p.Done).Order(), stage.Select(p => p.Done));
            Assert.Equal(stage.Last().Total, stage.Last().Done);
        }
        // One shard, but every case of it is seen.
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], seen.Where(p => p.Stage == "cases").Select(p => p.Done).Distinct());
        Assert.All(seen.Where(p => p.Stage == "cases"), p => Assert.Equal(6, p.Total));
        Assert.Contains(new Progress("models and resamples", 9, 9), seen);
    }

    private sealed class Recorder(List<Progress> seen) : IProgress<Progress>
    {
        public void Report(Progress value) => seen.Add(value);
    }
}
