using System.Globalization;
using System.Text;
using System.Text.Json;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Pipeline.Storage;
using RadiogenomicsCloud.Pipeline.Workflows;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Pipeline;

/// <summary>Whole runs of a study that asks what its models rest on.</summary>
public sealed class ExplainRunTests : IDisposable
{
    private const string Explained = "explain: {permutation_importance: {resamples: 10, repeats: 2}, partial_dependence: {predictors: 2, resamples: 10}}";
    private readonly TestFolder cohort = new();
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    public void Dispose() => cohort.Dispose();

    [Fact]
    public async Task A_run_that_is_asked_explains_every_model_by_its_source_columns()
    {
        using var output = new TestFolder();
        var folder = await Run(Explained, output);
        var document = JsonSerializer.Deserialize<ExplanationDocument>(await File.ReadAllTextAsync(Path.Combine(folder, RunFileNames.Explanations), cancel), CanonicalJson.Options)!;
        Assert.Equal([("clinical", "ridge"), ("clinical", "decision_tree")], document.Procedures.Select(p => (p.Set, p.Model)));
        var regression = document.Procedures[0];
        var importance = regression.Importance!;
        // The level of the category is permuted as it is in the table, not its indicators one by one.
        Assert.Equal(["grade", "noise", "place"], importance.Columns.Select(c => c.Column).Order(StringComparer.Ordinal));
        Assert.NotEqual("noise", importance.Columns[0].Column);
        Assert.All(importance.Columns, c => Assert.Contains("two-stage bootstrap of the whole pipeline, 10 × 2 bootstrap samples", c.Interval!.Method, StringComparison.Ordinal));
        Assert.Equal(2, regression.Dependence!.Columns.Count);
        Assert.Equal(10, regression.Dependence.Models);
        Assert.NotNull(regression.Nomogram);
        Assert.Null(document.Procedures[1].Nomogram);
        foreach (var figure in new[] { "importance-1", "dependence-1", "nomogram-1", "importance-2" })
            Assert.True(File.Exists(Path.Combine(folder, "figures", figure + ".svg")), figure);
        var page = await File.ReadAllTextAsync(Path.Combine(folder, RunFileNames.Report), cancel);
        Assert.Contains("What the models rest on", page, StringComparison.Ordinal);
        Assert.Contains("Total points", page, StringComparison.Ordinal);
        Assert.Equal(page, ReportFiles.Render(folder));
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);

        using var again = new TestFolder();
        var other = await Run(Explained, again);
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(folder, RunFileNames.Explanations), cancel), await File.ReadAllBytesAsync(Path.Combine(other, RunFileNames.Explanations), cancel));
    }

    [Fact]
    public async Task A_run_that_is_not_asked_says_nothing_of_it()
    {
        using var output = new TestFolder();
        var folder = await Run("", output);
        Assert.False(File.Exists(Path.Combine(folder, RunFileNames.Explanations)));
        Assert.DoesNotContain("What the models rest on", await File.ReadAllTextAsync(Path.Combine(folder, RunFileNames.Report), cancel), StringComparison.Ordinal);
        Assert.DoesNotContain("explain", await File.ReadAllTextAsync(Path.Combine(folder, RunFileNames.Provenance), cancel), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_asked_for_is_read_from_the_study()
    {
        Assert.Null(Study("").Explain);
        Assert.Null(Study("explain: false").Explain);
        Assert.Equal(ExplainSettings.All, Study("explain: true").Explain);
        Assert.Equal(ExplainSettings.All, Study("explain: {}").Explain);
        Assert.Equal(new ExplainSettings(new(), null), Study("explain: {permutation_importance: {}}").Explain);
        Assert.Equal(new ExplainSettings(null, new(3, 20, 0)), Study("explain: {partial_dependence: {predictors: 3, resamples: 0}}").Explain);
        Assert.DoesNotContain("explain", Encoding.UTF8.GetString(CanonicalJson.Serialize(Study(""))), StringComparison.Ordinal);
        Assert.Equal("study.range", Assert.Throws<BadInputException>(() => Study("explain: {permutation_importance: {repeats: 0}}")).Code);
        Assert.Equal("study.unknown", Assert.Throws<BadInputException>(() => Study("explain: {shapley: {}}")).Code);
    }

    private static Study Study(string explain) => StudyFile.Parse(
        $$$"""
        schema: 1
        study: grades
        ids: {case: case}
        endpoints: [{column: out, kind: binary}]
        clinical: [place, grade, noise]
        column_types: {place: nominal, grade: {ordinal: [low, mid, high]}}
        models: [{ridge: {}}, {decision_tree: {}}]
        validate: [{bootstrap: {resamples: 12}}, {interval: {outer: 10, inner: 2}}]
        {{{explain}}}
        """,
        "study.yaml");

    private async Task<string> Run(string explain, TestFolder output)
    {
        var text = new StringBuilder("case,place,grade,noise,out\n");
        for (var i = 0; i < 60; i++)
        {
            var (place, grade) = ("ABC"[i * 7 % 3], new[] { "low", "mid", "high" }[i * 5 / 3 % 3]);
            var risk = (place == 'B' ? 2 : 0) + (grade == "high" ? 2 : grade == "mid" ? 1 : 0) + (i * 13 % 11 / 4.0);
            text.Append(CultureInfo.InvariantCulture, $"C{i:D2},{place},{grade},{i * 31 % 23},{(risk > 2.6 ? 1 : 0)}\n");
        }
        cohort.Write("clinical.csv", text.ToString());
        var source = new FolderCohort(cohort.Path);
        var files = await source.List(cancel);
        var study = Study(explain);
        var runId = RunIdentity.For(study, files, "test");
        using var rig = new TestRig(output.Path, CohortSteps.Catalogue(), runId: runId, cohort: source);
        var request = await RunRequest.CohortRun(study, files, "test", rig.Store.Artifacts, cancel);
        var published = await rig.Host.Run(CohortRunWorkflow.Definition, runId, request.Input, cancel);
        await RunPublisher.Publish(published, rig.Store.Artifacts, rig.Store.RunFolder(runId), cancel);
        return output.At("runs/" + runId);
    }
}
