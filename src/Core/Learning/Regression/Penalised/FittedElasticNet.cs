using System.Text.Json;
using System.Text.Json.Nodes;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>See <see cref="ElasticNet"/>; its kind is <c>elastic_net</c>, <c>lasso</c> or <c>ridge</c>.</summary>
public sealed class FittedElasticNet : FittedLinearModel
{
    internal FittedElasticNet(string kind, PenaltyChoice penalty, LinearPart part, IReadOnlySet<(string Cohort, string Patient)> seen)
        : base(kind, part, seen) => Penalty = penalty;

    public PenaltyChoice Penalty { get; }

    public double Alpha => Penalty.Alpha;

    public double Lambda => Penalty.Lambda;

    /// <summary>False where the path ended early for want of passes, so that lesser penalties were never tried.</summary>
    public bool Converged => Penalty.Converged;

    internal static IFittedModel Read(string kind, JsonElement json)
    {
        var penalty = PenaltyChoice.Read(json);
        return EndpointNames.ReadOrBinary(json) is EndpointKind.Multiclass
            ? FittedMultinomial.Read(kind, json, penalty, null)
            : new FittedElasticNet(kind, penalty, LinearPart.Read(json), Values.NoSubjects);
    }

    private protected override void Write(JsonObject json, LinearPart linear)
    {
        Penalty.WriteTo(json);
        linear.WriteTo(json);
    }
}
