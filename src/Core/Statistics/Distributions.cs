using MathNet.Numerics;

namespace RadiogenomicsCloud.Statistics;

/// <summary>The standard normal distribution.</summary>
public static class Normal
{
    /// <summary>P(Z ≤ z).</summary>
    public static double Cdf(double z) => 0.5 * SpecialFunctions.Erfc(-z / Constants.Sqrt2);

    /// <summary>P(|Z| ≥ |z|), accurate far in the tail.</summary>
    public static double TwoSidedP(double z) => SpecialFunctions.Erfc(Math.Abs(z) / Constants.Sqrt2);

    /// <summary>The z with P(Z ≤ z) = p; ∓∞ at 0 and 1.</summary>
    public static double Quantile(double p) => p is >= 0 and <= 1
        ? -Constants.Sqrt2 * SpecialFunctions.ErfcInv(2 * p)
        : throw new ArgumentOutOfRangeException(nameof(p), p, "A probability lies in [0, 1].");
}

/// <summary>Student's t distribution; <c>degreesOfFreedom</c> is any positive number.</summary>
public static class StudentT
{
    /// <summary>P(T ≤ t).</summary>
    public static double Cdf(double t, double degreesOfFreedom)
    {
        var tail = 0.5 * TwoSidedP(t, degreesOfFreedom);
        return t <= 0 ? tail : 1 - tail;
    }

    /// <summary>P(|T| ≥ |t|), accurate far in the tail.</summary>
    public static double TwoSidedP(double t, double degreesOfFreedom)
    {
        if (double.IsNaN(t) || !(degreesOfFreedom > 0))
            return double.NaN;
        if (double.IsInfinity(t))
            return 0;
        var square = t * t;
        return square <= degreesOfFreedom
            ? Beta.UpperTail(square / (degreesOfFreedom + square), 0.5, degreesOfFreedom / 2)
            : Beta.Cdf(degreesOfFreedom / (degreesOfFreedom + square), degreesOfFreedom / 2, 0.5);
    }

    /// <summary>The t with P(T ≤ t) = p.</summary>
    public static double Quantile(double p, double degreesOfFreedom)
    {
        if (!(p is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(p), p, "A probability lies in [0, 1].");
        if (p is 0 or 1)
            return p == 0 ? double.NegativeInfinity : double.PositiveInfinity;
        if (p == 0.5)
            return 0;
        // |t| from the two-sided tail, bracketed by doubling and halved until nothing changes.
        var tail = 2 * Math.Min(p, 1 - p);
        double low = 0, high = 1;
        while (TwoSidedP(high, degreesOfFreedom) > tail && high < 1e300)
            (low, high) = (high, 2 * high);
        var magnitude = Bisection.Solve(t => tail - TwoSidedP(t, degreesOfFreedom), low, high);
        return p < 0.5 ? -magnitude : magnitude;
    }
}

/// <summary>The beta distribution on [0, 1] with positive shapes a and b.</summary>
public static class Beta
{
    /// <summary>P(X ≤ x), the regularised incomplete beta function.</summary>
    public static double Cdf(double x, double a, double b)
    {
        if (!(a > 0 && b > 0) || double.IsNaN(x))
            return double.NaN;
        if (x <= 0 || x >= 1)
            return x <= 0 ? 0 : 1;
        return x <= (a + 1) / (a + b + 2) ? Fraction(x, 1 - x, a, b) : 1 - Fraction(1 - x, x, b, a);
    }

    /// <summary>P(X ≥ x).</summary>
    public static double UpperTail(double x, double a, double b) => Cdf(1 - x, b, a);

    /// <summary>The x with P(X ≤ x) = p.</summary>
    public static double Quantile(double p, double a, double b)
    {
        if (!(p is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(p), p, "A probability lies in [0, 1].");
        return p is 0 or 1 ? p : Bisection.Solve(x => Cdf(x, a, b) - p, 0, 1);
    }

    // The continued fraction DLMF 8.17.22 by the modified Lentz method; converges in O(√max(a, b)) steps left of the mean. Math.NET's own
    // stops after 140 terms, too few for shapes of some ten thousands.
    private static double Fraction(double x, double complement, double a, double b)
    {
        const double tiny = 1e-300;
        var logFront = (a * Math.Log(x)) + (b * Math.Log(complement))
            - LogBeta(a, b) - Math.Log(a);
        var d = 1 - ((a + b) * x / (a + 1));
        d = 1 / (Math.Abs(d) < tiny ? tiny : d);
        double c = 1, f = d;
        for (var m = 1; m <= 100_000; m++)
        {
            var even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 + (even * d);
            d = 1 / (Math.Abs(d) < tiny ? tiny : d);
            c = 1 + (even / c);
            if (Math.Abs(c) < tiny)
                c = tiny;
            f *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 + (odd * d);
            d = 1 / (Math.Abs(d) < tiny ? tiny : d);
            c = 1 + (odd / c);
            if (Math.Abs(c) < tiny)
                c = tiny;
            f *= d * c;
            if (Math.Abs((d * c) - 1) < 1e-16)
                break;
        }
        return Math.Exp(logFront) * f;
    }

    // Differences of large log-gammas would cancel: where a shape is large, Stirling's series (DLMF 5.11.1) with the large terms joined.
    private static double LogBeta(double a, double b)
    {
        var (small, large) = a < b ? (a, b) : (b, a);
        var sum = small + large;
        if (large < 20)
            return SpecialFunctions.GammaLn(small) + SpecialFunctions.GammaLn(large) - SpecialFunctions.GammaLn(sum);
        var correction = StirlingRemainder(large) - StirlingRemainder(sum);
        return small < 20
            ? SpecialFunctions.GammaLn(small) + correction + small - (small * Math.Log(sum)) + ((large - 0.5) * Math.Log(large / sum))
            : (0.5 * Math.Log(2 * Math.PI / large)) + correction + StirlingRemainder(small)
                + ((small - 0.5) * Math.Log(small / sum)) + (large * Math.Log(large / sum));
    }

    private static double StirlingRemainder(double x)
    {
        var r = 1 / (x * x);
        return (1.0 / 12 - (r * (1.0 / 360 - (r * (1.0 / 1260 - (r * (1.0 / 1680 - (r / 1188)))))))) / x;
    }
}

/// <summary>Root of an increasing function by halving, to the last bit.</summary>
internal static class Bisection
{
    public static double Solve(Func<double, double> increasing, double low, double high)
    {
        for (var i = 0; i < 2000; i++)
        {
            var middle = low + ((high - low) / 2);
            if (middle <= low || middle >= high)
                break;
            if (increasing(middle) < 0)
                low = middle;
            else
                high = middle;
        }
        return high;
    }
}
