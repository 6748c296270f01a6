using System.Globalization;
using System.Text.Json;
using RadiogenomicsCloud.Association;
using RadiogenomicsCloud.Cli.Terminal;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Cli.Commands;

/// <summary>What a finished run says on standard output.</summary>
internal static class RunSummary
{
    /// <summary>Prints it and returns the exit code.</summary>
    public static int Print(FinishedRun run, bool strict, bool json)
    {
        var input = ReportFiles.Load(run.Folder);
        var failed = input.Cases.Count(c => c.Status == CaseStatus.Failed);
        var excluded = input.Cases.Count(c => c.Status == CaseStatus.Excluded);
        var report = Path.Combine(run.Folder, RunFileNames.Report);
        if (json)
        {
            var summary = new
            {
                run = run.RunId,
                report,
                cases = input.Cases.Count,
                analysed = input.Cases.Count - failed - excluded,
                failed,
                excluded,
                performance = input.IsMapAlone ? null : input.Performance.Models.Select(m => new { set = m.PredictorSet, model = m.Model, estimates = m.Estimates }),
                association = input.Association is { } a ? new { cases = a.Cases, tests = a.Tests, calls = a.Calls, findings = a.Findings.Count } : null,
            };
            Console.Out.WriteLine(JsonSerializer.Serialize(summary, CanonicalJson.Options));
        }
        else
        {
            Console.Out.WriteLine(Text($"{input.Cases.Count} cases: {input.Cases.Count - failed - excluded} analysed, {excluded} excluded, {failed} failed"));
            var severalModels = input.Performance.Models.DistinctBy(m => m.Model, StringComparer.Ordinal).Count() > 1;
            foreach (var model in input.Performance.Models)
            {
                var measure = MeasureRegistry.Leading(model.Kind);
                var name = severalModels ? $"{model.PredictorSet} ({model.Model})" : model.PredictorSet;
                foreach (var e in model.Estimates.Where(e => e.Measure == measure.Name && e.Role == EstimateRole.Unseen))
                    Console.Out.WriteLine(Text($"{name}: {measure.Title} {e.Value:F3} ({IntervalOf(e)}), {e.Method}"));
            }
            if (input.Association is { } map)
                Console.Out.WriteLine(Map(map));
            Console.Out.WriteLine($"Report: {report}");
        }
        foreach (var c in input.Cases.Where(c => c.Status == CaseStatus.Failed))
            Messages.Warning($"{c.CaseId} failed ({c.Stage}): {c.Reason}");
        Messages.Note(Text($"Done in {run.Elapsed.TotalSeconds:F0} s."));
        return strict && failed > 0 ? ExitCodes.StudyFailed : ExitCodes.Done;
    }

    /// <summary>Of a run of many endpoints.</summary>
    public static int PrintEndpoints(FinishedRun run, bool json)
    {
        var document = ReportFiles.LoadEndpoints(run.Folder)!;
        var report = Path.Combine(run.Folder, RunFileNames.Report);
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(new { run = run.RunId, report, endpoints = document.Results, skipped = document.Skipped }, CanonicalJson.Options));
        }
        else
        {
            foreach (var r in document.Results)
                Console.Out.WriteLine(Text($"{r.Endpoint}, {r.PredictorSet} ({r.Model}): {r.Leading.Measure} {r.Leading.Value:F3}, p {r.P:F4}, q {r.Q:F4}, family-wise p {r.FamilyWiseP:F4}"));
            if (document.Skipped.Count > 0)
                Console.Out.WriteLine(Text($"{document.Skipped.Count} features are no endpoints; the report says why"));
            Console.Out.WriteLine($"Report: {report}");
        }
        Messages.Note(Text($"Done in {run.Elapsed.TotalSeconds:F0} s."));
        return ExitCodes.Done;
    }

    private static string Map(AssociationDocument map)
    {
        var familyWise = map.Calls.FamilyWise is { } called ? Text($"{called} called family-wise by permutation, ") : "";
        return Text($"map of {map.Cases} cases: {map.Tests} pairs tested, {familyWise}{map.Calls.BenjaminiHochberg} by Benjamini–Hochberg at {map.Settings.Level}");
    }

    private static string IntervalOf(Estimate estimate) => estimate.Interval is { } interval
        ? Text($"{100 * interval.Level:F0} % interval {interval.Low:F3} to {interval.High:F3}")
        : "no interval";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
