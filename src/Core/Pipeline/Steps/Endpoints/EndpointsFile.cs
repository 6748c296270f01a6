using System.Globalization;
using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Tables;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Pipeline.Steps.Endpoints;

/// <summary><c>endpoints.csv</c>: one row a predictor set, model and endpoint.</summary>
internal static class EndpointsFile
{
    private static readonly string[] Header =
        ["endpoint", "set", "model", "cases", "events", "measure", "method", "value", "low", "high", "permutation_p", "q", "family_wise_p"];

    public static void Write(Stream stream, EndpointsDocument document) => CsvFile.Write(stream, Header, document.Results.Select(r => new[]
    {
        r.Endpoint, r.PredictorSet, r.Model, r.Cases.ToString(CultureInfo.InvariantCulture), r.Events.ToString(CultureInfo.InvariantCulture),
        r.Leading.Measure, r.Leading.Method, Number(r.Leading.Value), Number(r.Leading.Interval?.Low), Number(r.Leading.Interval?.High),
        Number(r.P), Number(r.Q), Number(r.FamilyWiseP),
    }));

    private static string Number(double? value) => value is not { } number || double.IsNaN(number) ? "" : CellText.Format(number);
}
