using System.Globalization;
using RadiogenomicsCloud.Core.Tests.Pipeline.Steps;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Pipeline.Storage;
using RadiogenomicsCloud.Pipeline.Workflows;

namespace RadiogenomicsCloud.Core.Tests.Pipeline;

/// <summary>
/// What older versions wrote is read. <c>Data/runs/VERSION</c> was written by that version: <c>model.json</c> is that of a run of the
/// <see cref="TinyCohort"/> with all families that there were, the other files are those of a validation of these models on a second
/// one, with the picture of one case.
/// </summary>
public sealed class OlderRunTests : IDisposable
{
    // Relative; ten times that of the enclosing ellipsoid, which is climbed to by another way since 0.3.0. All else agrees to 1e-9.
    private const double Tolerance = 1e-8;

    private readonly TestFolder folder = new();
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("0.2.0")]
    public async Task A_locked_model_makes_of_another_cohort_what_it_made_then(string version)
    {
        TinyCohort.Write(folder, "b", salt: 4);
        var files = await Validate(version);

        // Families that came later are new columns; all that a model could have taken is there and has its value.
        Same(
            await File.ReadAllLinesAsync(Old(version, RunFileNames.Features), cancel),
            await File.ReadAllLinesAsync(files[RunFileNames.Features], cancel));
        Same(
            await File.ReadAllLinesAsync(Old(version, RunFileNames.Predictions), cancel),
            await File.ReadAllLinesAsync(files[RunFileNames.Predictions], cancel));
    }

    [Theory]
    [InlineData("0.2.0")]
    public void A_report_can_be_made_again(string version)
    {
        var page = ReportFiles.Render(Path.GetDirectoryName(Old(version, RunFileNames.Provenance))!);
        Assert.Contains("T13", page, StringComparison.Ordinal);
        Assert.Contains("<td>not recorded in this run</td>", page, StringComparison.Ordinal);
    }

    private static string Old(string version, string file) => Path.Combine(AppContext.BaseDirectory, "Data", "runs", version, file);

    /// <summary>The path of each file that a validation of the older models writes.</summary>
    private async Task<Dictionary<string, string>> Validate(string version)
    {
        ModelDocument models;
        await using (var stream = File.OpenRead(Old(version, RunFileNames.Model)))
            models = ModelDocument.Read(stream);
        var cohort = new FolderCohort(folder.At("b"));
        using var rig = new TestRig(folder.At("out"), CohortSteps.Catalogue(), cohort: cohort);
        var request = await RunRequest.ExternalValidation(models, "older", [], await cohort.List(cancel), "test", rig.Store.Artifacts, cancel);
        var written = await rig.Host.Run(ExternalValidationWorkflow.Definition, request.RunId, request.Input, cancel);
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in (ReadOnlySpan<string>)[RunFileNames.Features, RunFileNames.Predictions])
            paths[name] = folder.At(name);
        foreach (var (name, path) in paths)
        {
            await using var source = await rig.Store.Artifacts.OpenRequired(written.Files.Single(f => f.Name == name).Content, cancel);
            await using var target = File.Create(path);
            await source.CopyToAsync(target, cancel);
        }
        return paths;
    }

    /// <summary>The same rows, and in every column of the older table the same texts, and numbers to the tolerance.</summary>
    private static void Same(string[] older, string[] now)
    {
        Assert.Equal(older.Length, now.Length);
        var columns = older[0].Split(',').Select(name => Array.IndexOf(now[0].Split(','), name)).ToArray();
        Assert.DoesNotContain(-1, columns);
        var changed = new List<string>();
        for (var row = 1; row < older.Length; row++)
        {
            var (then, cells) = (older[row].Split(','), now[row].Split(','));
            for (var c = 0; c < columns.Length; c++)
            {
                var (expected, actual) = (then[c], cells[columns[c]]);
                if (expected == actual)
                    continue;
                var value = double.Parse(expected, CultureInfo.InvariantCulture);
                if (Math.Abs(value - double.Parse(actual, CultureInfo.InvariantCulture)) > Tolerance * Math.Max(1, Math.Abs(value)))
                    changed.Add($"{older[0].Split(',')[c]} of {then[0]} was {expected} and is {actual}");
            }
        }
        Assert.True(changed.Count == 0, string.Join(Environment.NewLine, changed));
    }
}
