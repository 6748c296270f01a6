using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>The interval of the scaled Brier score.</summary>
internal static class ScaledBrierInterval
{
    /// <summary>That of the Brier score, carried over; null from null.</summary>
    public static Interval? Of(Interval? brier, double prevalence) => brier is null
        ? null
        : brier with
        {
            Low = BrierScore.Scaled(brier.High, prevalence),
            High = BrierScore.Scaled(brier.Low, prevalence),
            Method = brier.Method + "; prevalence taken as known",
        };
}
