using System.Text.Json;
using System.Text.Json.Nodes;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>The penalty that tuning chose.</summary>
/// <param name="Alpha">Share of the lasso penalty.</param>
/// <param name="Lambda">Size of the penalty.</param>
/// <param name="Converged">False where the path ended early for want of passes, so that lesser penalties were never tried.</param>
public sealed record PenaltyChoice(double Alpha, double Lambda, bool Converged)
{
    internal void WriteTo(JsonObject json)
    {
        json["alpha"] = Alpha;
        json["lambda"] = Lambda;
        json["converged"] = Converged;
    }

    internal static PenaltyChoice Read(JsonElement json) =>
        new(PlainJson.Number(json, "alpha"), PlainJson.Number(json, "lambda"), PlainJson.Flag(json, "converged"));
}
