using System.Globalization;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Figures;

/// <summary>The figures of what models are worth.</summary>
internal static class PerformanceFigures
{
    private const int SetLength = 22;

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

    /// <summary>The leading measure on unseen cases, one line a model and method.</summary>
    public static string Forest(IReadOnlyList<ModelPerformance> models)
    {
        var rows = models.SelectMany((model, series) => Leads(model).Where(e => e.Interval is not null)
            .Select(e => new ForestRow(
                $"{SeriesStyle.Shorten(ModelNames.Of(model, models), SetLength)}, {EstimateNames.ShortMethod(e.Method)}", e.Value, e.Interval!.Low, e.Interval.High,
                $"{ModelNames.Of(model, models)}: {EstimateNames.Method(e.Method)}; interval: {e.Interval.Method}", series))).ToList();
        var measure = LeadingMeasure(models);
        var label = $"{measure.Title} on unseen cases: " + string.Join("; ", rows.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Label} {r.Value:F2} ({r.Low:F2} to {r.High:F2})")));
        var nothing = measure.NoInformation ?? 0;
        // A share lies in [0, 1]; what may be worse than nothing is shown down to −1 at most.
        var low = measure.Scale is MeasureScale.Proportion ? 0 : Math.Max(-1, Math.Floor(10 * rows.Select(r => r.Low ?? 0).Append(0).Min()) / 10);
        return Figures.Forest.ToSvg(label, rows, low, 1, nothing);
    }

    /// <summary>
    /// Resampled runs: mean sensitivity over the resamples. Locked models: their ROC. The ROC of the mean prediction over resamples is biased
    /// and not drawn.
    /// </summary>
    public static string Roc(PerformanceDocument performance)
    {
        var models = performance.Models;
        var plot = new Plot(Label("ROC curves", models), "1 − specificity", "Sensitivity");
        for (var series = 0; series < models.Count; series++)
            plot.Line(IsExternal(performance) ? models[series].Roc : models[series].RocAveraged, series, Legend(models[series], models));
        return plot.ToSvg();
    }

    public static string Calibration(IReadOnlyList<ModelPerformance> models)
    {
        if (models.Count == 1)
            return CalibrationOf(models[0], models, 0);
        var plot = new Plot(Label("Calibration curves", models), "Predicted probability", "Observed proportion");
        for (var series = 0; series < models.Count; series++)
            plot.Line(models[series].CalibrationSmooth, series, ModelNames.Of(models[series], models));
        return plot.ToSvg();
    }

    /// <summary>One model: its curve and its groups with their intervals, which would hide those of others.</summary>
    public static string CalibrationOf(ModelPerformance model, IReadOnlyList<ModelPerformance> models, int series)
    {
        var name = ModelNames.Of(model, models);
        var label = $"Calibration of {name}: " + string.Join("; ", model.CalibrationGroups.Select(Describe));
        var plot = new Plot(label, "Predicted probability", "Observed proportion");
        plot.Line(model.CalibrationSmooth, series, name);
        foreach (var group in model.CalibrationGroups)
            plot.Dot(group.MeanPredicted, group.Observed, group.Interval, Describe(group), series);
        return plot.ToSvg();
    }

    public static bool IsExternal(PerformanceDocument performance) => performance.Kind == "external";

    private static string Label(string what, IReadOnlyList<ModelPerformance> models) =>
        $"{what}: {string.Join("; ", models.Select(m => Legend(m, models)))}";

    private static string Legend(ModelPerformance model, IReadOnlyList<ModelPerformance> models) => Leading(model) is { } lead
        ? string.Create(CultureInfo.InvariantCulture, $"{SeriesStyle.Shorten(ModelNames.Of(model, models), 34)}: {LeadingMeasure(models).Title} {lead.Value:F2}")
        : ModelNames.Of(model, models);

    private static string Describe(CalibrationGroup group) => string.Create(
        CultureInfo.InvariantCulture, $"{group.Count} cases: predicted {group.MeanPredicted:F2}, observed {group.Observed:F2}");
}
