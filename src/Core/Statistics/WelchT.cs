namespace RadiogenomicsCloud.Statistics;

/// <summary>Two-sample t test with unequal variances (Welch, Biometrika 1947, 34:28), as R's <c>t.test(x, y)</c>.</summary>
public static class WelchT
{
    /// <summary>Missing values (NaN) are left out, as R does.</summary>
    /// <returns>
    /// t, p and the difference of the means x − y; undefined where a group has fewer than two values or neither varies.
    /// </returns>
    public static TwoSampleResult Test(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var (countX, meanX, squareX) = StandardErrorSquare(x);
        var (countY, meanY, squareY) = StandardErrorSquare(y);
        var square = squareX + squareY;
        if (countX < 2 || countY < 2 || !(square > 0))
            return TwoSampleResult.Undefined;
        var t = (meanX - meanY) / Math.Sqrt(square);
        var degrees = square * square / ((squareX * squareX / (countX - 1)) + (squareY * squareY / (countY - 1)));
        return new TwoSampleResult(t, StudentT.TwoSidedP(t, degrees), meanX - meanY);
    }

    private static (int Count, double Mean, double Square) StandardErrorSquare(ReadOnlySpan<double> values)
    {
        var kept = Array.FindAll(values.ToArray(), value => !double.IsNaN(value));
        return (kept.Length, Moments.Mean(kept), Moments.SampleVariance(kept) / kept.Length);
    }
}
