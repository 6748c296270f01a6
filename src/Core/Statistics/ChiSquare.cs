using MathNet.Numerics;

namespace RadiogenomicsCloud.Statistics;

/// <summary>The chi-square distribution.</summary>
public static class ChiSquare
{
    /// <summary>P(X ≥ x), accurate in the tail; NaN if there are no degrees of freedom or x is NaN.</summary>
    public static double UpperTail(double x, double degreesOfFreedom)
    {
        if (!(degreesOfFreedom > 0) || double.IsNaN(x))
            return double.NaN;
        if (!(x > 0))
            return 1;
        if (double.IsInfinity(x))
            return 0;
        return degreesOfFreedom == 1 ? Normal.TwoSidedP(Math.Sqrt(x)) : SpecialFunctions.GammaUpperRegularized(degreesOfFreedom / 2, x / 2);
    }
}
