using MathNet.Numerics;

namespace RadiogenomicsCloud.Statistics;

/// <summary>The upper tails that the tests of this folder need.</summary>
internal static class TestDistributions
{
    /// <summary>P(χ² ≥ x) of so many degrees of freedom, accurate far in the tail.</summary>
    public static double ChiSquareUpperTail(double x, double degreesOfFreedom)
    {
        if (double.IsNaN(x) || !(degreesOfFreedom > 0))
            return double.NaN;
        if (x <= 0)
            return 1;
        if (double.IsInfinity(x))
            return 0;
        return degreesOfFreedom == 1 ? Normal.TwoSidedP(Math.Sqrt(x)) : SpecialFunctions.GammaUpperRegularized(degreesOfFreedom / 2, x / 2);
    }

    /// <summary>P(F ≥ f), accurate far in the tail.</summary>
    public static double FisherUpperTail(double f, double numerator, double denominator)
    {
        if (double.IsNaN(f) || !(numerator > 0 && denominator > 0))
            return double.NaN;
        if (f <= 0)
            return 1;
        if (double.IsInfinity(f))
            return 0;
        var ratio = numerator * f;
        return ratio <= denominator
            ? Beta.UpperTail(ratio / (denominator + ratio), numerator / 2, denominator / 2)
            : Beta.Cdf(denominator / (denominator + ratio), denominator / 2, numerator / 2);
    }
}
