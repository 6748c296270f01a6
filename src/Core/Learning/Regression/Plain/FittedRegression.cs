using System.Text.Json;
using System.Text.Json.Nodes;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>See <see cref="PlainRegression"/>.</summary>
public sealed class FittedRegression : FittedLinearModel
{
    internal FittedRegression(LinearPart part, Inference inference, IReadOnlySet<(string Cohort, string Patient)> seen)
        : base(PlainRegression.RegistryName, part, seen) => Inference = inference;

    /// <summary>Standard errors, covariance and likelihood; the terms are intercept (but of survival) and columns.</summary>
    public Inference Inference { get; }

    internal static IFittedModel Read(JsonElement json)
    {
        var inference = Inference.Read(json);
        return EndpointNames.ReadOrBinary(json) is EndpointKind.Multiclass
            ? FittedMultinomial.Read(PlainRegression.RegistryName, json, null, inference)
            : new FittedRegression(LinearPart.Read(json), inference, Values.NoSubjects);
    }

    private protected override void Write(JsonObject json, LinearPart linear)
    {
        linear.WriteTo(json);
        Inference.WriteTo(json);
    }
}
