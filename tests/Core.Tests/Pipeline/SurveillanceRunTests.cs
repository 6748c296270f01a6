using System.Globalization;
using System.Text;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Pipeline.Steps.Surveillance;
using RadiogenomicsCloud.Pipeline.Storage;
using RadiogenomicsCloud.Pipeline.Workflows;
using RadiogenomicsCloud.Statistics;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Pipeline;

/// <summary>A model is locked on 60 cases of a table; more cases come, and it is looked at again.</summary>
public sealed class SurveillanceRunTests : IDisposable
{
    private const string Version = "test";

    private const string Yaml = """
        schema: 1
        study: tables
        ids: {case: case, patient: patient}
        endpoints: [{column: out, kind: binary}]
        clinical: [a, b]
        compare: [clinical]
        models: [{elastic_net: {}}]
        validate: [{nested_cv: {folds: 3, repeats: 2}}]
        revalidate: {fewest_cases: 30}
        """;

    private readonly TestFolder cohort = new();
    private readonly TestFolder output = new();
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;
    private Study study = StudyFile.Parse(Yaml, "study.yaml");

    public void Dispose()
    {
        cohort.Dispose();
        output.Dispose();
    }

    [Fact]
    public async Task A_look_counts_only_cases_that_no_model_saw_and_no_look_has_counted()
    {
        Write(60, 0, shift: 0);
        var training = await Train();
        Write(75, 60, shift: 0);
        var few = await Survey(training, null);
        Assert.Equal((15, false, 0), (few.NewCases, few.Compared, few.Alerts));

        Write(100, 60, shift: 0);
        var first = await Survey(training, few.Known);
        Assert.Equal((40, true, 0), (first.NewCases, first.Compared, first.Alerts));
        var document = await Document(first);
        Assert.Equal(40, Assert.Single(document.Performance!.Models).Cases);
        Assert.Equal("nested_cv", document.Changes.Single(c => c.Measure == "auc").LockedMethod);

        var again = await Survey(training, first.Known);
        Assert.Equal((0, false), (again.NewCases, again.Compared));
    }

    [Fact]
    public async Task Cases_of_another_scanner_and_another_truth_raise_alerts()
    {
        Write(60, 0, shift: 0);
        var training = await Train();
        Write(140, 60, shift: 4, turned: true);
        var look = await Survey(training, null);
        var document = await Document(look);
        Assert.Equal(80, look.NewCases);
        Assert.Equal(AlertLevel.Alert, document.Changes.Single(c => c.Measure == "auc").Level);
        Assert.Contains(document.Drift, d => d is { Predictor: "a", Level: AlertLevel.Alert });
        Assert.True(look.Alerts >= 2);
    }

    [Fact]
    public async Task A_survival_model_that_reads_categories_is_watched_too()
    {
        study = StudyFile.Parse("""
            schema: 1
            study: tables
            ids: {case: case, patient: patient}
            endpoints: [{time: months, event: died, kind: survival}]
            clinical: [a, grade]
            column_types: {grade: nominal}
            compare: [clinical]
            models: [{regression: {}}]
            validate: [{nested_cv: {folds: 3, repeats: 2}}]
            revalidate: {fewest_cases: 30}
            """, "study.yaml");
        WriteSurvival(60, turnedFrom: 60);
        var training = await Train();
        WriteSurvival(140, turnedFrom: 60);
        var document = await Document(await Survey(training, null));
        Assert.True(document.Events > 20);
        Assert.Equal((AlertLevel.Alert, "nested_cv"), document.Changes.Where(c => c.Measure == "c_harrell").Select(c => (c.Level, c.LockedMethod)).Single());
        Assert.Equal(["a"], document.Drift.Select(d => d.Predictor));
        Assert.Contains(document.Notes, n => n.EndsWith("not compared: grade.", StringComparison.Ordinal));
    }

    private void WriteSurvival(int rows, int turnedFrom)
    {
        var text = new StringBuilder("case,patient,a,grade,months,died\n");
        for (var i = 0; i < rows; i++)
        {
            var random = new DeterministicRandom((ulong)i + 1);
            var (a, grade) = (random.NextDouble(), i % 3);
            var hazard = Math.Exp(4 * (i < turnedFrom ? a : 1 - a));
            text.Append(CultureInfo.InvariantCulture, $"C{i:D3},P{i:D3},{a:F6},G{grade},{-Math.Log(1 - random.NextDouble()) / hazard:F6},{(i % 4 == 0 ? 0 : 1)}\n");
        }
        cohort.Write("clinical.csv", text.ToString());
    }

    // a tells the outcome (the other way round where turned), b is noise; every patient has one case.
    private void Write(int rows, int from, double shift, bool turned = false)
    {
        var text = new StringBuilder("case,patient,a,b,out\n");
        for (var i = 0; i < rows; i++)
        {
            var random = new DeterministicRandom((ulong)i + 1);
            var outcome = i % 2;
            var late = i >= from && from > 0;
            var a = (late && turned ? 1 - outcome : outcome) + (3 * random.NextDouble()) - 1.5 + (late ? shift : 0);
            text.Append(CultureInfo.InvariantCulture, $"C{i:D3},P{i:D3},{a:F6},{random.NextDouble():F6},{outcome}\n");
        }
        cohort.Write("clinical.csv", text.ToString());
    }

    private async Task<RunFileList> Train()
    {
        var source = new FolderCohort(cohort.Path);
        using var rig = new TestRig(output.Path, CohortSteps.Catalogue(), runId: "train", cohort: source);
        var request = await RunRequest.CohortRun(study, await source.List(cancel), Version, rig.Store.Artifacts, cancel);
        return await rig.Host.Run(CohortRunWorkflow.Definition, "train", request.Input, cancel);
    }

    private async Task<SurveyOutput> Survey(RunFileList training, ArtifactRef? known)
    {
        ArtifactRef File(string name) => training.Files.Single(f => f.Name == name).Content;
        var source = new FolderCohort(cohort.Path);
        using var rig = new TestRig(output.Path, CohortSteps.Catalogue(), runId: "survey", cohort: source);
        ModelDocument models;
        await using (var stream = await rig.Store.Artifacts.OpenRequired(File(RunFileNames.Model), cancel))
            models = ModelDocument.Read(stream);
        var request = await RunRequest.Surveillance(
            models, new(File(RunFileNames.Performance), File(RunFileNames.Features), File(RunFileNames.Cases)), known, [], new(await source.List(cancel)), Version,
            rig.Store.Artifacts, cancel);
        return await rig.Host.Run(SurveillanceWorkflow.Definition, request.RunId, request.Input, cancel);
    }

    private async Task<SurveillanceDocument> Document(SurveyOutput look)
    {
        using var store = LocalStore.Open(output.Path, freeBytes: 0);
        Assert.NotNull(await store.Artifacts.Open(look.Report, cancel));
        return await store.Artifacts.GetJson<SurveillanceDocument>(look.Document, cancel);
    }
}
