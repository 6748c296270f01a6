using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using RadiogenomicsCloud.Cli.Terminal;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Inspection;
using RadiogenomicsCloud.Pipeline.Storage;

namespace RadiogenomicsCloud.Cli.Commands;

/// <summary><c>inspect COHORT</c>: what is there, what is wrong, before anything is spent. Writes nothing.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var cohort = Arguments.Cohort();
        var json = Arguments.Json();
        var strict = Arguments.Strict();
        var command = new Command("inspect", "Say what is there and what is wrong, from headers and tables alone.") { cohort, json, strict };
        command.SetAction((parsed, cancel) => Inspect(parsed.GetValue(cohort)!, parsed.GetValue(json), parsed.GetValue(strict), cancel));
        return command;
    }

    private static async Task<int> Inspect(string folder, bool json, bool strict, CancellationToken cancel)
    {
        var study = RunCommand.ReadStudy(folder);
        var cohort = new FolderCohort(folder, hashCacheFile: null, Path.Combine(folder, LocalRunOptions.DefaultOut));
        var report = await RunDisplay.Show(progress => CohortInspection.Inspect(study, cohort, progress, cancel));
        if (json)
            Console.Out.WriteLine(JsonSerializer.Serialize(report, CanonicalJson.Options));
        else
            Print(report, study);
        return strict && report.Images.Any(i => i.Problem is not null) ? ExitCodes.StudyFailed : ExitCodes.Done;
    }

    private static void Print(InspectionReport report, Study study)
    {
        var predicted = study is { HasModels: true, MolecularEndpoints: null } ? FormattableString.Invariant($", {report.WithEndpoint} with {study.Endpoints[0].Column}") : "";
        Line($"{report.Cases} cases{predicted}{(report.Events is { } events ? $", {events.ToString(CultureInfo.InvariantCulture)} with the event" : "")}");
        foreach (var image in report.Images.GroupBy(i => i.Image))
            Line($"image {image.Key}: {image.Count(i => i.Problem is null)} of {image.Count()} can be read");
        foreach (var source in report.Sources)
            Line($"{source.Name}: {source.Columns} columns, {source.CasesPresent} cases");
        foreach (var bad in report.Images.Where(i => i.Problem is not null))
            Line($"problem: {bad.CaseId}, {bad.Image}: {bad.Problem!.Message} [{bad.Problem.Code}]");
        foreach (var warning in report.Images.SelectMany(i => i.Warnings.Select(w => (i.CaseId, Text: $"{i.Image}: {w}"))).GroupBy(w => w.Text, StringComparer.Ordinal))
            Line($"warning: {warning.Key} ({string.Join(", ", warning.Select(w => w.CaseId).Take(8))}{(warning.Count() > 8 ? $" and {warning.Count() - 8} more" : "")})");
        foreach (var note in report.Notes)
            Line($"note: {note}");
    }

    private static void Line(FormattableString text) =>
        Console.Out.WriteLine(Messages.Printable(text.ToString(CultureInfo.InvariantCulture)));
}
