using System.Globalization;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Tables;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Pipeline.Steps.Results;

/// <summary><c>predictions.csv</c>: one row per predictor set, model, case and resample in which the case was unseen.</summary>
internal static class PredictionsFile
{
    private static readonly string[] Header = ["set", "model", "case_id", "method", "resample", "probability", "event"];

    public static void Write(Stream stream, ResamplingPlan plan, IEnumerable<(string Set, string Model, IReadOnlyList<ResampleResult> Results)> sets) =>
        CsvFile.Write(stream, Header, sets.SelectMany(s => UnseenPredictionTable.Rows(plan, s.Results).Select(p =>
            Row(s.Set, s.Model, p.Row.Case, p.Method, p.Resample.ToString(CultureInfo.InvariantCulture), p.Probability, p.IsEvent))));

    /// <summary>Of locked models on another cohort, where every case is scored once.</summary>
    public static void Write(Stream stream, IEnumerable<(string Set, string Model, LockedScores Scores)> sets) =>
        CsvFile.Write(stream, Header, sets.SelectMany(s => s.Scores.Rows.Select((RowId row, int index) =>
            Row(s.Set, s.Model, row.Case, "external", "0", s.Scores.Probabilities.Span[index], s.Scores.Endpoint.Values[index]))));

    private static string[] Row(string set, string model, string caseId, string method, string resample, double probability, bool isEvent) =>
        [set, model, caseId, method, resample, CellText.Format(probability), isEvent ? "1" : "0"];
}
