using System.Globalization;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Figures;

/// <summary>Observed over predicted risk of one model at one horizon: the smoothed curve, and groups with their intervals.</summary>
internal static class HorizonFigure
{
    /// <summary>Whether there is more to see than two means.</summary>
    public static bool IsDrawn(HorizonCalibration calibration) => calibration.Smooth.Count > 0 || calibration.Groups.Count > 1;

    public static string Of(HorizonCalibration calibration, string name, int series)
    {
        var time = EstimateNames.Time(calibration.Horizon);
        var label = $"Calibration of {name} at {time}: " + string.Join("; ", calibration.Groups.Select(Describe));
        // Risks at an early horizon are small: the axes end where predictions and observations do.
        var greatest = calibration.Smooth.Select(p => Math.Max(p.X, p.Y)).Concat(calibration.Groups.Select(g => Math.Max(g.MeanPredicted, g.Observed)))
            .Append(calibration.Observed).Append(calibration.MeanPredicted).Max();
        var end = Math.Min(1, Math.Ceiling((greatest + 0.05) * 5) / 5);
        var plot = new Plot(label, Axis.Round($"Predicted risk by {time}", 0, end), Axis.Round($"Observed risk by {time}", 0, end));
        plot.Reference([new(0, 0), new(end, end)]);
        plot.Line(calibration.Smooth, series, name);
        foreach (var group in calibration.Groups)
            plot.Dot(group.MeanPredicted, group.Observed, group.Interval, Describe(group), series);
        return plot.ToSvg();
    }

    private static string Describe(CalibrationGroup group) => string.Create(
        CultureInfo.InvariantCulture, $"{group.Count} cases: predicted {group.MeanPredicted:F2}, observed {group.Observed:F2}");
}
