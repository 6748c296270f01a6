namespace RadiogenomicsCloud.Learning;

/// <summary>One solution of the path, on the scale of the data as given.</summary>
/// <param name="Indexes">Columns with a non-zero coefficient, ascending.</param>
/// <param name="DevianceRatio">Share of the null deviance explained.</param>
public sealed record LogisticPathPoint(double Lambda, double Intercept, int[] Indexes, double[] Coefficients, double DevianceRatio);

/// <summary>How a path is computed.</summary>
/// <param name="Alpha">Share of the lasso penalty, 0 to 1.</param>
/// <param name="LambdaCount">Length of the path; it may stop earlier (see <see cref="LogisticPath"/>).</param>
/// <param name="MinimumRatio">Least λ as a share of the greatest; null means 0.01 where rows are fewer than columns, else 0.0001.</param>
/// <param name="Threshold">Convergence: the greatest weighted squared change of a coefficient in a pass, as a share of the null deviance.</param>
/// <param name="MaximumPasses">Passes over the data for the whole path; the path ends, unconverged, where they are used up.</param>
public sealed record LogisticPathSettings(
    double Alpha = 0.5, int LambdaCount = 100, double? MinimumRatio = null, double Threshold = 1e-7, int MaximumPasses = 100_000);

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
        ReadOnlySpan<double> columnMajor, ReadOnlySpan<bool> outcome, ReadOnlySpan<double> weights, LogisticPathSettings settings, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var standardised = StandardisedDesign.Create(columnMajor, outcome, weights);
        return new LogisticPathSolver(standardised, settings, cancel).Solve(null);
    }

    /// <summary>A path over given λ, descending. It does not stop early unless the fit saturates.</summary>
    public static LogisticPathFit Fit(
        ReadOnlySpan<double> columnMajor,
        ReadOnlySpan<bool> outcome,
        ReadOnlySpan<double> weights,
        double[] lambdas,
        LogisticPathSettings settings,
        CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(lambdas);
        var standardised = StandardisedDesign.Create(columnMajor, outcome, weights);
        return new LogisticPathSolver(standardised, settings, cancel).Solve(lambdas);
    }
}
