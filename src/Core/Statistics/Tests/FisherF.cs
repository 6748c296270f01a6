namespace RadiogenomicsCloud.Statistics;

/// <summary>The F distribution of Fisher and Snedecor; degrees of freedom are any positive numbers.</summary>
internal static class FisherF
{
    /// <summary>P(F ≥ f), accurate far in the tail.</summary>
    public static double UpperTail(double f, double numerator, double denominator)
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
