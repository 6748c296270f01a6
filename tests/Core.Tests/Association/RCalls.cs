using System.Globalization;

namespace RadiogenomicsCloud.Core.Tests.Association;

/// <summary>What <c>Data/association/make.R</c> wrote, each number by the R call that gave it, and the series that the calls are of.</summary>
internal static class RCalls
{
    public static readonly double[] X = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30, 2.01, 0.77, 2.92];
    public static readonly double[] Y = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.061, 3.14, 1.291, 0.9, 1.7, 2.2];
    public static readonly double[] Xt = [1, 2, 2, 3, 5, 7, 7, 7, 9, 4, 4, 11];
    public static readonly double[] Yt = [2, 4, 4, 5, 8, 9, 1, 12, 12, 13, 3, 6];
    public static readonly double[] Z = [0.2, 1.1, 0.7, 1.9, 0.4, 1.3, 0.6, 2.4, 0.1, 1.5, 0.9, 1.0];
    public static readonly double[] W = [0, 1, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0];
    public static readonly double[] B = [0, 0, 0, 1, 1, 1, 0, 1, 0, 1, 0, 1];
    public static readonly double[] G = [0, 0, 1, 1, 2, 2, 0, 2, 1, 2, 0, 1];

    private static readonly Lazy<Dictionary<string, double>> Values = new(() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "association", "expected.txt")).Select(l => l.Split('\t'))
            .ToDictionary(l => l[0], l => double.Parse(l[1], CultureInfo.InvariantCulture), StringComparer.Ordinal));

    public static double Value(string call) => Values.Value[call];

    public static void Agree(string call, double actual, double relative = 1e-9)
    {
        var expected = Value(call);
        Assert.True(Math.Abs(actual - expected) <= relative * Math.Max(1e-6, Math.Abs(expected)), $"{call}: {actual:R} is not {expected:R}.");
    }
}
