using RadiogenomicsCloud.Association;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Association;

/// <summary>Made cohorts of every scale of features.</summary>
internal static class SmallCohorts
{
    /// <param name="missing">Share of values that are missing in every third feature; −1: one third of the features miss the same four cases, one third the same two.</param>
    public static FeatureBlock Mixed(int cases, int features, ulong seed, double missing, double[]? link = null, double strength = 0)
    {
        var random = new DeterministicRandom(seed);
        var columns = new List<FeatureColumn>();
        var values = new double[cases * features];
        for (var f = 0; f < features; f++)
        {
            var scale = (f % 6) switch { 1 => FeatureScale.Ordinal, 2 => FeatureScale.Binary, 3 => FeatureScale.Nominal, _ => FeatureScale.Numeric };
            columns.Add(new($"f{f:D3}", "made", scale));
            for (var c = 0; c < cases; c++)
            {
                var z = random.NextGaussian() + (link is null ? 0 : strength * link[c]);
                var value = scale switch
                {
                    FeatureScale.Ordinal => Math.Clamp(Math.Round(z * 1.5), -2, 2),
                    FeatureScale.Binary => z > 0.2 ? 1 : 0,
                    FeatureScale.Nominal => Math.Clamp(Math.Floor(z + 1), 0, 2),
                    _ => f % 6 == 4 ? Math.Round(z, 1) : z,
                };
                values[(f * cases) + c] = (missing > 0 && f % 3 == 1 && random.NextDouble() < missing) || (missing < 0 && Misses(f / 6 % 3, c)) ? double.NaN : value;
            }
        }
        return new(cases, columns, values);
    }

    private static bool Misses(int pattern, int c) => pattern == 1 ? c < 4 : pattern == 2 && c is 10 or 17;

    public static FeatureBlock Noise(int cases, int features, ulong seed, string source = "made")
    {
        var random = new DeterministicRandom(seed);
        var values = new double[cases * features];
        for (var i = 0; i < values.Length; i++)
            values[i] = random.NextGaussian();
        return new(cases, [.. Enumerable.Range(0, features).Select(f => new FeatureColumn($"{source}{f:D3}", source, FeatureScale.Numeric))], values);
    }

    public static FeatureBlock Covariates(int cases, ulong seed)
    {
        var random = new DeterministicRandom(seed);
        var values = new double[cases * 2];
        for (var c = 0; c < cases; c++)
            (values[c], values[cases + c]) = (random.NextGaussian(), c % 3);
        return new(cases, [new("age", "clinical", FeatureScale.Numeric), new("site", "clinical", FeatureScale.Nominal)], values);
    }
}
