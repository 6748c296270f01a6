using System.Text.Json;
using System.Text.Json.Nodes;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// See <see cref="PlainRegression"/>; logistic, linear or Cox. The risk score of a Cox regression is the log hazard relative to a case of average
/// values.
/// </summary>
public sealed class FittedRegression : IFittedModel, ILinearModel
{
    private readonly LinearPart part;

    internal FittedRegression(LinearPart part, Inference inference, IReadOnlySet<(string Cohort, string Patient)> seen) =>
        (this.part, Inference, Seen) = (part, inference, seen);

    public IReadOnlySet<(string Cohort, string Patient)> Seen { get; }

    public string Kind => PlainRegression.RegistryName;

    /// <summary>Standard errors, covariance and likelihood; the terms are intercept (but of survival) and columns.</summary>
    public Inference Inference { get; }

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
        part.WriteTo(json);
        Inference.WriteTo(json);
        return JsonSerializer.SerializeToElement(json);
    }

    internal static IFittedModel Read(JsonElement json)
    {
        var inference = Inference.Read(json);
        return EndpointNames.Read(json) is EndpointKind.Multiclass
            ? FittedMultinomial.Read(PlainRegression.RegistryName, json, null, inference)
            : new FittedRegression(LinearPart.Read(json), inference, Values.NoSubjects);
    }
}
