namespace RadiogenomicsCloud.Statistics;

/// <summary>Mean and variance, two-pass; NaN in, NaN out.</summary>
public static class Moments
{
    /// <summary>NaN if there are no values.</summary>
    public static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += value;
        return sum / values.Length;
    }

    /// <summary>Sum of squares about the mean over n − 1; NaN for fewer than two values.</summary>
    public static double SampleVariance(ReadOnlySpan<double> values) =>
        values.Length < 2 ? double.NaN : SumOfSquares(values) / (values.Length - 1);

    /// <summary>Sum of squares about the mean over n; NaN if there are no values.</summary>
    public static double PopulationVariance(ReadOnlySpan<double> values) => SumOfSquares(values) / values.Length;

    private static double SumOfSquares(ReadOnlySpan<double> values)
    {
        var mean = Mean(values);
        double squares = 0, sum = 0;
        foreach (var value in values)
        {
            var deviation = value - mean;
            squares += deviation * deviation;
            sum += deviation;
        }
        // The second term is zero but for the rounding of the mean (Chan, Golub, LeVeque 1983).
        return values.IsEmpty ? double.NaN : squares - (sum * sum / values.Length);
    }
}
