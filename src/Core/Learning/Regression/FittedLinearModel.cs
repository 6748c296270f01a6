using System.Text.Json;
using System.Text.Json.Nodes;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// A logistic, linear or Cox regression, whatever it was fitted by. It reads the columns of non-zero weight only. The risk score of a Cox regression is
/// the log hazard relative to a case of average values.
/// </summary>
public abstract class FittedLinearModel : IFittedModel, ILinearModel
{
    private readonly LinearPart part;

    private protected FittedLinearModel(string kind, LinearPart part, IReadOnlySet<(string Cohort, string Patient)> seen) =>
        (Kind, this.part, Seen) = (kind, part, seen);

    public IReadOnlySet<(string Cohort, string Patient)> Seen { get; }

    /// <summary>Its name among the models.</summary>
    public string Kind { get; }

    public double Intercept => part.Intercept;

    public IReadOnlyList<Coefficient> Coefficients => part.Coefficients;

    /// <summary>The hazard of a case whose risk score is 0; null but for survival.</summary>
    public BaselineHazard? Baseline => part.Baseline;

    public IReadOnlyList<string> Discloses => Baseline is null ? [] : [Disclosures.EventTimes];

    public IReadOnlyList<string> Columns => part.Columns;

    public IReadOnlyList<string> Selected => part.Columns;

    public EndpointKind EndpointKind => part.Kind;

    /// <summary>A missing or infinite value is a <see cref="BadInputException"/> that names column and case.</summary>
    public Predictions Predict(Predictors predictors, IReadOnlyList<double> times)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        ArgumentNullException.ThrowIfNull(times);
        return part.Predict(predictors, times);
    }

    public JsonElement ToJson()
    {
        var json = new JsonObject { ["kind"] = Kind };
        Write(json, part);
        return JsonSerializer.SerializeToElement(json);
    }

    /// <summary>Writes the linear part and what the model adds to it.</summary>
    private protected abstract void Write(JsonObject json, LinearPart linear);
}
