using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>Expected improvement (Jones, Schonlau, Welch, J Global Optim 1998, 13:455), its logarithm, so that far from the best it still has a slope.</summary>
internal static class ExpectedImprovement
{
    private const double LogRootTwoPi = 0.91893853320467274;

    /// <param name="best">The least loss so far.</param>
    public static double Log(double mean, double deviation, double best)
    {
        if (!(deviation > 0))
            return best > mean ? Math.Log(best - mean) : double.NegativeInfinity;
        var z = (best - mean) / deviation;
        var logDensity = (-0.5 * z * z) - LogRootTwoPi;
        // Below −6, φ(z) + z Φ(z) is lost in cancellation; its expansion is φ(z) / z² (1 − 3 / z² …).
        return z > -6
            ? Math.Log(deviation) + Math.Log(Math.Exp(logDensity) + (z * Normal.Cdf(z)))
            : Math.Log(deviation) + logDensity - (2 * Math.Log(-z)) + Math.Log(1 - (3 / (z * z)));
    }
}
