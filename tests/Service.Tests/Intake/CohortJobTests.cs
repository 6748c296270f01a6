using System.Text;
using RadiogenomicsCloud.Core.Tests.Pipeline;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Service.Intake;
using RadiogenomicsCloud.Service.Jobs;
using RadiogenomicsCloud.Service.Ports;
using RadiogenomicsCloud.Service.Publishing;
using RadiogenomicsCloud.Service.Workflows;

namespace RadiogenomicsCloud.Service.Tests.Intake;

public class CohortJobTests
{
    private readonly IntakeRig rig = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Result(JobRecord job, string name) => Encoding.UTF8.GetString(rig.Storage.Results.Get(job.ResultsPrefix + name));

    [Fact]
    public async Task From_the_marker_to_the_report_with_a_quarantined_case_in_the_tables()
    {
        rig.WithTables(16).WithImages(16);
        rig.Put("imaging/P03/report.dcm", IntakeRig.CleanSlice("P03").Set(new(0x0010, 0x0010), "PN", "SECRETSON^JANE"));
        rig.Mark(await rig.Manifest());
        var job = await rig.Run();
        Assert.Equal((JobState.Completed, null), (job.State, job.Problem));
        Assert.Equal($"liver/{job.RunId}/", job.ResultsPrefix);
        var row = Assert.Single(Result(job, "cases.csv").Split('\n'), line => line.StartsWith("P03,", StringComparison.Ordinal));
        Assert.Contains(",failed,intake,", row, StringComparison.Ordinal);
        Assert.Contains("(0010,0010) PatientName", row, StringComparison.Ordinal);
        var report = Result(job, "report.html");
        Assert.Contains("1 failed: intake", report, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRETSON", report, StringComparison.Ordinal);
        Assert.Equal(15, (await rig.Read<IntakeDocument>(job.Intake!)).Totals.Admitted);
        Assert.Equal(15, rig.Storage.Computed["extract"]);
    }

    [Fact]
    public async Task A_second_upload_with_two_more_cases_checks_and_computes_those_two()
    {
        rig.WithTables(14).WithImages(14);
        rig.Mark(await rig.Manifest());
        var first = await rig.Run();
        rig.Storage.Computed.Clear();
        rig.WithTables(16).WithImages(2, first: 15);
        rig.Mark(await rig.Manifest());
        var second = await rig.Run();
        Assert.Equal((JobState.Completed, JobState.Completed), (first.State, second.State));
        Assert.NotEqual(first.Id, second.Id);
        Assert.NotEqual(first.RunId, second.RunId);
        Assert.Equal(2, rig.Storage.Computed["extract"]);
        Assert.Equal(2 + 1, rig.Storage.Computed["check-case"]); // The tables are checked again: one of them changed.
    }

    [Fact]
    public async Task The_same_content_uploaded_again_is_a_job_that_computes_nothing_and_publishes_the_same()
    {
        rig.WithTables(12).WithImages(12);
        rig.Mark(await rig.Manifest());
        var first = await rig.Run();
        rig.Storage.Computed.Clear();
        rig.WithTables(12).WithImages(12);
        rig.Mark(await rig.Manifest());
        var second = await rig.Run();
        Assert.Equal((JobState.Completed, first.RunId, first.ResultsPrefix), (second.State, second.RunId, second.ResultsPrefix));
        Assert.False(rig.Storage.Computed.ContainsKey("extract"));
        Assert.False(rig.Storage.Computed.ContainsKey("results"));
    }

    [Fact]
    public async Task A_refused_cohort_says_why_in_its_record()
    {
        rig.WithTables(12);
        rig.Put("study.yaml", "study: ["u8.ToArray());
        rig.Mark(null);
        var job = await rig.Run();
        Assert.Equal((JobState.Refused, "study.yaml"), (job.State, job.Problem!.Code));
        Assert.Null(job.ResultsPrefix);
    }

    [Fact]
    public async Task A_cohort_of_which_nothing_passes_is_refused_with_the_list_of_reasons()
    {
        rig.WithTables(2);
        rig.Put("imaging/P01/1.dcm", IntakeRig.CleanSlice("P01").Set(new(0x0010, 0x0030), "DA", "19480211"));
        rig.Mark(null);
        var job = await rig.Run();
        Assert.Equal((JobState.Refused, "intake.nothing-admitted"), (job.State, job.Problem!.Code));
        Assert.Equal(1, (await rig.Read<IntakeDocument>(job.Intake!)).Totals.Quarantined);
    }

    [Fact]
    public async Task A_study_that_cannot_be_done_fails_with_the_reason()
    {
        rig.WithTables(6).WithImages(6);
        rig.Mark(null);
        var job = await rig.Run();
        Assert.Equal((JobState.Failed, "study.too-few-patients"), (job.State, job.Problem!.Code));
        Assert.NotNull(job.Intake);
    }

    [Fact]
    public async Task The_body_makes_the_same_calls_whenever_it_is_replayed()
    {
        rig.WithTables(12).WithImages(12);
        rig.Put("imaging/P03/a.dcm", [1]);
        rig.Mark(await rig.Manifest());
        var expected = await rig.Run();
        var input = CanonicalJson.FromElement<CohortJobInput>(await rig.Jobs.InputOf(expected, Cancel));
        for (var seed = 0; seed < 2; seed++)
        {
            var picks = new Random(seed);
            var output = await new ReplayHost(rig.Runner(expected), open => picks.Next(open)).Run(CohortJobWorkflow.Definition, expected.Id, input, Cancel);
            Assert.Equal((expected.RunId, expected.ResultsPrefix), (output.RunId, output.ResultsPrefix));
        }
    }

    [Fact]
    public async Task A_file_that_is_overwritten_during_the_intake_ends_the_job_without_a_verdict()
    {
        rig.WithTables(12).WithImages(12);
        rig.Mark(null);
        var (job, _) = (await rig.Starter.Start(IntakeRig.Cohort, Cancel))!.Value;
        var input = CanonicalJson.FromElement<CohortJobInput>(await rig.Jobs.InputOf(job, Cancel));
        var host = new ReplayHost(new Overwriting(rig.Runner(job), rig), _ => 0);
        var trouble = await Assert.ThrowsAsync<BadInputException>(() => host.Run(CohortJobWorkflow.Definition, job.Id, input, Cancel));
        Assert.Equal(CohortFile.ChangedCode, trouble.Code);
        Assert.Equal(JobState.Queued, (await rig.Jobs.Find(job.Id, Cancel))!.State);
        Assert.Equal(JobState.Completed, (await rig.Run()).State);
    }

    [Fact]
    public async Task Results_are_never_overwritten()
    {
        var step = new PublishResultsStep(rig.Storage);
        var context = new StepContext(new AreaCohort(rig.Storage.Cohorts, ""), rig.Storage, "");
        var one = await rig.Storage.Put(s => s.WriteAsync("one"u8.ToArray()).AsTask(), Cancel);
        var two = await rig.Storage.Put(s => s.WriteAsync("two"u8.ToArray()).AsTask(), Cancel);
        var files = new RunFileList([new("a.csv", one), new(RunFileNames.Report, one), new("z.csv", two)]);
        await step.Run(new(AreaNames.Results, "c/r/", files), context, Cancel);
        await step.Run(new(AreaNames.Results, "c/r/", files), context, Cancel);
        var listed = await rig.Storage.Results.List("c/r/", Cancel).ToListAsync(Cancel);
        Assert.Equal("c/r/" + RunFileNames.Report, listed.MaxBy(f => f.Modified)!.Path);
        var conflict = await Assert.ThrowsAsync<BadInputException>(() => step.Run(new(AreaNames.Results, "c/r/", new([new("a.csv", two)])), context, Cancel));
        Assert.Equal("results.conflict", conflict.Code);
        Assert.Equal("one", Encoding.UTF8.GetString(rig.Storage.Results.Get("c/r/a.csv")));
    }

    /// <summary>Overwrites an image once the cohort is listed.</summary>
    private sealed class Overwriting(IStepRunner inner, IntakeRig rig) : IStepRunner
    {
        private bool done;

        public async Task<System.Text.Json.JsonElement> Run(StepCall call, CancellationToken cancel)
        {
            var result = await inner.Run(call, cancel);
            if (call.Name == OpenCohortStep.Definition.Name && !done)
            {
                done = true;
                rig.WithImages(1, first: 7);
            }
            return result;
        }
    }
}
