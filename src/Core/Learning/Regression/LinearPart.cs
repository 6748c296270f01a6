using System.Text.Json;
using System.Text.Json.Nodes;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// What a regression with one linear predictor scores rows by: logistic, linear, or Cox with its baseline hazard. A missing or infinite value is a
/// <see cref="BadInputException"/> that names column and case.
/// </summary>
internal sealed class LinearPart
{
    public LinearPart(EndpointKind kind, double intercept, Coefficient[] coefficients, BaselineHazard? baseline)
    {
        (Kind, Intercept, Coefficients, Baseline) = (kind, intercept, coefficients, baseline);
        Columns = [.. coefficients.Select(c => c.Column)];
    }

    public EndpointKind Kind { get; }

    public double Intercept { get; }

    public Coefficient[] Coefficients { get; }

    /// <summary>The hazard of a row whose linear predictor is 0; null but for survival.</summary>
    public BaselineHazard? Baseline { get; }

    public string[] Columns { get; }

    public Predictions Predict(Predictors predictors, IReadOnlyList<double> times)
    {
        var linear = LinearScore.Of(predictors, Columns, Intercept, [.. Coefficients.Select(c => c.Value)]);
        if (Kind is EndpointKind.Continuous)
            return Predictions.Continuous(linear);
        if (Kind is EndpointKind.Binary)
        {
            for (var r = 0; r < linear.Length; r++)
                linear[r] = 1 / (1 + Math.Exp(-linear[r]));
            return Predictions.Binary(linear);
        }
        var width = 1 + times.Count;
        var rows = new double[linear.Length * width];
        for (var r = 0; r < linear.Length; r++)
        {
            rows[r * width] = linear[r];
            for (var t = 0; t < times.Count; t++)
                rows[(r * width) + 1 + t] = Baseline!.Survival(times[t], linear[r]);
        }
        return Predictions.Survival(times, rows);
    }

    public void WriteTo(JsonObject json)
    {
        json["endpoint"] = EndpointNames.Of(Kind);
        json["intercept"] = Intercept;
        json["columns"] = JsonSerializer.SerializeToNode(Columns);
        json["coefficients"] = JsonSerializer.SerializeToNode(Coefficients.Select(c => c.Value));
        json["standardised_coefficients"] = JsonSerializer.SerializeToNode(Coefficients.Select(c => c.Standardised));
        if (Baseline is not null)
            json["baseline"] = JsonSerializer.SerializeToNode(Baseline.ToPlain());
    }

    public static LinearPart Read(JsonElement json)
    {
        var kind = EndpointNames.ReadOrBinary(json);
        var columns = PlainJson.Names(json, "columns");
        var values = PlainJson.Numbers(json, "coefficients", columns.Length);
        var standardised = PlainJson.Numbers(json, "standardised_coefficients", columns.Length);
        return new(
            kind,
            PlainJson.Number(json, "intercept"),
            [.. columns.Select((c, k) => new Coefficient(c, values[k], standardised[k]))],
            kind is EndpointKind.Survival ? BaselineHazard.Read(PlainJson.Property(json, "baseline")) : null);
    }

    /// <param name="indexes">The columns of <paramref name="predictors"/> that have a coefficient.</param>
    public static LinearPart Of(Predictors predictors, EndpointKind kind, double intercept, int[] indexes, double[] values, BaselineHazard? baseline) =>
        new(kind, intercept, CoefficientsOf(predictors, indexes, values), baseline);

    public static Coefficient[] CoefficientsOf(Predictors predictors, int[] indexes, double[] values) =>
    [
        .. indexes.Select((column, k) => new Coefficient(
            predictors.Columns[column], values[k], values[k] * Math.Sqrt(Statistics.Moments.PopulationVariance(predictors.Column(column))))),
    ];
}
