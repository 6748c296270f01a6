namespace RadiogenomicsCloud.Learning;

/// <summary>One solution of the path, on the scale of the data as given.</summary>
/// <param name="Indexes">Columns with a non-zero coefficient, ascending.</param>
/// <param name="DevianceRatio">Share of the null deviance explained.</param>
public sealed record LogisticPathPoint(double Lambda, double Intercept, int[] Indexes, double[] Coefficients, double DevianceRatio);

/// <summary>A path of elastic-net logistic regressions.</summary>
/// <param name="Converged">False where the passes were used up: the points are those before.</param>
public sealed record LogisticPathFit(IReadOnlyList<LogisticPathPoint> Points, bool Converged);

/// <summary>
/// Elastic-net logistic regression over a path of λ: minimises −ℓ(β₀, β)/n + λ[(1−α)‖β‖²/2 + α‖β‖₁] over predictors standardised by
/// their population standard deviation, the intercept unpenalised. Iteratively reweighted least squares around cyclic coordinate
/// descent with warm starts, active sets and strong rules, as in Friedman, Hastie and Tibshirani, J. Stat. Softw. 2010;33(1),
/// section 3, and Tibshirani et al., J. R. Stat. Soc. B 2012;74:245–266, with the conventions of R's glmnet 4.1 (<c>family =
/// "binomial", standardize = TRUE</c>): the greatest λ is the largest |gradient| of the null model over max(α, 0.001); a path that
/// chooses its own λ stops, after at least five, where the deviance ratio passes 0.999 or grows by less than 0.00001. Constant columns have no coefficient.
/// </summary>
public static class LogisticPath
{
    /// <summary>A path of its own λ.</summary>
    /// <param name="columnMajor">rows × columns values, finite.</param>
    /// <param name="outcome">One a row; both classes must occur.</param>
    /// <param name="weights">Positive, one a row; empty means equal. Only their ratios matter; a weight of two equals two copies of the row.</param>
    public static LogisticPathFit Fit(
        ReadOnlySpan<double> columnMajor, ReadOnlySpan<bool> outcome, ReadOnlySpan<double> weights, PathSettings settings, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Solve(columnMajor, outcome, weights, null, settings, cancel);
    }

    /// <summary>A path over given λ, descending. It does not stop early unless the fit saturates.</summary>
    public static LogisticPathFit Fit(
        ReadOnlySpan<double> columnMajor,
        ReadOnlySpan<bool> outcome,
        ReadOnlySpan<double> weights,
        double[] lambdas,
        PathSettings settings,
        CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(lambdas);
        return Solve(columnMajor, outcome, weights, lambdas, settings, cancel);
    }

    private static LogisticPathFit Solve(
        ReadOnlySpan<double> columnMajor, ReadOnlySpan<bool> outcome, ReadOnlySpan<double> weights, double[]? lambdas, PathSettings settings, CancellationToken cancel)
    {
        var design = StandardisedDesign.Create(columnMajor, outcome.Length, weights);
        var fit = new PathSolver(design, new BinomialFamily(design, outcome), settings, cancel).Solve(lambdas);
        return new(
            [.. fit.Points.Select(p => new LogisticPathPoint(p.Lambda, p.Scores[0].Intercept, p.Scores[0].Indexes, p.Scores[0].Coefficients, p.DevianceRatio))],
            fit.Converged);
    }
}
