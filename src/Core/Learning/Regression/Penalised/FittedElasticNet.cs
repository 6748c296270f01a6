using System.Text.Json;
using System.Text.Json.Nodes;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// See <see cref="ElasticNet"/>; a penalised logistic, linear or Cox regression. It reads the columns of non-zero weight only. The risk score of a
/// Cox regression is the log hazard relative to a case of average values.
/// </summary>
public sealed class FittedElasticNet : IFittedModel, ILinearModel
{
    private readonly LinearPart part;

    internal FittedElasticNet(string kind, PenaltyChoice penalty, LinearPart part, IReadOnlySet<(string Cohort, string Patient)> seen) =>
        (Kind, Penalty, this.part, Seen) = (kind, penalty, part, seen);

    public IReadOnlySet<(string Cohort, string Patient)> Seen { get; }

    /// <summary><c>elastic_net</c>, <c>lasso</c> or <c>ridge</c>.</summary>
    public string Kind { get; }

    public PenaltyChoice Penalty { get; }

    public double Alpha => Penalty.Alpha;

    public double Lambda => Penalty.Lambda;

    /// <summary>False where the path ended early for want of passes, so that lesser penalties were never tried.</summary>
    public bool Converged => Penalty.Converged;

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
        Penalty.WriteTo(json);
        part.WriteTo(json);
        return JsonSerializer.SerializeToElement(json);
    }

    internal static IFittedModel Read(string kind, JsonElement json)
    {
        var penalty = PenaltyChoice.Read(json);
        return EndpointNames.Read(json) is EndpointKind.Multiclass
            ? FittedMultinomial.Read(kind, json, penalty, null)
            : new FittedElasticNet(kind, penalty, LinearPart.Read(json), Values.NoSubjects);
    }
}
