using RadiogenomicsCloud.Cli.Tests.Running;

namespace RadiogenomicsCloud.Cli.Tests;

/// <summary><c>endpoints: {from: mutations}</c>: every feature of a molecular source predicted in one run.</summary>
public sealed class ManyEndpointsTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Cohort => folder.At("cohort");

    private Task<CommandResult> Run(string output, params string[] more) => Radiogenomics.Run(["run", Cohort, "--out", folder.At(output), .. more]);

    [Fact]
    public async Task Each_endpoint_is_validated_and_one_table_corrects_them_for_each_other()
    {
        MapCohort.Write(folder, "cohort", MapCohort.EndpointsStudy);
        var result = await Run("out", "--parallel", "1");
        result.Succeeded();
        Assert.Contains("1 features are no endpoints", result.Output, StringComparison.Ordinal);
        var run = RunOutput.Only(folder.At("out"));
        string[] own = ["model.json", "performance.json", "report.html"];
        string[] files =
        [
            "endpoints.csv", "endpoints.json", .. own.Select(f => $"endpoints/01-mut_DRIVER/{f}"), .. own.Select(f => $"endpoints/02-mut_PASSENGER/{f}"),
            "provenance.json", "report.html", "run.jsonl",
        ];
        Assert.Equal(files, TestFolder.Files(run.Folder));

        var rows = File.ReadAllLines(Path.Combine(run.Folder, "endpoints.csv")).Skip(1).Select(l => l.Split(',')).ToList();
        Assert.Equal(["mut_DRIVER", "mut_PASSENGER"], rows.Select(r => r[0]));
        double[] p = [.. rows.Select(r => Number(r[10]))];
        // The driver is the sign of a feature: no deal of the outcomes is predicted as well. The passenger is dealt out by the case's number.
        Assert.Equal(1 / 100.0, p[0], 12);
        Assert.True(p[1] > 0.05);
        // Two tests: Holm doubles the smaller p, Benjamini and Hochberg too.
        Assert.Equal([2 * p[0], p[1]], rows.Select(r => Number(r[11])));
        Assert.Equal([2 * p[0], p[1]], rows.Select(r => Number(r[12])));

        var page = File.ReadAllText(Path.Combine(run.Folder, "report.html"));
        Assert.Contains("Of 2 endpoints, 1 is predicted better than chance", page, StringComparison.Ordinal);
        Assert.Contains("href=\"endpoints/01-mut_DRIVER/report.html\"", page, StringComparison.Ordinal);
        Assert.Contains("2 of 36 cases have it, fewer than the share of 0.1 asked for.", page, StringComparison.Ordinal);
        File.Delete(Path.Combine(run.Folder, "report.html"));
        (await Radiogenomics.Run("report", run.Folder)).Succeeded();
        Assert.Equal(page, File.ReadAllText(Path.Combine(run.Folder, "report.html")));

        // Started again it finds everything; with two workers it gives the same bytes.
        (await Run("out", "--parallel", "1")).Succeeded();
        Assert.All(run.Lives()[^1], l => Assert.False(l.Done));
        (await Run("two", "--parallel", "2")).Succeeded();
        RunOutput.Only(folder.At("two")).HasTheBytesOf(run);

        // A locked model of one endpoint is validated elsewhere as any other.
        MapCohort.Write(folder, "partner", MapCohort.EndpointsStudy.Replace("study: many", "study: partner", StringComparison.Ordinal));
        var model = Path.Combine(run.Folder, "endpoints", "01-mut_DRIVER", "model.json");
        (await Radiogenomics.Run("validate", "--model", model, folder.At("partner"), "--out", folder.At("external"))).Succeeded();
    }

    [Theory]
    [InlineData("from: mutations", "from: mutatoins", "study.unknown", "did you mean 'mutations'")]
    [InlineData("from: mutations, min_frequency: 0.1", "from: expression", "study.combination", "does not read 'expression'")]
    [InlineData("compare: [pet]", "compare: [pet, pet+mutations]", "study.combination", "'mutations' is predicted and cannot be a predictor")]
    [InlineData("  - permutation_test: {permutations: 99}\n", "", "study.combination", "add permutation_test to validate")]
    [InlineData("seed: 3", "association: {}", "study.combination", "makes no map")]
    public async Task Endpoints_that_cannot_be_are_refused_by_run_and_inspect_alike(string text, string instead, string code, string says)
    {
        MapCohort.Write(folder, "cohort", MapCohort.EndpointsStudy.Replace(text, instead, StringComparison.Ordinal));
        (await Run("out")).Refused(code, says);
        (await Radiogenomics.Run("inspect", Cohort)).Refused(code, says);
    }

    [Fact]
    public async Task A_source_without_any_possible_endpoint_ends_with_1_and_says_why()
    {
        MapCohort.Write(folder, "cohort", MapCohort.EndpointsStudy.Replace("min_frequency: 0.1", "min_frequency: 0.9", StringComparison.Ordinal));
        var result = await Run("out");
        Assert.Equal(ExitCodes.StudyFailed, result.ExitCode);
        Assert.Contains("None of the 3 features of mutations can be an endpoint", result.Error, StringComparison.Ordinal);
    }

    private static double Number(string cell) => double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture);
}
