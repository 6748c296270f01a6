using System.Collections.Concurrent;

namespace RadiogenomicsCloud.Association;

/// <summary>
/// The pairs of features that are not nominal and of which one has missing values, by groups of one scale that miss the same cases: the cases with
/// both values are then those of the groups, ranks are made once for a feature of a group and not for each pair, and the statistics are products.
/// </summary>
internal sealed class PatternPairs
{
    private const int MostRows = 512;
    private const int MostColumns = 1024;

    // Tables of p over Σ d² for each number of cases that permutations lead to: 60 MB at most.
    private const int TableUpTo = 100;

    private readonly ConcurrentDictionary<(PairLawKind, int, int), PairLaw> laws = new();

    public PatternPairs(MapFeature[] imaging, MapFeature[] molecular, AssociationSettings settings, MapCovariates? covariates)
    {
        (Imaging, Molecular, Settings, Covariates) = (imaging, molecular, settings, covariates);
        (Rows, Columns) = (Groups(imaging, MostRows), Groups(molecular, MostColumns));
        Any = Rows.Any(r => Columns.Any(c => !r.Complete || !c.Complete));
    }

    public MapFeature[] Imaging { get; }

    public MapFeature[] Molecular { get; }

    public AssociationSettings Settings { get; }

    public MapCovariates? Covariates { get; }

    public PatternGroup[] Rows { get; }

    public PatternGroup[] Columns { get; }

    /// <summary>Whether there are such pairs.</summary>
    public bool Any { get; }

    /// <summary>Whether none of their p is of counts.</summary>
    public bool AreContinuous => !Any || Rows.All(r => Columns.All(c => Kind(r, c) is PairLawKind.Student or PairLawKind.UntiedSpearman));

    /// <summary>Pairs of groups: their number and, by it, which.</summary>
    public int Count => Any ? Rows.Length * Columns.Length : 0;

    public (PatternGroup Rows, PatternGroup Columns) this[int index] => (Rows[index / Columns.Length], Columns[index % Columns.Length]);

    /// <summary>The law of two groups where nothing is tied.</summary>
    public PairLawKind Kind(PatternGroup rows, PatternGroup columns)
    {
        if (Covariates is not null || PairTester.IsLinear(Settings.Measure, rows.Scale, columns.Scale))
            return PairLawKind.Student;
        return (rows.Scale, columns.Scale) switch
        {
            (FeatureScale.Binary, FeatureScale.Binary) => PairLawKind.Fisher,
            (FeatureScale.Binary, _) or (_, FeatureScale.Binary) => PairLawKind.MannWhitney,
            _ => PairLawKind.UntiedSpearman,
        };
    }

    public PairLaw Law(PairLawKind kind, int n, int freedom) =>
        laws.GetOrAdd((kind, n, freedom), static key => new PairLaw(key.Item1, key.Item2, key.Item3, TableUpTo));

    private static PatternGroup[] Groups(MapFeature[] features, int most) =>
    [
        .. Enumerable.Range(0, features.Length).Where(i => !features[i].IsNominal).GroupBy(i => (features[i].Scale, Pattern(features[i])))
            .SelectMany(g => g.Chunk(most).Select(members => new PatternGroup(members, g.Key.Scale, features[members[0]]))),
    ];

    private static string Pattern(MapFeature feature) =>
        feature.Complete ? "" : string.Create(feature.Values.Length, feature.Values, static (text, values) =>
        {
            for (var c = 0; c < text.Length; c++)
                text[c] = double.IsNaN(values[c]) ? '0' : '1';
        });
}

/// <summary>Features of one scale that miss the same cases.</summary>
/// <param name="members">Positions among the mapped features of the side.</param>
internal sealed class PatternGroup(int[] members, FeatureScale scale, MapFeature first)
{
    public int[] Members => members;

    public FeatureScale Scale => scale;

    public bool Complete => first.Complete;

    public bool Knows(int c) => !double.IsNaN(first.Values[c]);
}
