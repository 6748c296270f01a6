using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>A non-decreasing map from probabilities to probabilities.</summary>
internal abstract record Calibrator
{
    public abstract double Apply(double probability);

    public abstract object ToJson();

    public static Calibrator Fit(CalibrationMethod method, ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> isEvent, ReadOnlySpan<double> weights)
    {
        if (method is CalibrationMethod.Isotonic)
        {
            var outcome = new double[isEvent.Length];
            for (var r = 0; r < outcome.Length; r++)
                outcome[r] = isEvent[r] ? 1 : 0;
            return new IsotonicCalibrator(IsotonicRegression.Fit(probabilities, outcome, weights));
        }
        if (method is CalibrationMethod.Intercept)
        {
            var shift = LogisticRecalibration.InTheLarge(probabilities, isEvent, weights).Value;
            // Undefined where a class is absent: nothing can be learned, and nothing is changed.
            return new LogisticCalibrator(1, double.IsFinite(shift) ? shift : 0);
        }
        var logits = new double[probabilities.Length];
        for (var r = 0; r < logits.Length; r++)
            logits[r] = LogisticRecalibration.Logit(probabilities[r]);
        var platt = PlattScaling.Fit(logits, isEvent, weights);
        return new LogisticCalibrator(platt.Slope, platt.Intercept);
    }

    public static Calibrator Read(JsonElement json)
    {
        if (PlainJson.Text(json, "kind") == LogisticCalibrator.Name)
        {
            return PlainJson.Number(json, "slope") is >= 0 and var slope
                ? new LogisticCalibrator(slope, PlainJson.Number(json, "intercept"))
                : throw PlainJson.Invalid("slope", "is negative");
        }
        if (PlainJson.Text(json, "kind") != IsotonicCalibrator.Name)
            throw PlainJson.Invalid("kind", "is no calibrator that this version knows");
        var knots = PlainJson.Numbers(json, "knots", PlainJson.Array(json, "knots").GetArrayLength());
        var values = PlainJson.Numbers(json, "values", knots.Length);
        if (knots.Length == 0)
            throw PlainJson.Invalid("knots", "is empty");
        for (var k = 0; k < knots.Length; k++)
        {
            if (values[k] is < 0 or > 1 || (k > 0 && (knots[k] <= knots[k - 1] || values[k] < values[k - 1])))
                throw PlainJson.Invalid("knots", "or values do not ascend, or are no probabilities");
        }
        return new IsotonicCalibrator(new(knots, values));
    }
}

/// <summary>expit(slope · logit(p) + intercept).</summary>
/// <param name="Slope">Not negative.</param>
internal sealed record LogisticCalibrator(double Slope, double Intercept) : Calibrator
{
    public const string Name = "logistic";

    public override double Apply(double probability) => LogisticRecalibration.Expit((Slope * LogisticRecalibration.Logit(probability)) + Intercept);

    public override object ToJson() => new { kind = Name, slope = Slope, intercept = Intercept };
}

/// <summary>See <see cref="IsotonicRegression"/>.</summary>
internal sealed record IsotonicCalibrator(IsotonicRegression Function) : Calibrator
{
    public const string Name = "isotonic";

    public override double Apply(double probability) => Function.At(probability);

    public override object ToJson() => new { kind = Name, knots = Function.Knots, values = Function.Values };
}
