using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Association;

/// <summary>
/// What the map is adjusted for: numeric and ordinal covariates as ranks where features are ranked and as values where they are not, binary
/// ones as they are, nominal ones by indicators of all levels but the first.
/// </summary>
internal sealed class MapCovariates
{
    private readonly List<(double[] Values, bool Ranked)> columns = [];
    private readonly int cases;
    private readonly int[] everyone;

    /// <param name="block">Complete.</param>
    public MapCovariates(FeatureBlock block)
    {
        cases = block.Cases;
        everyone = [.. Enumerable.Range(0, cases)];
        for (var c = 0; c < block.Columns.Count; c++)
        {
            var values = block.Column(c).ToArray();
            if (block.Columns[c].Scale != FeatureScale.Nominal)
            {
                columns.Add((values, block.Columns[c].Scale != FeatureScale.Binary));
                continue;
            }
            foreach (var level in values.Distinct().Order().Skip(1))
                columns.Add((Array.ConvertAll(values, v => v == level ? 1.0 : 0.0), false));
        }
        OfRanks = Basis(everyone, ranks: true);
        OfValues = Basis(everyone, ranks: false);
    }

    /// <summary>Of all cases, with the constant.</summary>
    public OrthonormalBasis OfRanks { get; }

    public OrthonormalBasis OfValues { get; }

    /// <summary>Of some cases, ascending, ranked among them.</summary>
    public OrthonormalBasis Of(ReadOnlySpan<int> some, bool ranks) =>
        some.Length == cases ? (ranks ? OfRanks : OfValues) : Basis(some, ranks);

    /// <summary>Whether nothing is left of a feature over the cases that have it.</summary>
    public bool Explains(MapFeature feature)
    {
        if (feature.IsNominal || feature.Order.Length == 0)
            return false;
        int[] known = [.. feature.Order.Order()];
        return Left(known, Array.ConvertAll(known, c => feature.Values[c]), ranks: false)
            || Left(known, Ranks.Midranks(Array.ConvertAll(known, c => feature.Values[c])), ranks: true);
    }

    private bool Left(int[] known, double[] values, bool ranks)
    {
        var basis = Of(known, ranks);
        var mean = Moments.Mean(values);
        for (var i = 0; i < values.Length; i++)
            values[i] -= mean;
        var before = OrthonormalBasis.Norm(values);
        basis.Residualise(values);
        return known.Length - 1 - basis.Rank < 1 || !(OrthonormalBasis.Norm(values) > 1e-8 * before);
    }

    private OrthonormalBasis Basis(ReadOnlySpan<int> some, bool ranks)
    {
        var basis = new OrthonormalBasis(some.Length);
        var own = new double[some.Length];
        Array.Fill(own, 1);
        basis.Add(own);
        foreach (var (values, ranked) in columns)
        {
            for (var i = 0; i < own.Length; i++)
                own[i] = values[some[i]];
            // Centred first: what rounding leaves of a constant is no covariate.
            var scores = ranks && ranked ? Ranks.Midranks(own) : own;
            if (scores.AsSpan().IndexOfAnyExcept(scores[0]) >= 0)
                basis.Add(scores);
        }
        return basis;
    }
}
