using System.Globalization;

namespace RadiogenomicsCloud.Association;

/// <summary>
/// The map between image and molecule: every imaging feature against every molecular one.
/// <para>
/// Measures, over the cases that have both values. Numeric and ordinal pairs: Spearman's ρ with R's own p of <c>cor.test(method = "spearman",
/// exact = NULL)</c>, or under <see cref="MeasureRule.Pearson"/> Pearson's r of numeric pairs and of numeric with binary ones (<c>point_biserial</c>).
/// Binary with numeric or ordinal: <c>rank_biserial</c> = 2U/(m₁m₀) − 1, positive where the cases with 1 have the greater values, p of
/// <c>wilcox.test</c>. Nominal with these: <c>epsilon_squared</c> = H/(n − 1) of Kruskal and Wallis. Two binary ones: <c>log_odds_ratio</c>, the
/// logarithm of the conditional estimate of <c>fisher.test</c> with its exact interval (an infinite estimate gives way to that with ½ added to each
/// count, an infinite end of the interval is NaN). Other categorical pairs: <c>cramers_v</c>, p by Fisher's exact test where there are at most 20,000 tables of the margins, else by χ²
/// where each expected count is at least 5, else by 9,999 seeded random tables.
/// </para>
/// <para>
/// With covariates, over the cases that have all of them: <c>partial_spearman</c> of ranks (also of binary features), <c>partial_pearson</c>, t of
/// n − 2 − k degrees of freedom; a nominal feature against another by the F of nested regressions of the other's ranks, <c>partial_eta_squared</c>;
/// two nominal features are not tested. Intervals are 95 %: see <see cref="Statistics.CorrelationInterval"/>.
/// </para>
/// <para>
/// A feature is not mapped if it is constant, known for fewer than <see cref="AssociationSettings.FewestCases"/> cases, if fewer than three cases
/// differ from its commonest value, or if the covariates explain it. The result has the same bits for any number of workers. Memory: 24 bytes a pair (at most
/// 40 million pairs), 8 bytes a pair of features of one side (of at most 15,000 of them; further ones are groups by themselves), and some
/// copies of the values. Time: n multiplications a pair and permutation for features that are not nominal; where values are missing, ranks besides for
/// each group of features that miss the same cases, so that a map whose every feature misses other cases takes some ten times as long, and one of
/// two such sides some hundred times; so do pairs with a nominal feature.
/// </para>
/// </summary>
public static class AssociationMap
{
    /// <summary>Pairs of mapped features.</summary>
    public const int MostPairs = 40_000_000;

    /// <param name="sets">Names of gene sets and of their molecular features; null or empty: no enrichment.</param>
    /// <param name="workers">Threads.</param>
    /// <exception cref="BadInputException">The map is too large, a value is infinite or no code of its category, or two columns of a block have one name.</exception>
    /// <exception cref="ArgumentException">The blocks are not of the same cases, or a setting is out of its range.</exception>
    public static AssociationDocument Make(
        FeatureBlock imaging, FeatureBlock molecular, FeatureBlock? covariates, IReadOnlyList<GeneSet>? sets, AssociationSettings settings, int workers,
        CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(imaging);
        ArgumentNullException.ThrowIfNull(molecular);
        var input = MapInput.Of(imaging, molecular, covariates, settings, cancel);
        var pairs = input.Pairs;
        var statistics = MapStatistics.Of(pairs, workers, cancel);
        return new MapWriter(input, statistics, workers).Write(sets ?? [], cancel);
    }

    internal static void Check(AssociationSettings settings)
    {
        static void Range(double value, double least, double most, string name)
        {
            if (!(value >= least && value <= most))
                throw new ArgumentOutOfRangeException(name, value, string.Create(CultureInfo.InvariantCulture, $"Between {least} and {most}."));
        }
        Range(settings.Permutations, 0, 100_000, nameof(settings.Permutations));
        Range(settings.Resamples, 0, 10_000, nameof(settings.Resamples));
        Range(settings.Level, 1e-6, 0.5, nameof(settings.Level));
        Range(settings.GroupCorrelation, 0, 1, nameof(settings.GroupCorrelation));
        Range(settings.FewestCases, 4, 1_000_000, nameof(settings.FewestCases));
        Range(settings.MostEdges, 1, 100_000, nameof(settings.MostEdges));
    }
}
