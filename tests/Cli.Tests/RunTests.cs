using System.Text.Json;
using RadiogenomicsCloud.Cli.Tests.Running;

namespace RadiogenomicsCloud.Cli.Tests;

/// <summary>What a run of a cohort leaves, and the commands that look at it.</summary>
public sealed class RunTests(SmallRun small) : IDisposable
{
    private const string Reason = "lacks 1 slice(s)";
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_bad_case_does_not_stop_the_others_and_is_accounted_for()
    {
        var run = await small.Finished();
        var cases = File.ReadAllLines(Path.Combine(run.Folder, "cases.csv"));
        Assert.Equal(SmallCohort.Cases, cases.Length - 1);
        var failed = Assert.Single(cases, l => l.Contains(",failed,", StringComparison.Ordinal));
        Assert.StartsWith(SmallCohort.BrokenCase, failed, StringComparison.Ordinal);
        Assert.Contains(Reason, failed, StringComparison.Ordinal);
        Assert.Equal(SmallCohort.Cases - 1, cases.Count(l => l.Contains(",analysed,", StringComparison.Ordinal)));
        // Both classes but the broken case are in the predictions, each under every predictor set.
        var predicted = File.ReadAllLines(Path.Combine(run.Folder, "predictions.csv")).Skip(1).Select(l => l.Split(',')).ToList();
        Assert.Equal(SmallCohort.Cases - 1, predicted.Select(p => p[2]).Distinct().Count());
        Assert.Equal(["a", "b"], predicted.Select(p => p[0]).Distinct().Order());
    }

    [Fact]
    public async Task Failed_cases_end_with_1_under_strict_only_and_JSON_says_what_came_out()
    {
        var run = await small.Finished();
        var output = folder.CopyOf(small.Out, "out");
        var result = await Radiogenomics.Run("run", small.Cohort, "--out", output, "--strict", "--json");
        Assert.Equal(ExitCodes.StudyFailed, result.ExitCode);
        Assert.Contains($"{SmallCohort.BrokenCase} failed (imaging a)", result.Error, StringComparison.Ordinal);
        // What the study is too small for is said once, and before anything is fitted.
        var warned = result.Error.IndexOf("warning: a: Riley's criteria ask for", StringComparison.Ordinal);
        Assert.InRange(warned, 0, result.Error.IndexOf("models and resamples: ", StringComparison.Ordinal));
        Assert.Equal(warned, result.Error.LastIndexOf("warning: a: Riley's criteria ask for", StringComparison.Ordinal));
        using var json = JsonDocument.Parse(result.Output);
        var root = json.RootElement;
        Assert.Equal(run.RunId, root.GetProperty("run").GetString());
        int[] counts = [.. new[] { "cases", "analysed", "failed", "excluded" }.Select(n => root.GetProperty(n).GetInt32())];
        Assert.Equal([12, 11, 1, 0], counts);
        Assert.Equal(["a", "b"], root.GetProperty("performance").EnumerateArray().Select(p => p.GetProperty("set").GetString()!));
        Assert.True(File.Exists(root.GetProperty("report").GetString()));
    }

    [Fact]
    public async Task A_run_leaves_its_files_and_writes_nothing_into_the_cohort()
    {
        var run = await small.Finished();
        string[] files =
        [
            "cases.csv", "features.csv", "features.parquet", "figures/previews.json", "model.json", "performance.json", "predictions.csv",
            "provenance.json", "report.html", "run.jsonl", "selection.csv",
        ];
        Assert.Superset(files.ToHashSet(), TestFolder.Files(run.Folder).ToHashSet());
        Assert.Matches("^[0-9a-f]{12}$", run.RunId);
        using var provenance = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(run.Folder, "provenance.json")));
        var certificate = provenance.RootElement.GetProperty("certificate");
        Assert.Equal("IBSI-1 digital phantom", certificate.GetProperty("dataSet").GetString());
        Assert.Equal((482, 482), (certificate.GetProperty("reproduced").GetInt32(), certificate.GetProperty("references").GetInt32()));
        Assert.Contains(
            "IBSI-1 digital phantom: 482 of 482 reference values reproduced", File.ReadAllText(Path.Combine(run.Folder, "report.html")), StringComparison.Ordinal);
        Assert.DoesNotContain(TestFolder.Files(small.Cohort), f => f.StartsWith('.'));
    }

    [Fact]
    public async Task A_report_made_again_is_the_report_of_the_run_byte_for_byte()
    {
        var run = await small.Finished();
        var copy = folder.CopyOf(run.Folder, run.RunId);
        var report = Path.Combine(copy, "report.html");
        File.Delete(report);
        var result = await Radiogenomics.Run("report", copy);
        result.Succeeded();
        Assert.Contains(report, result.Output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(Path.Combine(run.Folder, "report.html")), File.ReadAllBytes(report));
        Assert.Equal(TestFolder.Files(run.Folder), TestFolder.Files(copy));
    }

    [Theory]
    [InlineData("cases.csv", "run.incomplete")]
    [InlineData("performance.json", "run.incomplete")]
    public async Task A_report_of_an_incomplete_run_is_refused_and_nothing_is_written(string missing, string code)
    {
        var run = await small.Finished();
        var copy = folder.CopyOf(run.Folder, run.RunId);
        File.Delete(Path.Combine(copy, missing));
        File.Delete(Path.Combine(copy, "report.html"));
        (await Radiogenomics.Run("report", copy)).Refused(code, missing);
        Assert.DoesNotContain("report.html", TestFolder.Files(copy));
    }

    [Fact]
    public async Task Clean_keeps_all_that_a_run_reaches_and_drops_the_rest()
    {
        var run = await small.Finished();
        var output = folder.CopyOf(small.Out, "out");
        var store = Path.Combine(output, "store");
        var before = TestFolder.Files(store);
        var kept = await Radiogenomics.Run("clean", output);
        kept.Succeeded();
        Assert.Contains("Kept 1 runs; dropped 0 outcomes", kept.Output, StringComparison.Ordinal);
        (await Radiogenomics.Run("run", small.Cohort, "--out", output)).Succeeded();
        Assert.All(RunOutput.Only(output).Lives()[^1], l => Assert.False(l.Done));

        Directory.Delete(Path.Combine(output, "runs", run.RunId), recursive: true);
        var dropped = await Radiogenomics.Run("clean", output);
        dropped.Succeeded();
        Assert.Contains("Kept 0 runs", dropped.Output, StringComparison.Ordinal);
        Assert.NotEmpty(before);
        Assert.Empty(TestFolder.Files(Path.Combine(store, "outcomes")));
        Assert.Empty(TestFolder.Files(Path.Combine(store, "artifacts")));
        (await Radiogenomics.Run("clean", folder.At("nowhere"))).Refused("clean.no_store", "nowhere");
    }

    [Fact]
    public async Task Inspect_says_what_is_there_and_what_is_wrong_and_writes_nothing()
    {
        await small.Finished();
        var before = TestFolder.Files(small.Cohort);
        var result = await Radiogenomics.Run("inspect", small.Cohort, "--json");
        result.Succeeded();
        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal(12, json.RootElement.GetProperty("cases").GetInt32());
        Assert.Equal(6, json.RootElement.GetProperty("events").GetInt32());
        var images = json.RootElement.GetProperty("images").EnumerateArray().ToList();
        Assert.Equal(24, images.Count);
        var bad = images.Where(i => i.TryGetProperty("problem", out var p) && p.ValueKind == JsonValueKind.Object).ToList();
        Assert.Equal(2, bad.Count);
        Assert.All(bad, i => Assert.Equal(SmallCohort.BrokenCase, i.GetProperty("caseId").GetString()));
        Assert.All(bad, i => Assert.Contains(Reason, i.GetProperty("problem").GetProperty("message").GetString(), StringComparison.Ordinal));

        var text = await Radiogenomics.Run("inspect", small.Cohort, "--strict");
        Assert.Equal(ExitCodes.StudyFailed, text.ExitCode);
        Assert.Contains("12 cases, 12 with response, 6 with the event", text.Output, StringComparison.Ordinal);
        Assert.Contains("image a: 11 of 12 can be read", text.Output, StringComparison.Ordinal);
        Assert.Equal(before, TestFolder.Files(small.Cohort));
    }
}
