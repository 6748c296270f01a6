using System.Globalization;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Tables;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Pipeline.Steps.Results;

/// <summary>
/// <c>predictions.csv</c>: one row per predictor set, model, case and resample in which the case was unseen. What is predicted and what came:
/// binary <c>probability,event</c>; multiclass <c>probability_LABEL</c> of each class and <c>class</c>; continuous <c>predicted,observed</c>;
/// survival <c>risk</c>, <c>survival_TIME</c> of each time, <c>time,event</c>.
/// </summary>
internal static class PredictionsFile
{
    private static readonly string[] Keys = ["set", "model", "case_id", "method", "resample"];

    public static void Write(Stream stream, ResamplingPlan plan, IEnumerable<(string Set, string Model, IReadOnlyList<ResampleResult> Results)> sets) =>
        CsvFile.Write(stream, Header(plan.Endpoint, plan.Times), sets.SelectMany(s => UnseenPredictionTable.Rows(plan, s.Results).Select(p =>
            Row([s.Set, s.Model, p.Row.Case, p.Method, p.Resample.ToString(CultureInfo.InvariantCulture)], p.Predicted, plan.Endpoint, p.TableRow))));

    /// <summary>Of locked models on another cohort, where every case is scored once.</summary>
    public static void Write(Stream stream, IReadOnlyList<(string Set, string Model, LockedScores Scores)> sets) =>
        CsvFile.Write(stream, Header(sets[0].Scores.Endpoint, sets[0].Scores.Predictions.Times), sets.SelectMany(s => s.Scores.Rows.Select((RowId row, int index) =>
            Row([s.Set, s.Model, row.Case, "external", "0"], s.Scores.Predictions.Row(index).ToArray(), s.Scores.Endpoint, index))));

    private static string[] Header(Endpoint endpoint, IReadOnlyList<double> times) => endpoint switch
    {
        MulticlassEndpoint multiclass => [.. Keys, .. multiclass.Labels.Select(l => "probability_" + l), "class"],
        ContinuousEndpoint => [.. Keys, "predicted", "observed"],
        SurvivalEndpoint => [.. Keys, "risk", .. times.Select(t => "survival_" + CellText.Format(t)), "time", "event"],
        _ => [.. Keys, "probability", "event"],
    };

    private static string[] Row(string[] keys, IReadOnlyList<double> predicted, Endpoint endpoint, int row) =>
        [.. keys, .. predicted.Select(p => CellText.Format(p)), .. Outcome(endpoint, row)];

    private static string[] Outcome(Endpoint endpoint, int row) => endpoint switch
    {
        BinaryEndpoint binary => [Flag(binary.Values[row])],
        MulticlassEndpoint multiclass => [multiclass.Labels[multiclass.Values[row]]],
        ContinuousEndpoint continuous => [CellText.Format(continuous.Values[row])],
        SurvivalEndpoint survival => [CellText.Format(survival.Times[row]), Flag(survival.Events[row])],
        _ => throw new ArgumentException($"There is no outcome of {endpoint.GetType().Name}.", nameof(endpoint)),
    };

    private static string Flag(bool value) => value ? "1" : "0";
}
