namespace RadiogenomicsCloud.Statistics;

/// <summary>A 95 % interval; both ends NaN where it is undefined.</summary>
public readonly record struct EffectInterval(double Low, double High)
{
    public static readonly EffectInterval Undefined = new(double.NaN, double.NaN);
}

/// <summary>95 % intervals of correlations on Fisher's scale, z = artanh r. A correlation of ±1 has the interval of itself alone.</summary>
public static class CorrelationInterval
{
    private static readonly double Quantile = Normal.Quantile(0.975);

    /// <summary>Pearson's, as R's <c>cor.test</c>: variance 1/(n − 3 − k).</summary>
    /// <param name="covariates">k, of a partial correlation.</param>
    /// <returns>Undefined for n − k below 4.</returns>
    public static EffectInterval Pearson(double r, int n, int covariates = 0) => OnFisherScale(r, 1.0 / (n - 3 - covariates));

    /// <summary>Spearman's: variance (1 + ρ²/2)/(n − 3 − k) (Bonett, Wright, Psychometrika 2000, 65:23).</summary>
    /// <param name="covariates">k, of a partial correlation.</param>
    /// <returns>Undefined for n − k below 4.</returns>
    public static EffectInterval Spearman(double rho, int n, int covariates = 0) => OnFisherScale(rho, (1 + (rho * rho / 2)) / (n - 3 - covariates));

    /// <summary>The rank-biserial correlation's: variance (m + n + 1)/(3mn), as R's <c>effectsize::rank_biserial</c>.</summary>
    public static EffectInterval RankBiserial(double r, int m, int n) => OnFisherScale(r, (m + n + 1.0) / (3.0 * m * n));

    private static EffectInterval OnFisherScale(double r, double variance)
    {
        if (double.IsNaN(r) || !(variance > 0) || !double.IsFinite(variance))
            return EffectInterval.Undefined;
        if (Math.Abs(r) >= 1)
            return new(r, r);
        double z = Math.Atanh(r), half = Quantile * Math.Sqrt(variance);
        return new(Math.Tanh(z - half), Math.Tanh(z + half));
    }
}
