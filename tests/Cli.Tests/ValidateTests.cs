using RadiogenomicsCloud.Cli.Tests.Running;

namespace RadiogenomicsCloud.Cli.Tests;

/// <summary>Locked models on other cohorts.</summary>
public sealed class ValidateTests(SmallRun small) : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    private async Task<string> Model() => Path.Combine((await small.Finished()).Folder, "model.json");

    [Fact]
    public async Task Another_cohort_is_scored_and_nothing_is_fitted()
    {
        var model = await Model();
        SmallCohort.Write(folder.At("partner"), study: "partner", seed: 99);
        var result = await Radiogenomics.Run("validate", "--model", model, folder.At("partner"), "--out", folder.At("out"));
        result.Succeeded();
        Assert.Contains("12 cases: 11 analysed, 0 excluded, 1 failed", result.Output, StringComparison.Ordinal);
        Assert.Contains("a: AUC ", result.Output, StringComparison.Ordinal);
        var run = RunOutput.Only(folder.At("out"));
        var files = TestFolder.Files(run.Folder);
        Assert.Contains("report.html", files);
        Assert.DoesNotContain("model.json", files);
        Assert.Contains("\"kind\": \"external\"", File.ReadAllText(Path.Combine(run.Folder, "performance.json")), StringComparison.Ordinal);
        Assert.DoesNotContain(run.Ledger(), l => l.Step is "resample" or "lock-model" or "plan-resamples");
        // Every analysed case once a predictor set.
        Assert.Equal(2 * 11, File.ReadAllLines(Path.Combine(run.Folder, "predictions.csv")).Length - 1);
    }

    [Fact]
    public async Task The_cohort_that_the_model_was_trained_on_is_refused()
    {
        var model = await Model();
        var output = folder.CopyOf(small.Out, "out");
        var result = await Radiogenomics.Run("validate", "--model", model, small.Cohort, "--out", output);
        result.Refused("learning.rows_seen", "11 of 11 rows belong to patients that the model was trained on");
        var runs = Directory.GetDirectories(Path.Combine(output, "runs"));
        Assert.Equal(2, runs.Length);
        Assert.Equal([RunOutput.LedgerName], TestFolder.Files(RunOutput.OtherThan(await small.Finished(), output).Folder));
    }

    [Fact]
    public async Task A_file_that_is_no_model_is_refused()
    {
        await small.Finished();
        var text = folder.Write("model.json", "{\"schema\": 1, \"study\": 3}");
        (await Radiogenomics.Run("validate", "--model", text, small.Cohort, "--out", folder.At("out"))).Refused("model.damaged", "model.json");
        var newer = folder.Write("newer.json", "{\"schema\": 99}");
        (await Radiogenomics.Run("validate", "--model", newer, small.Cohort, "--out", folder.At("out"))).Refused("model.newer_schema", "99");
        (await Radiogenomics.Run("validate", "--model", folder.At("none.json"), small.Cohort)).Refused("model.missing", "none.json");
        (await Radiogenomics.Run("validate", "--model", await Model(), folder.At("none"))).Refused("cohort.missing", "none");
        Assert.False(Directory.Exists(folder.At("out")));
    }
}
