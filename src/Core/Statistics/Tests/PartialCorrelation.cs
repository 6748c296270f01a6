namespace RadiogenomicsCloud.Statistics;

/// <summary>
/// The correlation of what covariates leave unexplained of two series, two-sided, by t of n − 2 − k degrees of freedom, as R's
/// <c>ppcor::pcor.test</c>. Rows of which any value is missing (NaN) are left out; k counts the covariates that are independent of those before
/// and of the constant.
/// </summary>
public static class PartialCorrelation
{
    /// <returns>t, p and the correlation; undefined where no degree of freedom is left or the covariates explain a series.</returns>
    public static TwoSampleResult Pearson(ReadOnlySpan<double> x, ReadOnlySpan<double> y, IReadOnlyList<double[]> covariates) =>
        Test(x, y, covariates, static values => [.. values]);

    /// <summary>The same of midranks, the covariates' too (<c>method = "spearman"</c>).</summary>
    public static TwoSampleResult Spearman(ReadOnlySpan<double> x, ReadOnlySpan<double> y, IReadOnlyList<double[]> covariates) =>
        Test(x, y, covariates, static values => Ranks.Midranks(values));

    /// <summary>The correlation of two series by what <paramref name="basis"/>, which holds the constant, leaves of them; it overwrites both.</summary>
    internal static TwoSampleResult OfResidualsInPlace(Span<double> x, Span<double> y, OrthonormalBasis basis)
    {
        double beforeX = OrthonormalBasis.Norm(x), beforeY = OrthonormalBasis.Norm(y);
        basis.Residualise(x);
        basis.Residualise(y);
        double normX = OrthonormalBasis.Norm(x), normY = OrthonormalBasis.Norm(y);
        var freedom = x.Length - 1 - basis.Rank;
        if (freedom < 1 || !(normX > 1e-9 * beforeX) || !(normY > 1e-9 * beforeY))
            return TwoSampleResult.Undefined;
        var r = 0.0;
        for (var i = 0; i < x.Length; i++)
            r += x[i] / normX * (y[i] / normY);
        r = Math.Clamp(r, -1, 1);
        return new(r * Math.Sqrt(freedom / ((1 - r) * (1 + r))), CorrelationTest.StudentP(r, freedom), r);
    }

    private static TwoSampleResult Test(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, IReadOnlyList<double[]> covariates, Func<double[], double[]> scores)
    {
        var rows = x.Length;
        if (rows != y.Length || covariates.Any(c => c.Length != rows))
            throw new ArgumentException("The series and the covariates differ in length.", nameof(covariates));
        var known = new List<int>(x.Length);
        for (var i = 0; i < x.Length; i++)
        {
            var complete = !double.IsNaN(x[i]) && !double.IsNaN(y[i]);
            foreach (var covariate in covariates)
                complete &= !double.IsNaN(covariate[i]);
            if (complete)
                known.Add(i);
        }
        if (known.Count < 3)
            return TwoSampleResult.Undefined;
        var basis = new OrthonormalBasis(known.Count);
        var ones = new double[known.Count];
        Array.Fill(ones, 1);
        basis.Add(ones);
        foreach (var covariate in covariates)
            basis.Add(scores([.. known.Select(i => covariate[i])]));
        var (a, b) = (new double[known.Count], new double[known.Count]);
        for (var i = 0; i < a.Length; i++)
            (a[i], b[i]) = (x[known[i]], y[known[i]]);
        return OfResidualsInPlace(scores(a), scores(b), basis);
    }
}
