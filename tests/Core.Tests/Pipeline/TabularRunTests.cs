using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Inspection;
using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Pipeline.Steps.Assembly;
using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Pipeline.Storage;
using RadiogenomicsCloud.Pipeline.Workflows;

namespace RadiogenomicsCloud.Core.Tests.Pipeline;

/// <summary>Whole runs of a cohort without images, quick enough to be done several times.</summary>
public sealed class TabularRunTests : IDisposable
{
    private const string Version = "test";
    private readonly TestFolder cohort = new();
    private readonly TestFolder output = new();
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    public void Dispose()
    {
        cohort.Dispose();
        output.Dispose();
    }

    [Fact]
    public async Task A_cleaned_run_is_found_done_and_can_be_published_again()
    {
        var first = await Run(Study());
        Assert.True(first.Computed > 0);
        var cleaned = await StoreCleaner.Clean(output.Path, cancel);
        Assert.Equal((1, 0), (cleaned.Runs, cleaned.Outcomes));
        foreach (var file in Directory.GetFiles(output.At("runs/" + first.RunId)))
            File.Delete(file);
        var second = await Run(Study());
        Assert.Equal(0, second.Computed);
        Assert.True(File.Exists(output.At($"runs/{first.RunId}/{RunFileNames.Report}")));

        // Another validation goes on from the same table.
        var third = await Run(Study("{nested_cv: {folds: 2, repeats: 1}}"));
        Assert.True(third.Computed > 0);
    }

    [Fact]
    public async Task The_locked_model_is_the_one_whose_size_is_reported()
    {
        var run = await Run(Study());
        var folder = output.At("runs/" + run.RunId);
        await using var stream = File.OpenRead(Path.Combine(folder, RunFileNames.Model));
        var locked = Assert.Single(ModelDocument.Read(stream).Models);
        using var performance = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, RunFileNames.Performance), cancel));
        // The cut-off, here the prevalence or Youden's, was fixed with the model and goes with it.
        Assert.InRange(locked.CutOff!.Value, 0, 1);
        Assert.Equal(locked.Model.Selected.Count, performance.RootElement.GetProperty("models")[0].GetProperty("lockedPredictors").GetInt32());
    }

    [Fact]
    public async Task The_best_of_several_models_is_one_more_model_whose_choice_is_resampled()
    {
        var study = StudyFile.Parse(
            Yaml().Replace("models: [{elastic_net: {}}]", "models: [{elastic_net: {}}, {lda: {}}]\nchoose: {folds: 3}\nrecalibrate: {method: intercept}", StringComparison.Ordinal),
            "study.yaml");
        var run = await Run(study);
        await using var stream = File.OpenRead(output.At($"runs/{run.RunId}/{RunFileNames.Model}"));
        var models = ModelDocument.Read(stream).Models;
        Assert.Equal([("clinical", "elastic_net"), ("clinical", "lda"), ("chosen", "choice")], models.Select(m => (m.Set, m.ModelName)));
        using var performance = JsonDocument.Parse(await File.ReadAllBytesAsync(output.At($"runs/{run.RunId}/{RunFileNames.Performance}"), cancel));
        var choice = performance.RootElement.GetProperty("models")[2];
        Assert.Equal("nested_cv", choice.GetProperty("estimates")[0].GetProperty("method").GetString());
        Assert.Equal(4, choice.GetProperty("candidatePredictors").GetInt32());
    }

    [Fact]
    public async Task A_study_that_is_too_small_is_told_so_before_anything_is_fitted()
    {
        WriteClinical(rows: 40, patient: i => i.ToString(CultureInfo.InvariantCulture));
        var source = new FolderCohort(cohort.Path);
        var told = new List<(RadiogenomicsCloud.Pipeline.Progress Progress, int Fits)>();
        using var rig = new TestRig(output.Path, CohortSteps.Catalogue(), cohort: source);
        var request = await RunRequest.CohortRun(Study(), await source.List(cancel), Version, rig.Store.Artifacts, cancel);
        var host = new LocalHost(
            rig.Runner, new LocalHostOptions(1), TimeProvider.System, new Told(where => told.Add((where, rig.Ledger.Count("computed", "resample")))));
        await host.Run(CohortRunWorkflow.Definition, request.RunId, request.Input, cancel);
        var (progress, fits) = told.First(t => t.Progress.Notes is not null);
        Assert.Equal(("models and resamples", 0, 0), (progress.Stage, progress.Done, fits));
        Assert.Contains(progress.Notes!, n => n.StartsWith("clinical: 20 patients in the rarer class for 4 candidate predictors", StringComparison.Ordinal));
        Assert.Contains(progress.Notes!, n => n.StartsWith("clinical: Riley's criteria ask for", StringComparison.Ordinal));
        Assert.True(rig.Ledger.Count("computed", "resample") > 0);
    }

    [Fact]
    public async Task Competing_events_and_nested_sets_go_from_the_study_file_to_the_report()
    {
        WriteSurvival();
        var folder = await RunFiles(SurvivalYaml("[2]"));
        using var performance = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, RunFileNames.Performance), cancel));
        var model = performance.RootElement.GetProperty("models")[0];
        Assert.Equal(20, model.GetProperty("riskGroups").GetProperty("incidence").EnumerateObject().Where(p => p.Name is "low" or "high").Sum(p => p.Value.GetProperty("competing").GetInt32()));
        Assert.True(model.GetProperty("calibrationAt").GetArrayLength() > 0);
        Assert.Equal(1, performance.RootElement.GetProperty("addedPredictors").GetArrayLength());
        var page = await File.ReadAllTextAsync(Path.Combine(folder, RunFileNames.Report), cancel);
        foreach (var words in new[] { "Gray&#39;s test", "cause-specific", "Calibration at the horizons", "Added predictors, in-sample", "overstates" })
            Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.Equal(page, ReportFiles.Render(folder));
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(folder, "figures"), "cumulative_incidence*.svg"));

        // The locked model takes a partner's competing events as its own study did, and holds none itself.
        await using var stream = File.OpenRead(Path.Combine(folder, RunFileNames.Model));
        var locked = ModelDocument.Read(stream);
        Assert.Equal(["2"], locked.Study.Endpoints[0].Competing!);
        Assert.DoesNotContain("competing", JsonSerializer.Serialize(JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, RunFileNames.Model), cancel)).RootElement.GetProperty("models")), StringComparison.OrdinalIgnoreCase);

        // Without the key the label is not understood, and the study does not run on a wrong endpoint.
        Assert.Equal("endpoint.too-many-classes", (await Assert.ThrowsAsync<BadInputException>(() => RunFiles(SurvivalYaml(null)))).Code);
    }

    private sealed class Told(Action<RadiogenomicsCloud.Pipeline.Progress> tell) : IProgress<RadiogenomicsCloud.Pipeline.Progress>
    {
        public void Report(RadiogenomicsCloud.Pipeline.Progress value) => tell(value);
    }

    private static Study SurvivalYaml(string? competing) => StudyFile.Parse(
        $$$"""
        schema: 1
        study: competing
        ids: {case: case}
        endpoints: [{event: status, time: days, kind: survival{{{(competing is null ? "" : $", competing: {competing}")}}}}]
        clinical: [a]
        features: [{name: more}]
        compare: [clinical, clinical+more]
        models: [{regression: {}}]
        validate: [{nested_cv: {folds: 3, repeats: 1}}]
        """, "study.yaml");

    private void WriteSurvival()
    {
        StringBuilder clinical = new("case,a,days,status\n"), more = new("case,b\n");
        for (var i = 0; i < 60; i++)
        {
            clinical.Append(CultureInfo.InvariantCulture, $"C{i:D2},{i * 7 % 11},{(i * 13 % 37) + (10 - (i * 7 % 11)) + 1},{(i % 3 == 0 ? 0 : i % 3)}\n");
            more.Append(CultureInfo.InvariantCulture, $"C{i:D2},{i * 5 % 13}\n");
        }
        cohort.Write("clinical.csv", clinical.ToString());
        cohort.Write("features/more.csv", more.ToString());
    }

    private async Task<string> RunFiles(Study study)
    {
        var source = new FolderCohort(cohort.Path);
        var files = await source.List(cancel);
        var runId = RunIdentity.For(study, files, Version);
        using var rig = new TestRig(output.Path, CohortSteps.Catalogue(), runId: runId, cohort: source);
        var request = await RunRequest.CohortRun(study, files, Version, rig.Store.Artifacts, cancel);
        var published = await rig.Host.Run(CohortRunWorkflow.Definition, runId, request.Input, cancel);
        await RunPublisher.Publish(published, rig.Store.Artifacts, rig.Store.RunFolder(runId), cancel);
        return rig.Store.RunFolder(runId);
    }

    [Fact]
    public void A_choice_needs_something_to_choose_among() => Assert.Equal(
        "study.combination",
        Assert.Throws<BadInputException>(() => StudyFile.Parse(Yaml() + "\nchoose: {}\n", "study.yaml")).Code);

    [Fact]
    public async Task A_model_file_that_lacks_part_of_its_study_is_refused()
    {
        var run = await Run(Study());
        var text = await File.ReadAllTextAsync(output.At($"runs/{run.RunId}/{RunFileNames.Model}"), cancel);
        Assert.Equal("tables", Read(text).Study.Name);
        foreach (var key in ((JsonObject)JsonNode.Parse(text)!["study"]!).Select(p => p.Key).Where(k => k is not ("schema" or "seed")))
        {
            var damaged = JsonNode.Parse(text)!;
            ((JsonObject)damaged["study"]!).Remove(key);
            Assert.Equal("model.damaged", Assert.Throws<BadInputException>(() => Read(damaged.ToJsonString())).Code);
        }
        var hollow = JsonNode.Parse(text)!;
        hollow["study"]!["compare"]!.AsArray()[0] = null;
        Assert.Equal("model.damaged", Assert.Throws<BadInputException>(() => Read(hollow.ToJsonString())).Code);
        var empty = JsonNode.Parse(text)!;
        empty["models"] = new JsonArray();
        Assert.Equal("model.damaged", Assert.Throws<BadInputException>(() => Read(empty.ToJsonString())).Code);

        static ModelDocument Read(string json)
        {
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
            return ModelDocument.Read(stream);
        }
    }

    [Fact]
    public async Task Patients_are_named_as_written_and_a_case_without_one_is_pointed_out()
    {
        WriteClinical(rows: 24, patient: i => i == 3 ? "" : i < 2 ? "007" : i.ToString("D3", CultureInfo.InvariantCulture));
        var cases = await Cases(Study());
        Assert.Equal(["007", "007", "002", "C03"], new[] { "C00", "C01", "C02", "C03" }.Select(id => cases.PatientOf(id, AssemblySettings.ColumnsOf(Study()))));
        Assert.Contains("1 cases have no 'patient'", Assert.Single(cases.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_few_patients_and_a_missing_table_are_known_before_any_image_is_read()
    {
        WriteClinical(rows: 40, patient: i => (i % 8).ToString(CultureInfo.InvariantCulture));
        await Refused("study.too-few-patients", Study());
        WriteClinical(rows: 40, patient: i => i.ToString(CultureInfo.InvariantCulture));
        await Refused("cohort.no-table", StudyFile.Parse(Yaml().Replace("compare:", "semantic: true\ncompare:", StringComparison.Ordinal), "study.yaml"));

        async Task Refused(string code, Study study)
        {
            Assert.Equal(code, (await Assert.ThrowsAsync<BadInputException>(
                () => CohortInspection.Inspect(study, new FolderCohort(cohort.Path), new Progress<RadiogenomicsCloud.Pipeline.Progress>(), cancel))).Code);
            using var rig = new TestRig(output.Path, CohortSteps.Catalogue(), cohort: new FolderCohort(cohort.Path));
            var request = await RunRequest.CohortRun(study, await new FolderCohort(cohort.Path).List(cancel), Version, rig.Store.Artifacts, cancel);
            Assert.Equal(code, (await Assert.ThrowsAsync<BadInputException>(
                () => rig.Host.Run(CohortRunWorkflow.Definition, request.RunId, request.Input, cancel))).Code);
        }
    }

    [Fact]
    public async Task Hashes_remembered_for_one_cohort_are_not_believed_of_another()
    {
        using var other = new TestFolder();
        var written = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(cohort.Write("a.csv", "one"), written);
        File.SetLastWriteTimeUtc(other.Write("a.csv", "two"), written);
        using var store = LocalStore.Open(output.Path, freeBytes: 0);
        var hashes = new List<string>();
        foreach (var folder in new[] { cohort.Path, other.Path, cohort.Path })
            hashes.Add(Assert.Single(await new FolderCohort(folder, store.HashCacheFile(folder)).List(cancel)).Sha256);
        Assert.NotEqual(hashes[0], hashes[1]);
        Assert.Equal(hashes[0], hashes[2]);
    }

    private static Study Study(string validate = "{nested_cv: {folds: 3, repeats: 1}}") => StudyFile.Parse(Yaml(validate), "study.yaml");

    private static string Yaml(string validate = "{nested_cv: {folds: 3, repeats: 1}}") =>
        $$$"""
        schema: 1
        study: tables
        ids: {case: case, patient: patient}
        endpoints: [{column: out, kind: binary}]
        clinical: [a, b, c, d]
        compare: [clinical]
        models: [{elastic_net: {}}]
        validate: [{{{validate}}}, {interval: {outer: 10, inner: 2}}]
        """;

    private void WriteClinical(int rows, Func<int, string> patient)
    {
        var text = new StringBuilder("case,patient,a,b,c,d,out\n");
        for (var i = 0; i < rows; i++)
            text.Append(CultureInfo.InvariantCulture, $"C{i:D2},{patient(i)},{i * 7 % 11},{i * 5 % 13},{(i % 2 * 3) + (i * 3 % 5)},{i * i % 17},{i % 2}\n");
        cohort.Write("clinical.csv", text.ToString());
    }

    private async Task<CohortCases> Cases(Study study)
    {
        var folder = new FolderCohort(cohort.Path);
        return await CohortCases.Read(new CohortSnapshot(await folder.List(cancel)), AssemblySettings.ColumnsOf(study), folder, cancel);
    }

    private async Task<(string RunId, int Computed)> Run(Study study)
    {
        WriteClinical(rows: 40, patient: i => i.ToString(CultureInfo.InvariantCulture));
        var source = new FolderCohort(cohort.Path);
        var files = await source.List(cancel);
        var runId = RunIdentity.For(study, files, Version);
        using var rig = new TestRig(output.Path, CohortSteps.Catalogue(), runId: runId, cohort: source);
        var request = await RunRequest.CohortRun(study, files, Version, rig.Store.Artifacts, cancel);
        Assert.Equal(runId, request.RunId);
        var published = await rig.Host.Run(CohortRunWorkflow.Definition, runId, request.Input, cancel);
        await RunPublisher.Publish(published, rig.Store.Artifacts, rig.Store.RunFolder(runId), cancel);
        return (runId, rig.Ledger.Count("computed"));
    }
}
