using System.Text.Json;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>See <see cref="RecalibratedModel"/>: a fitted model, and what its probabilities go through.</summary>
public class FittedRecalibration : IFittedModel
{
    internal const string RegistryName = "recalibrated";

    private readonly Calibrator[] calibrators;

    private protected FittedRecalibration(IFittedModel inner, Calibrator[] calibrators) => (Inner, this.calibrators) = (inner, calibrators);

    public IReadOnlySet<(string Cohort, string Patient)> Seen => Inner.Seen;

    public string Kind => RegistryName;

    /// <summary>The model as it was before.</summary>
    public IFittedModel Inner { get; }

    public bool HoldsRows => Inner.HoldsRows;

    public IReadOnlyList<string> Discloses =>
        Array.Exists(calibrators, c => c is IsotonicCalibrator) ? [.. Inner.Discloses, Disclosures.FittedPredictions] : Inner.Discloses;

    public EndpointKind EndpointKind => Inner.EndpointKind;

    public IReadOnlyList<string> Columns => Inner.Columns;

    public IReadOnlyList<string> Selected => Inner.Selected;

    public Predictions Predict(Predictors predictors, IReadOnlyList<double> times)
    {
        var before = Inner.Predict(predictors, times);
        var values = before.All.ToArray();
        for (var r = 0; r < before.RowCount; r++)
        {
            var row = values.AsSpan(r * before.Width, before.Width);
            var sum = 0.0;
            for (var k = 0; k < row.Length; k++)
                sum += row[k] = calibrators[k].Apply(row[k]);
            // Where every class is said to be impossible, the model's own probabilities are all there is.
            if (row.Length > 1 && sum == 0)
                before.Row(r).CopyTo(row);
            else if (row.Length > 1)
                Divide(row, sum);
        }
        return Predictions.Of(before.Kind, before.Width, values, before.Times);
    }

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(new
    {
        kind = Kind,
        inner = Inner.ToJson(),
        calibrator = Array.ConvertAll(calibrators, c => c.ToJson()),
    });

    internal static FittedRecalibration Of(IFittedModel inner, Calibrator[] calibrators) =>
        calibrators is [LogisticCalibrator logistic] && LogOdds(inner) is var (intercept, coefficients)
            ? new FittedLinearRecalibration(inner, logistic, intercept, coefficients)
            : new FittedRecalibration(inner, calibrators);

    internal static IFittedModel Read(JsonElement json, Func<JsonElement, IFittedModel> readModel)
    {
        var inner = readModel(PlainJson.Property(json, "inner"));
        var calibrators = PlainJson.Array(json, "calibrator").EnumerateArray().Select(Calibrator.Read).ToArray();
        return inner.EndpointKind switch
        {
            EndpointKind.Binary when calibrators.Length == 1 => Of(inner, calibrators),
            EndpointKind.Multiclass when calibrators.Length == Width(inner) => Of(inner, calibrators),
            _ => throw PlainJson.Invalid("calibrator", "does not suit the model"),
        };
    }

    private static void Divide(Span<double> values, double sum)
    {
        foreach (ref var value in values)
            value /= sum;
    }

    /// <summary>
    /// How many classes a model knows. It says so by predicting, for which no rows are enough; steps before it are passed over, since they may
    /// need attributes of rows.
    /// </summary>
    internal static int Width(IFittedModel model) => model switch
    {
        FittedPipeline pipeline => Width(pipeline.Model),
        FittedRecalibration recalibrated => Width(recalibrated.Inner),
        _ => model.Predict(new Predictors([], model.Columns, []), []).Width,
    };

    private static (double Intercept, IReadOnlyList<Coefficient> Coefficients)? LogOdds(IFittedModel inner) => inner switch
    {
        ILinearModel linear => (linear.Intercept, linear.Coefficients),
        FittedPipeline { Intercept: { } intercept, Coefficients: { } coefficients } => (intercept, coefficients),
        _ => null,
    };
}

/// <summary>A recalibrated model whose log-odds are a weighted sum of its columns, before and after.</summary>
public sealed class FittedLinearRecalibration : FittedRecalibration, ILinearModel
{
    internal FittedLinearRecalibration(IFittedModel inner, LogisticCalibrator logistic, double intercept, IReadOnlyList<Coefficient> coefficients)
        : base(inner, [logistic])
    {
        Intercept = (logistic.Slope * intercept) + logistic.Intercept;
        Coefficients = [.. coefficients.Select(c => c with { Value = logistic.Slope * c.Value, Standardised = logistic.Slope * c.Standardised })];
    }

    public double Intercept { get; }

    public IReadOnlyList<Coefficient> Coefficients { get; }
}
