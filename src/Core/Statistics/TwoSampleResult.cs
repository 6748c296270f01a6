namespace RadiogenomicsCloud.Statistics;

/// <summary>A test statistic and its two-sided p-value; both NaN where the test is not defined.</summary>
/// <param name="Estimate">The effect that the test is about; each test says which.</param>
public readonly record struct TwoSampleResult(double Statistic, double PValue, double Estimate)
{
    public static readonly TwoSampleResult Undefined = new(double.NaN, double.NaN, double.NaN);
}
