using RadiogenomicsCloud.Tables;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Pipeline.Steps.Results;

/// <summary><c>selection.csv</c>: how often each predictor was used over the resamples.</summary>
internal static class SelectionFile
{
    private static readonly string[] Header = ["set", "model", "predictor", "frequency", "locked_coefficient"];

    public static void Write(Stream stream, PerformanceDocument performance) => CsvFile.Write(
        stream, Header, performance.Models.SelectMany(m => m.Selection.Select(s => new[]
        {
            m.PredictorSet, m.Model, s.Predictor, CellText.Format(s.Frequency), CellText.Format(s.LockedCoefficient ?? double.NaN),
        })));
}
