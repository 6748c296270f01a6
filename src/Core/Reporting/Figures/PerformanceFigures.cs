using System.Globalization;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Figures;

/// <summary>The figures of what models are worth.</summary>
internal static class PerformanceFigures
{
    private const int SetLength = 22;
    private const int ManyLength = 36;
    private const int LegendName = 34;

    private static readonly CurvePoint[] Diagonal = [new(0, 0), new(1, 1)];

    /// <summary>The measure that the models of a run are judged by first.</summary>
    public static Measure LeadingMeasure(IReadOnlyList<ModelPerformance> models) => MeasureRegistry.Leading(models.Count > 0 ? models[0].Kind : EndpointKind.Binary);

    /// <summary>The estimate that a report leads with: the first of the leading measure on unseen cases; null where there is none.</summary>
    public static Estimate? Leading(ModelPerformance model) => Leads(model).FirstOrDefault();

    /// <summary>All estimates of the leading measure on unseen cases.</summary>
    public static IEnumerable<Estimate> Leads(ModelPerformance model)
    {
        var measure = MeasureRegistry.Leading(model.Kind).Name;
        return model.Estimates.Where(e => e.Measure == measure && e.Role == EstimateRole.Unseen);
    }

    /// <summary>
    /// The leading measure on unseen cases: one line a model and method; of many models, by the first method only, and by predictor set.
    /// </summary>
    public static string Forest(IReadOnlyList<ModelPerformance> models)
    {
        var many = ModelCrossing.IsNeeded(models);
        var sets = models.Select(m => m.PredictorSet).Distinct(StringComparer.Ordinal).ToList();
        var ordered = many ? models.OrderBy(m => sets.IndexOf(m.PredictorSet)).ToList() : [.. models];
        var rows = ordered.SelectMany((model, series) => Leads(model).Where(e => e.Interval is not null).Take(many ? 1 : int.MaxValue)
            .Select(e => new ForestRow(
                many ? SeriesStyle.Shorten(ModelNames.Of(model, models), ManyLength) : $"{SeriesStyle.Shorten(ModelNames.Of(model, models), SetLength)}, {EstimateNames.ShortMethod(e.Method)}",
                e.Value, e.Interval!.Low, e.Interval.High,
                $"{ModelNames.Of(model, models)}: {EstimateNames.Method(e.Method)}; interval: {e.Interval.Method}", many ? sets.IndexOf(model.PredictorSet) : series))).ToList();
        var measure = LeadingMeasure(models);
        var label = $"{measure.Title} on unseen cases: " + string.Join("; ", rows.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Label} {r.Value:F2} ({r.Low:F2} to {r.High:F2})")));
        var nothing = measure.NoInformation ?? 0;
        // A share lies in [0, 1]; what may be worse than nothing is shown down to −1 at most.
        var low = measure.Scale is MeasureScale.Proportion ? 0 : Math.Max(-1, Math.Floor(10 * rows.Select(r => r.Low ?? 0).Append(0).Min()) / 10);
        return Figures.Forest.ToSvg(label, rows, low, 1, nothing);
    }

    /// <summary>The ROC curve that is drawn: of resampled runs mean sensitivity over the resamples, of locked models theirs.</summary>
    /// <remarks>The ROC of the mean prediction over resamples is biased and not drawn.</remarks>
    public static IReadOnlyList<CurvePoint> RocOf(ModelPerformance model, bool external) => external ? model.Roc : model.RocAveraged;

    public static string Roc(CurvePanel panel, bool external)
    {
        var plot = new Plot(Label("ROC curves", panel), Axis.Share("1 − specificity"), Axis.Share("Sensitivity"));
        plot.Reference(Diagonal);
        foreach (var curve in panel.Curves)
            plot.Line(RocOf(curve.Model, external), curve.Series, Legend(curve));
        return plot.ToSvg();
    }

    /// <summary>Precision over recall, with the share of events, which is the precision of guessing.</summary>
    public static string PrecisionRecall(CurvePanel panel)
    {
        var plot = new Plot(Label("Precision–recall curves", panel), Axis.Share("Recall (sensitivity)"), Axis.Share("Precision (positive predictive value)"));
        var drawn = panel.Curves.Where(c => c.Model.PrecisionRecall is { Count: > 0 }).ToList();
        if (drawn.Count > 0)
        {
            var prevalence = (double)drawn[0].Model.Events / Math.Max(1, drawn[0].Model.Cases);
            plot.Reference([new(0, prevalence), new(1, prevalence)], string.Create(CultureInfo.InvariantCulture, $"share of events: {prevalence:F2}"));
        }
        foreach (var curve in drawn)
            plot.Line(curve.Model.PrecisionRecall!, curve.Series, Legend(curve, "average_precision"));
        return plot.ToSvg();
    }

    public static string Calibration(CurvePanel panel)
    {
        if (panel.Curves is [var only])
            return CalibrationOf(only.Model, only.Name, only.Series);
        var plot = new Plot(Label("Calibration curves", panel), Axis.Share("Predicted probability"), Axis.Share("Observed proportion"));
        plot.Reference(Diagonal);
        foreach (var curve in panel.Curves)
            plot.Line(curve.Model.CalibrationSmooth, curve.Series, curve.Name);
        return plot.ToSvg();
    }

    /// <summary>One model: its curve and its groups with their intervals, which would hide those of others.</summary>
    public static string CalibrationOf(ModelPerformance model, string name, int series)
    {
        var label = $"Calibration of {name}: " + string.Join("; ", model.CalibrationGroups.Select(Describe));
        var plot = new Plot(label, Axis.Share("Predicted probability"), Axis.Share("Observed proportion"));
        plot.Reference(Diagonal);
        plot.Line(model.CalibrationSmooth, series, name);
        foreach (var group in model.CalibrationGroups)
            plot.Dot(group.MeanPredicted, group.Observed, group.Interval, Describe(group), series);
        return plot.ToSvg();
    }

    public static bool IsExternal(PerformanceDocument performance) => performance.Kind == "external";

    private static string Label(string what, CurvePanel panel) =>
        $"{what}{(panel.Title is null ? "" : $", {panel.Title}")}: {string.Join("; ", panel.Curves.Select(c => Legend(c)))}";

    /// <summary>The name with the estimate of a measure; of the leading one if none is named.</summary>
    private static string Legend(PanelCurve curve, string? measure = null)
    {
        var estimate = measure is null ? Leading(curve.Model) : curve.Model.Estimates.FirstOrDefault(e => e.Measure == measure && e.Role == EstimateRole.Unseen);
        return estimate is null
            ? curve.Name
            : string.Create(CultureInfo.InvariantCulture, $"{SeriesStyle.Shorten(curve.Name, LegendName)}: {ShortTitle(estimate)} {estimate.Value:F2}");
    }

    private static string ShortTitle(Estimate estimate) => estimate.Measure == "average_precision" ? "AP" : EstimateNames.Measure(estimate);

    private static string Describe(CalibrationGroup group) => string.Create(
        CultureInfo.InvariantCulture, $"{group.Count} cases: predicted {group.MeanPredicted:F2}, observed {group.Observed:F2}");
}
