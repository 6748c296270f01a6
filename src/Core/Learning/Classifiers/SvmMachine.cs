using System.Text.Json;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>One decision function: weights of the columns (linear) or of the support vectors (radial basis), and what it means.</summary>
/// <param name="First">The class of negative decisions.</param>
/// <param name="Second">The class of positive decisions.</param>
/// <param name="Weights">Padded with zeros.</param>
/// <param name="Output">To the probability of <paramref name="Second"/>; of a regression its slope and intercept give the endpoint's unit back.</param>
internal sealed record SvmMachine(int First, int Second, double[] Weights, double Bias, bool Converged, PlattScaling Output)
{
    public double Decide(ReadOnlySpan<double> features) => PaddedKernels.Dot(Weights, features) + Bias;

    public object ToJson(int width) => new
    {
        first = First,
        second = Second,
        weights = Weights[..width],
        bias = Bias,
        converged = Converged,
        slope = Output.Slope,
        intercept = Output.Intercept,
    };

    public static SvmMachine Read(JsonElement json, int classes, int width)
    {
        var (first, second) = (ClassifierJson.Whole(json, "first", 0, classes - 1), ClassifierJson.Whole(json, "second", 0, classes - 1));
        if (classes > 1 && first >= second)
            throw PlainJson.Invalid("second", "is no class after the first");
        var weights = new double[PaddedKernels.PaddedLength(width)];
        PlainJson.Numbers(json, "weights", width).CopyTo(weights, 0);
        var slope = PlainJson.Number(json, "slope");
        return slope >= 0
            ? new(first, second, weights, PlainJson.Number(json, "bias"), PlainJson.Flag(json, "converged"), new(slope, PlainJson.Number(json, "intercept")))
            : throw PlainJson.Invalid("slope", "is negative");
    }
}
