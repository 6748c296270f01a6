using System.Globalization;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Figures;

/// <summary>The figures of what models are worth.</summary>
internal static class PerformanceFigures
{
    private const int SetLength = 22;

    /// <summary>The estimate that a report leads with: the first one, if it is an AUC on unseen cases, as a run writes it; null where there is none.</summary>
    public static Estimate? Leading(ModelPerformance model) =>
        model.Estimates.FirstOrDefault(e => e is { Measure: "auc", Role: EstimateRole.Unseen });

    /// <summary>AUC on unseen cases, one line a model and method.</summary>
    public static string Forest(IReadOnlyList<ModelPerformance> models)
    {
        var rows = models.SelectMany((model, series) => model.Estimates
            .Where(e => e is { Measure: "auc", Role: EstimateRole.Unseen, Interval: not null })
            .Select(e => new ForestRow(
                $"{SeriesStyle.Shorten(ModelNames.Of(model, models), SetLength)}, {EstimateNames.ShortMethod(e.Method)}", e.Value, e.Interval!.Low, e.Interval.High,
                $"{ModelNames.Of(model, models)}: {EstimateNames.Method(e.Method)}; interval: {e.Interval.Method}", series))).ToList();
        var label = "AUC on unseen cases: " + string.Join("; ", rows.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Label} {r.Value:F2} ({r.Low:F2} to {r.High:F2})")));
        return Figures.Forest.ToSvg(label, rows, 0, 1, 0.5);
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
        ? string.Create(CultureInfo.InvariantCulture, $"{SeriesStyle.Shorten(ModelNames.Of(model, models), 34)}: AUC {lead.Value:F2}")
        : ModelNames.Of(model, models);

    private static string Describe(CalibrationGroup group) => string.Create(
        CultureInfo.InvariantCulture, $"{group.Count} cases: predicted {group.MeanPredicted:F2}, observed {group.Observed:F2}");
}
