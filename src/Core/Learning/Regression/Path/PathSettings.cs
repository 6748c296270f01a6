namespace RadiogenomicsCloud.Learning;

/// <summary>How a path is computed.</summary>
/// <param name="Alpha">Share of the lasso penalty, 0 to 1.</param>
/// <param name="LambdaCount">Length of the path; it may stop earlier (see <see cref="LogisticPath"/>).</param>
/// <param name="MinimumRatio">Least λ as a share of the greatest; null means 0.01 where rows are fewer than columns, else 0.0001.</param>
/// <param name="Threshold">Convergence: the greatest weighted squared change of a coefficient in a pass, as a share of the null deviance.</param>
/// <param name="MaximumPasses">Passes over the data for the whole path; the path ends, unconverged, where they are used up.</param>
public sealed record PathSettings(
    double Alpha = 0.5, int LambdaCount = 100, double? MinimumRatio = null, double Threshold = 1e-7, int MaximumPasses = 100_000);
