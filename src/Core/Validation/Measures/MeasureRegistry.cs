using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Validation;

/// <summary>Every measure by endpoint, in the order in which a report gives them; the first of an endpoint leads.</summary>
public static class MeasureRegistry
{
    public static IReadOnlyList<Measure> All { get; } =
    [
        .. BinaryMeasureEntries.All, .. ThresholdMeasureEntries.All, .. MulticlassMeasureEntries.All, .. ClassMeasureEntries.All, .. ContinuousMeasureEntries.All,
        .. SurvivalMeasureEntries.All, .. SurvivalCalibrationEntries.All,
    ];

    /// <summary>The measures of an endpoint.</summary>
    public static IReadOnlyList<Measure> Of(EndpointKind kind) => [.. All.Where(m => m.Kind == kind)];

    /// <summary>The measure by which an endpoint's models are compared and corrected for optimism.</summary>
    public static Measure Leading(EndpointKind kind) => All.First(m => m.Kind == kind);

    internal static Measure Named(EndpointKind kind, string name) => All.Single(m => m.Kind == kind && m.Name == name);
}
