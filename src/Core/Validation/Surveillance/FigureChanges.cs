using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Validation;

/// <summary>Compares a locked model's figures on new cases with those that it was locked with.</summary>
public static class FigureChanges
{
    /// <summary>AUC, calibration in the large and calibration slope of every model; a figure that does not exist on the new cases is left out.</summary>
    /// <param name="locked">The performance that the models were locked with; models are matched by predictor set and name.</param>
    /// <param name="now">Their performance on the new cases.</param>
    public static IReadOnlyList<FigureChange> Of(PerformanceDocument locked, PerformanceDocument now, SurveillanceThresholds thresholds)
    {
        ArgumentNullException.ThrowIfNull(locked);
        ArgumentNullException.ThrowIfNull(now);
        ArgumentNullException.ThrowIfNull(thresholds);
        var changes = new List<FigureChange>();
        foreach (var model in now.Models)
        {
            var before = locked.Models.FirstOrDefault(m => m.PredictorSet == model.PredictorSet && m.Model == model.Model);
            // Only a fall of discrimination is a worry; calibration is lost in either direction.
            var leading = MeasureRegistry.Leading(model.Kind);
            if (leading.Scale is MeasureScale.Proportion)
                Add(leading.Name, null, thresholds.AucDrop, change => -change);
            // Of a number it is in that number's unit, and no threshold fits all.
            if (model.Kind is EndpointKind.Binary)
                Add("calibration_in_the_large", 0, thresholds.CalibrationInTheLarge, Math.Abs);
            Add("calibration_slope", 1, thresholds.CalibrationSlope, Math.Abs);

            void Add(string measure, double? ideal, double threshold, Func<double, double> worry)
            {
                if (Unseen(model, measure) is not { } found)
                    return;
                var then = before is null ? null : Unseen(before, measure);
                if ((then?.Value ?? ideal) is not { } reference)
                    return;
                var level = worry(found.Value - reference) <= threshold
                    ? AlertLevel.None
                    : found.Interval is { } interval && (interval.High < reference || interval.Low > reference) ? AlertLevel.Alert : AlertLevel.Watch;
                changes.Add(new(model.PredictorSet, model.Model, measure, reference, then?.Method ?? "ideal", found, threshold, level));
            }
        }
        return changes;
    }

    private static Estimate? Unseen(ModelPerformance model, string measure) =>
        model.Estimates.FirstOrDefault(e => e.Measure == measure && e.Class is null && e.Role == EstimateRole.Unseen && double.IsFinite(e.Value));
}
