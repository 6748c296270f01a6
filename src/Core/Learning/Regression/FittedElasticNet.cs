using System.Text.Json;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>See <see cref="ElasticNet"/>. It reads the columns of non-zero weight only.</summary>
public sealed class FittedElasticNet : IFittedModel, ILinearModel
{
    private readonly string[] columns;

    private FittedElasticNet(
        double alpha,
        double lambda,
        bool converged,
        double intercept,
        Coefficient[] coefficients,
        IReadOnlySet<(string Cohort, string Patient)> seen)
    {
        (Alpha, Lambda, Converged, Intercept, Coefficients, Seen) = (alpha, lambda, converged, intercept, coefficients, seen);
        columns = [.. coefficients.Select(c => c.Column)];
    }

    public IReadOnlySet<(string Cohort, string Patient)> Seen { get; }

    public string Kind => ElasticNetOptions.RegistryName;

    public double Alpha { get; }

    public double Lambda { get; }

    /// <summary>False where the path ended early for want of passes, so that lesser penalties were never tried.</summary>
    public bool Converged { get; }

    public double Intercept { get; }

    public IReadOnlyList<Coefficient> Coefficients { get; }

    public IReadOnlyList<string> Columns => columns;

    public IReadOnlyList<string> Selected => columns;

    public EndpointKind EndpointKind => EndpointKind.Binary;

    /// <summary>A missing or infinite value is a <see cref="BadInputException"/> that names column and case.</summary>
    public Predictions Predict(Predictors predictors, IReadOnlyList<double> times)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        var at = predictors.IndexesOf(columns);
        var result = new double[predictors.RowCount];
        result.AsSpan().Fill(Intercept);
        for (var k = 0; k < columns.Length; k++)
        {
            var values = predictors.Column(at[k]);
            for (var r = 0; r < result.Length; r++)
            {
                if (!double.IsFinite(values[r]))
                {
                    throw new BadInputException(
                        "learning.not_finite",
                        $"Column '{columns[k]}' is missing or infinite for case '{predictors.Rows[r].Case}'; impute it before the model.",
                        columns[k]);
                }
                result[r] += Coefficients[k].Value * values[r];
            }
        }
        for (var r = 0; r < result.Length; r++)
        {
            result[r] = 1 / (1 + Math.Exp(-result[r]));
            if (double.IsNaN(result[r]))
                throw new BadInputException("learning.overflow", $"Case '{predictors.Rows[r].Case}' has values too large to be scored; check their unit.");
        }
        return Predictions.Binary(result);
    }

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(new
    {
        kind = Kind,
        alpha = Alpha,
        lambda = Lambda,
        converged = Converged,
        intercept = Intercept,
        columns,
        coefficients = Coefficients.Select(c => c.Value).ToArray(),
        standardised_coefficients = Coefficients.Select(c => c.Standardised).ToArray(),
    });

    internal static FittedElasticNet Of(Predictors predictors, double alpha, bool converged, LogisticPathPoint point)
    {
        var coefficients = new Coefficient[point.Indexes.Length];
        for (var k = 0; k < coefficients.Length; k++)
        {
            var column = point.Indexes[k];
            var deviation = Math.Sqrt(Statistics.Moments.PopulationVariance(predictors.Column(column)));
            coefficients[k] = new(predictors.Columns[column], point.Coefficients[k], point.Coefficients[k] * deviation);
        }
        return new(alpha, point.Lambda, converged, point.Intercept, coefficients, Subjects.Of(predictors.Rows));
    }

    internal static IFittedModel Read(JsonElement json)
    {
        var columns = PlainJson.Names(json, "columns");
        var values = PlainJson.Numbers(json, "coefficients", columns.Length);
        var standardised = PlainJson.Numbers(json, "standardised_coefficients", columns.Length);
        var coefficients = columns.Select((c, k) => new Coefficient(c, values[k], standardised[k])).ToArray();
        return new FittedElasticNet(
            PlainJson.Number(json, "alpha"),
            PlainJson.Number(json, "lambda"),
            PlainJson.Flag(json, "converged"),
            PlainJson.Number(json, "intercept"),
            coefficients,
            Values.NoSubjects);
    }
}
