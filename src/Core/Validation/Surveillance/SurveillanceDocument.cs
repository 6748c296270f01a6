namespace RadiogenomicsCloud.Validation;

/// <summary>The content of <c>surveillance.json</c>: one look at locked models on the cases that came since the last.</summary>
/// <param name="NewCases">Analysed cases that no model has seen and no earlier look has counted.</param>
/// <param name="Events">New cases with the event; null for endpoints without.</param>
/// <param name="Performance">Null where there are too few of them.</param>
/// <param name="Notes">Why something is not there.</param>
public sealed record SurveillanceDocument(
    int Schema, string Study, string Endpoint, int NewCases, int? Events, SurveillanceThresholds Thresholds, PerformanceDocument? Performance,
    IReadOnlyList<FigureChange> Changes, IReadOnlyList<PredictorDrift> Drift, IReadOnlyList<string> Notes)
{
    public const int CurrentSchema = 1;

    public int Alerts => Changes.Count(c => c.Level == AlertLevel.Alert) + Drift.Count(d => d.Level == AlertLevel.Alert);

    public int Watches => Changes.Count(c => c.Level == AlertLevel.Watch) + Drift.Count(d => d.Level == AlertLevel.Watch);
}
