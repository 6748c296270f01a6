namespace RadiogenomicsCloud.Association;

/// <summary>Which measure relates two features.</summary>
public enum MeasureRule
{
    /// <summary>By their scales: two numeric or ordinal ones by Spearman, a binary one with these by the rank-biserial correlation (Mann–Whitney), a nominal one by Kruskal–Wallis, two categorical ones by Fisher or χ².</summary>
    Auto,

    /// <summary>As <see cref="Auto"/>.</summary>
    Spearman,

    /// <summary>Numeric and binary pairs by Pearson (point-biserial); others as <see cref="Auto"/>.</summary>
    Pearson,
}

/// <summary>How a map is made.</summary>
public sealed record AssociationSettings
{
    public MeasureRule Measure { get; init; }

    /// <summary>Permutations of the cases of one side against the other; 0 leaves the permutation results out.</summary>
    public int Permutations { get; init; } = 1000;

    /// <summary>Bootstrap samples of the cases for the stability of the edges; 0 leaves it out.</summary>
    public int Resamples { get; init; } = 100;

    /// <summary>Family-wise error rate, and false discovery rate, of what is called.</summary>
    public double Level { get; init; } = 0.05;

    /// <summary>Features of one side whose absolute Spearman correlation reaches this (average linkage) are one group.</summary>
    public double GroupCorrelation { get; init; } = 0.9;

    /// <summary>Fewest cases with both values; pairs of fewer are not tested.</summary>
    public int FewestCases { get; init; } = 10;

    /// <summary>Edges kept in the document, by p; the called ones are kept whatever their number up to ten times this.</summary>
    public int MostEdges { get; init; } = 2000;

    public ulong Seed { get; init; } = 1;
}
