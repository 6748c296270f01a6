using System.Collections.Concurrent;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Association;

/// <summary>Fisher's p of 2 × 2 tables by margins, kept: at most as many as there are margins of a cohort, up to a limit.</summary>
internal static class FisherLaws
{
    private const int Most = 20_000;

    private static readonly ConcurrentDictionary<(int, int, int), double[]> Kept = new();

    public static double P(int both, int first, int second, int total) => Of(first, second, total)[both - Math.Max(0, first + second - total)];

    /// <summary>By the count of cases with both, from the least possible.</summary>
    public static double[] Of(int first, int second, int total)
    {
        if (Kept.TryGetValue((first, second, total), out var law))
            return law;
        law = FisherExact.TwoSided(first, second, total);
        if (Kept.Count < Most)
            Kept.TryAdd((first, second, total), law);
        return law;
    }
}
