using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>Newton–Raphson with halved steps.</summary>
internal static class MaximumLikelihoodClimb
{
    private const int MaximumIterations = 40;
    private const int MaximumHalvings = 30;
    private const double LeastStep = 1e-9;
    private const double LeastPivot = 1e-14;

    /// <summary>Where the likelihood is greatest, and the inverse of its information there; null where no such place is found.</summary>
    public static (double[] Parameters, double LogLikelihood, double[,] Covariance)? Climb(PlainLikelihood likelihood, CancellationToken cancel)
    {
        var parameters = likelihood.Null();
        var current = likelihood.LogLikelihood(parameters);
        for (var iteration = 0; iteration < MaximumIterations; iteration++)
        {
            cancel.ThrowIfCancellationRequested();
            var (gradient, information) = likelihood.Derivatives(parameters);
            if (Cholesky.Factor(information, LeastPivot) is not { } factor)
                return null;
            var step = gradient;
            factor.Solve(step);
            var greatest = step.Length == 0 ? 0 : step.Max(Math.Abs);
            if (!double.IsFinite(greatest))
                return null;
            var scale = 1.0;
            for (var halving = 0; ; halving++)
            {
                double[] next = [.. parameters.Select((p, k) => p + (scale * step[k]))];
                var value = likelihood.LogLikelihood(next);
                if (value >= current - (1e-12 * Math.Abs(current)) || halving == MaximumHalvings)
                {
                    (parameters, current) = (next, value);
                    break;
                }
                scale /= 2;
            }
            // Columns have variance 1: a step so small changes nothing that is written. One more has its square.
            if (greatest < LeastStep)
                return Cholesky.Factor(likelihood.Derivatives(parameters).Information, LeastPivot) is { } last ? (parameters, current, last.Inverse()) : null;
        }
        return null;
    }
}
