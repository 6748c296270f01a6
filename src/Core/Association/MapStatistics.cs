namespace RadiogenomicsCloud.Association;

/// <summary>What a map calls: p of all pairs, Benjamini–Hochberg, and the permutation results. The part of a map that decides.</summary>
internal sealed class MapStatistics
{
    // Benjamini–Hochberg's rate, in levels, up to which pairs are counted in permutations. Where permuted p are uniform the mean count is that
    // of Benjamini and Hochberg, and the estimate can go but little beyond; discrete p are fewer below a threshold than the threshold says.
    private const double BeyondOfContinuous = 2;
    private const double BeyondOfDiscrete = 10;

    private const int GridSteps = 1000;

    private MapStatistics(double[] p, SortedP sorted, PermutationNull? permuted, AssociationSettings settings)
    {
        (P, Sorted, Permuted) = (p, sorted, permuted);
        var discoveries = sorted.Called(settings.Level);
        var familyWise = permuted is null ? (int?)null : CountBelow(sorted, permuted.CriticalP);
        var estimated = permuted is null ? (int?)null : double.IsNaN(permuted.LargestCalledP) ? 0 : sorted.AtMost(permuted.LargestCalledP);
        Calls = new(discoveries, familyWise, estimated, permuted?.CriticalP);
        LargestDiscovery = discoveries == 0 ? double.NaN : sorted.AtRank(discoveries);
        Threshold = permuted is { CriticalP: > 0 } ? permuted.CriticalP : (discoveries > 0 ? LargestDiscovery : sorted.Count > 0 ? settings.Level / sorted.Count : 0);
        Kept = (int)Math.Min(
            Math.Min(sorted.Count, 10L * settings.MostEdges), Math.Max(settings.MostEdges, Math.Max(discoveries, Math.Max(familyWise ?? 0, estimated ?? 0))));
    }

    /// <summary>By imaging position, then molecular position.</summary>
    public double[] P { get; }

    public SortedP Sorted { get; }

    public PermutationNull? Permuted { get; }

    public MapCalls Calls { get; }

    /// <summary>The greatest p that Benjamini and Hochberg call; NaN where there is none.</summary>
    public double LargestDiscovery { get; }

    /// <summary>The p that an edge must reach in a bootstrap sample: the critical p, without enough permutations that of Benjamini and Hochberg, without calls that of Bonferroni.</summary>
    public double Threshold { get; }

    /// <summary>How many edges are kept.</summary>
    public int Kept { get; }

    /// <summary>Family-wise, by q without permutations.</summary>
    public bool IsCalled(double p) => Permuted is null ? p <= LargestDiscovery : p < Permuted.CriticalP;

    public static MapStatistics Of(MapPairs pairs, int workers, CancellationToken cancel)
    {
        var settings = pairs.Settings;
        var p = pairs.ParametricP(workers, cancel);
        var sorted = SortedP.Of(p, workers, cancel);
        var permuted = settings.Permutations == 0 || sorted.Count == 0
            ? null : PermutationNull.Of(pairs, sorted, Thresholds(sorted, pairs), workers, cancel);
        return new(p, sorted, permuted, settings);
    }

    // Every p that may be kept, and beyond them some on a logarithmic scale of their ranks.
    private static double[] Thresholds(SortedP sorted, MapPairs pairs)
    {
        var settings = pairs.Settings;
        var beyond = pairs.AreContinuous ? BeyondOfContinuous : BeyondOfDiscrete;
        var kept = Math.Min(sorted.Count, Math.Min(10L * settings.MostEdges, Math.Max(settings.MostEdges, sorted.Called(settings.Level))));
        var last = Math.Max(kept, sorted.Called(Math.Min(1, beyond * settings.Level)));
        var thresholds = new SortedSet<double>();
        for (var rank = 1L; rank <= kept; rank++)
            thresholds.Add(sorted.AtRank(rank));
        for (var step = 1; step <= GridSteps && kept > 0; step++)
            thresholds.Add(sorted.AtRank((long)Math.Round(kept * Math.Pow((double)last / kept, (double)step / GridSteps))));
        return [.. thresholds];
    }

    private static int CountBelow(SortedP sorted, double p) => sorted.AtMost(Math.BitDecrement(p));
}
