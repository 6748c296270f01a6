using System.Globalization;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Figures;

/// <summary>Net benefit over the threshold probability, beside that of treating everybody and nobody.</summary>
internal static class DecisionFigure
{
    // Below a fifth of what can be gained a curve says only that it is bad.
    private const double ShownBelow = 0.2;
    private const double WidestBand = 1.3;

    public static bool Has(ModelPerformance model) => model.DecisionCurve is { Count: > 1 };

    /// <summary>Curves of several models without their intervals, which would hide one another.</summary>
    public static string Of(CurvePanel panel) => Draw(
        panel.Title, [.. panel.Curves.Where(c => Has(c.Model))], withBand: panel.Curves.Count == 1);

    /// <summary>One model with its pointwise interval.</summary>
    public static string Of(ModelPerformance model, string name, int series) => Draw(name, [new(model, name, series)], withBand: true);

    private static string Draw(string? title, IReadOnlyList<PanelCurve> curves, bool withBand)
    {
        var all = curves.SelectMany(c => c.Model.DecisionCurve!).ToList();
        // A band may be very wide at thresholds that few cases reach; the curve is not flattened for it.
        var gain = Math.Max(0.02, all.Max(p => Math.Max(p.TreatAll, p.NetBenefit)));
        var high = Math.Min(WidestBand * gain, Math.Max(gain, withBand ? all.Max(p => p.Interval?.High ?? 0) : 0));
        var plot = new Plot(
            $"Decision curves{(title is null ? "" : $", {title}")}: " + string.Join("; ", curves.Select(Describe)),
            Axis.Share("Threshold probability"), Axis.Round("Net benefit", -ShownBelow * high, Math.Min(1, 1.04 * high)));
        var first = curves[0].Model.DecisionCurve!;
        plot.Reference([new(0, 0), new(1, 0)], "treat nobody", dashed: false);
        plot.Reference([.. first.Select(p => new CurvePoint(p.Threshold, p.TreatAll))], "treat everybody");
        foreach (var curve in curves)
        {
            var points = curve.Model.DecisionCurve!;
            if (withBand)
            {
                foreach (var stretch in Stretches(points))
                    plot.Band([.. stretch.Select(p => new CurvePoint(p.Threshold, p.Interval!.Low))], [.. stretch.Select(p => new CurvePoint(p.Threshold, p.Interval!.High))], curve.Series);
            }
            plot.Line([.. points.Select(p => new CurvePoint(p.Threshold, p.NetBenefit))], curve.Series, curve.Name);
        }
        return plot.ToSvg();
    }

    /// <summary>Points with an interval that follow one another: a band does not bridge what has none.</summary>
    private static List<List<DecisionPoint>> Stretches(IReadOnlyList<DecisionPoint> points)
    {
        List<List<DecisionPoint>> stretches = [];
        for (var i = 0; i < points.Count; i++)
        {
            if (points[i].Interval is null)
                continue;
            if (i == 0 || points[i - 1].Interval is null)
                stretches.Add([]);
            stretches[^1].Add(points[i]);
        }
        return stretches;
    }

    /// <summary>The curve at a threshold that most have.</summary>
    private static string Describe(PanelCurve curve)
    {
        var middle = curve.Model.DecisionCurve!.MinBy(p => Math.Abs(p.Threshold - 0.2))!;
        return string.Create(CultureInfo.InvariantCulture, $"{curve.Name}: net benefit {middle.NetBenefit:F3} at {middle.Threshold:F2}, treating everybody {middle.TreatAll:F3}");
    }
}
