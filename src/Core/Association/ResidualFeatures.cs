using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Association;

/// <summary>For pairs that do not go by blocks of complete features: what is permuted of them, the features themselves or what the covariates leave of them.</summary>
internal sealed class ResidualFeatures
{
    private readonly MapPairs pairs;
    private readonly MapFeature?[] imaging;      // of ranks
    private readonly MapFeature?[] molecular;
    private readonly MapFeature?[] molecularValues;

    public ResidualFeatures(MapPairs pairs)
    {
        this.pairs = pairs;
        var adjusted = pairs.Covariates is not null && (pairs.HasSlowPairs || pairs.Patterns.Any);
        imaging = adjusted ? Array.ConvertAll(pairs.Imaging, f => Residuals(f, ranks: true)) : [];
        molecular = adjusted ? Array.ConvertAll(pairs.Molecular, f => Residuals(f, ranks: true)) : [];
        molecularValues = adjusted && pairs.Settings.Measure == MeasureRule.Pearson
            ? Array.ConvertAll(pairs.Molecular, f => Residuals(f, ranks: false)) : [];
    }

    public double PermutedP(PairTester tester, int row, int column, int[] source, int[] inverse)
    {
        MapFeature a = pairs.Imaging[row], b = pairs.Molecular[column];
        if (pairs.Covariates is null)
            return tester.Test(a, b, source, inverse, residuals: false, details: false).P;
        if (b.IsNominal)
            return imaging[row] is { } own ? tester.Test(b, own, inverse, source, residuals: true, details: false).P : double.NaN;
        var left = Molecular(column, PairTester.IsLinear(pairs.Settings.Measure, a.Scale, b.Scale));
        return tester.Test(a, left, source, inverse, residuals: true, details: false).P;
    }

    /// <summary>What the covariates leave of a molecular feature that is not nominal, of its ranks or of its values.</summary>
    public MapFeature Molecular(int column, bool linear) => (linear ? molecularValues[column] : molecular[column])!;

    // Over the cases that have it; null of a nominal feature.
    private MapFeature? Residuals(MapFeature feature, bool ranks)
    {
        if (feature.IsNominal)
            return null;
        int[] known = [.. feature.Order.Order()];
        var values = Array.ConvertAll(known, c => feature.Values[c]);
        if (ranks)
            values = Ranks.Midranks(values);
        pairs.Covariates!.Of(known, ranks).Residualise(values);
        var all = new double[feature.Values.Length];
        Array.Fill(all, double.NaN);
        for (var i = 0; i < known.Length; i++)
            all[known[i]] = values[i];
        return new(all, feature.Scale);
    }
}
