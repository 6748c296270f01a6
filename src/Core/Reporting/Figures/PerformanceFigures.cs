using System.Globalization;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Figures;

/// <summary>The figures of what models are worth.</summary>
internal static class PerformanceFigures
{
    /// <summary>AUC on unseen cases, one line a predictor set and method.</summary>
    public static string Forest(IReadOnlyList<ModelPerformance> models)
    {
        var rows = models.SelectMany((model, series) => model.Estimates
            .Where(e => e is { Measure: "auc", Role: EstimateRole.Unseen, Interval: not null })
            .Select(e => new ForestRow(
                $"{model.PredictorSet}, {EstimateNames.ShortMethod(e.Method)}", e.Value, e.Interval!.Low, e.Interval.High,
                $"{EstimateNames.Method(e.Method)}; interval: {e.Interval.Method}", series))).ToList();
        return Figures.Forest.ToSvg("AUC on unseen cases", rows, 0, 1, 0.5);
    }

    public static string Roc(IReadOnlyList<ModelPerformance> models)
    {
        var plot = new Plot("ROC curves", "1 − specificity", "Sensitivity");
        for (var series = 0; series < models.Count; series++)
            plot.Line(models[series].RocAveraged is { Count: > 0 } averaged ? averaged : models[series].Roc, series);
        return plot.ToSvg();
    }

    public static string Calibration(IReadOnlyList<ModelPerformance> models)
    {
        var plot = new Plot("Calibration", "Predicted probability", "Observed proportion");
        for (var series = 0; series < models.Count; series++)
            plot.Line(models[series].CalibrationSmooth, series);
        // Groups with intervals of several models would hide one another: they are drawn where there is one model.
        if (models.Count == 1)
        {
            foreach (var group in models[0].CalibrationGroups)
                plot.Dot(group.MeanPredicted, group.Observed, group.Interval, Tooltip(group), 0);
        }
        return plot.ToSvg();
    }

    private static string Tooltip(CalibrationGroup group) => string.Create(
        CultureInfo.InvariantCulture, $"{group.Count} cases: predicted {group.MeanPredicted:F2}, observed {group.Observed:F2}");
}
