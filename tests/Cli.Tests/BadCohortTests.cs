using System.Globalization;
using System.Text;
using RadiogenomicsCloud.Cli.Tests.Running;

namespace RadiogenomicsCloud.Cli.Tests;

/// <summary>Cohorts that cannot be done at all, by what <c>inspect</c> finds and <c>run</c> refuses alike.</summary>
public sealed class BadCohortTests : IDisposable
{
    private const string Study =
        """
        schema: 1
        study: tables
        ids: {case: case_id}
        endpoints:
          - {column: response, kind: binary}
        features:
          - {name: noise}
        models:
          - elastic_net: {}
        validate:
          - bootstrap: {resamples: 10}
          - interval: {outer: 10, inner: 2}

        """;

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Cohort => folder.At("cohort");

    private string Out => folder.At("out");

    /// <summary>Twelve cases, one table of two features, no images.</summary>
    private void WriteCohort(Func<string, string>? clinical = null, Func<string, string>? study = null, int cases = 12)
    {
        var table = new StringBuilder("case_id,response\n");
        var noise = new StringBuilder("case_id,x,y\n");
        for (var n = 1; n <= cases; n++)
        {
            table.Append(CultureInfo.InvariantCulture, $"C{n},{n % 2}\n");
            noise.Append(CultureInfo.InvariantCulture, $"C{n},{n * n % 7},{n * 5 % 11}\n");
        }
        folder.Write("cohort/clinical.csv", (clinical ?? (text => text))(table.ToString()));
        folder.Write("cohort/features/noise.csv", noise.ToString());
        folder.Write("cohort/study.yaml", (study ?? (text => text))(Study));
    }

    private Task<CommandResult> Start(string command) =>
        command == "run" ? Radiogenomics.Run("run", Cohort, "--out", Out) : Radiogenomics.Run(command, Cohort);

    private async Task Refused(string command, string code, params string[] says)
    {
        var before = TestFolder.Files(Cohort);
        (await Start(command)).Refused(code, says);
        Assert.Equal(before, TestFolder.Files(Cohort));
        // Of a refused run only its history may be there, and what the store holds.
        Assert.All(TestFolder.Files(folder.At("out", "runs")), f => Assert.Equal(RunOutput.LedgerName, Path.GetFileName(f)));
    }

    [Fact]
    public async Task The_cohort_that_the_others_break_can_be_run()
    {
        WriteCohort();
        (await Start("inspect")).Succeeded();
        (await Start("run")).Succeeded();
    }

    [Theory]
    [InlineData("run")]
    [InlineData("inspect")]
    public async Task A_clinical_table_without_the_endpoint_is_refused(string command)
    {
        WriteCohort(clinical: text => text.Replace("response", "respons", StringComparison.Ordinal));
        await Refused(command, "table.missing-column", "clinical.csv", "response");
    }

    [Theory]
    [InlineData("run")]
    [InlineData("inspect")]
    public async Task Two_rows_of_one_case_are_refused_with_their_line(string command)
    {
        WriteCohort(clinical: text => text + "C3,1\n");
        await Refused(command, "table.duplicate-case", "clinical.csv", "C3", "14");
    }

    [Theory]
    [InlineData("run")]
    [InlineData("inspect")]
    public async Task An_endpoint_with_one_class_is_refused(string command)
    {
        WriteCohort(clinical: text => text.Replace(",0\n", ",1\n", StringComparison.Ordinal));
        await Refused(command, "endpoint.one-class", "response", "one class");
    }

    [Theory]
    [InlineData("run")]
    [InlineData("inspect")]
    public async Task A_cohort_without_a_clinical_table_is_refused(string command)
    {
        WriteCohort();
        File.Delete(Path.Combine(Cohort, "clinical.csv"));
        await Refused(command, "cohort.no-clinical-table", "clinical.csv");
    }

    [Theory]
    [InlineData("run")]
    [InlineData("inspect")]
    public async Task An_unknown_key_of_the_study_is_refused_with_its_line_and_the_nearest_key_and_nothing_is_written(string command)
    {
        WriteCohort(study: text => text.Replace("endpoints:", "endpoint:", StringComparison.Ordinal));
        await Refused(command, "study.unknown", "study.yaml", "line 4", "'endpoint'", "'endpoints'");
        Assert.False(Directory.Exists(Out));
    }

    [Theory]
    [InlineData("run")]
    [InlineData("inspect")]
    public async Task A_missing_study_file_or_cohort_is_refused_and_nothing_is_written(string command)
    {
        WriteCohort();
        File.Delete(Path.Combine(Cohort, "study.yaml"));
        await Refused(command, "study.missing", "study.yaml");
        Directory.Delete(Cohort, recursive: true);
        await Refused(command, "cohort.missing", "cohort");
        Assert.False(Directory.Exists(Out));
    }

    [Theory]
    [InlineData("run")]
    [InlineData("inspect")]
    public async Task A_feature_table_that_is_not_there_is_refused(string command)
    {
        WriteCohort(study: text => text.Replace("{name: noise}", "{name: nowhere}", StringComparison.Ordinal));
        await Refused(command, "cohort.no-table", "features/nowhere.csv");
    }

    [Theory]
    [InlineData("run")]
    [InlineData("inspect")]
    public async Task Too_few_patients_of_a_class_in_the_clinical_table_are_refused(string command)
    {
        WriteCohort(cases: 8);
        await Refused(command, "study.too-few-patients", "clinical.csv", "4 patients", "at least 5");
    }

    [Fact]
    public async Task Too_few_that_can_be_analysed_fail_the_study_with_1()
    {
        WriteCohort();
        var table = Path.Combine(Cohort, "features", "noise.csv");
        File.WriteAllLines(table, File.ReadAllLines(table).Where(l => l.Split(',')[0] is not ("C1" or "C3")));
        var result = await Start("run");
        Assert.Equal(ExitCodes.StudyFailed, result.ExitCode);
        Assert.Contains("Only 10 cases can be analysed, 4 cases whose response is 1 and 6 with 0", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }
}
