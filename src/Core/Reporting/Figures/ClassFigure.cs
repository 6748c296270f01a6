using System.Globalization;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Figures;

/// <summary>The curves of one model's classes, each against all others, a colour for each class.</summary>
internal static class ClassFigure
{
    private const int LegendName = 30;

    private static readonly CurvePoint[] Diagonal = [new(0, 0), new(1, 1)];

    public static string Roc(ModelPerformance model, string name) =>
        Draw($"ROC curves of each class against all others, {name}", Axis.Share("1 − specificity"), Axis.Share("Sensitivity"), model, c => c.Roc, "auc", "AUC");

    public static string PrecisionRecall(ModelPerformance model, string name) => Draw(
        $"Precision–recall curves of each class against all others, {name}", Axis.Share("Recall (sensitivity)"), Axis.Share("Precision (positive predictive value)"),
        model, c => c.PrecisionRecall, "average_precision", "AP", diagonal: false);

    public static string Calibration(ModelPerformance model, string name) => Draw(
        $"Calibration curves of each class, {name}", Axis.Share("Predicted probability of the class"), Axis.Share("Observed proportion"),
        model, c => c.CalibrationSmooth, "calibration_slope", "slope");

    private static string Draw(
        string label, Axis horizontal, Axis vertical, ModelPerformance model, Func<ClassCurves, IReadOnlyList<CurvePoint>> curve, string measure, string shortly, bool diagonal = true)
    {
        var classes = model.Classes!.Select((c, series) => (Curve: curve(c), Series: series, Name: Name(model, c, measure, shortly))).Where(c => c.Curve.Count > 0).ToList();
        var plot = new Plot($"{label}: {string.Join("; ", classes.Select(c => c.Name))}", horizontal, vertical);
        if (diagonal)
            plot.Reference(Diagonal);
        foreach (var (points, series, name) in classes)
            plot.Line(points, series, name);
        return plot.ToSvg();
    }

    private static string Name(ModelPerformance model, ClassCurves curves, string measure, string shortly)
    {
        var value = model.Estimates.FirstOrDefault(e => e.Measure == measure && e.Class == curves.Class)?.Value;
        return SeriesStyle.Shorten(curves.Class, LegendName) + (value is { } number ? string.Create(CultureInfo.InvariantCulture, $": {shortly} {number:F2}").Replace('-', '−') : "");
    }
}
