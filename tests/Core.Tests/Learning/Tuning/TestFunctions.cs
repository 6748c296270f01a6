using RadiogenomicsCloud.Learning;

namespace RadiogenomicsCloud.Core.Tests.Learning.Tuning;

/// <summary>The test functions of global optimisation (Dixon, Szegő, 1978), with their least values.</summary>
internal sealed record TestFunction(string Name, SearchSpace Space, double Least, Func<IReadOnlyList<double>, double> Value)
{
    private static readonly double[] HartmannWeights = [1, 1.2, 3, 3.2];

    private static readonly double[,] HartmannScales =
    {
        { 10, 3, 17, 3.5, 1.7, 8 },
        { 0.05, 10, 17, 0.1, 8, 14 },
        { 3, 3.5, 1.7, 10, 17, 8 },
        { 17, 8, 0.05, 10, 0.1, 14 },
    };

    private static readonly double[,] HartmannCentres =
    {
        { 0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886 },
        { 0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991 },
        { 0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650 },
        { 0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381 },
    };

    public static TestFunction Branin { get; } = new(
        "Branin", new([new RealParameter("x1", -5, 10), new RealParameter("x2", 0, 15)]), 0.39788735772973816, x =>
        {
            var inner = x[1] - (5.1 / (4 * Math.PI * Math.PI) * x[0] * x[0]) + (5 / Math.PI * x[0]) - 6;
            return (inner * inner) + (10 * (1 - (1 / (8 * Math.PI))) * Math.Cos(x[0])) + 10;
        });

    public static TestFunction Hartmann6 { get; } = new(
        "Hartmann-6", new([.. Enumerable.Range(1, 6).Select(i => new RealParameter(FormattableString.Invariant($"x{i}"), 0, 1))]), -3.322368011415515, x =>
        {
            var sum = 0.0;
            for (var i = 0; i < 4; i++)
            {
                var exponent = 0.0;
                for (var j = 0; j < 6; j++)
                    exponent += HartmannScales[i, j] * (x[j] - HartmannCentres[i, j]) * (x[j] - HartmannCentres[i, j]);
                sum -= HartmannWeights[i] * Math.Exp(-exponent);
            }
            return sum;
        });

    /// <summary>How far the best of a search is above the least.</summary>
    public double Regret(ITuner tuner)
    {
        while (tuner.Suggest() is { } suggestion)
            tuner.Observe(suggestion, Value(suggestion.Values));
        return tuner.Best!.Loss - Least;
    }
}
