using System.Globalization;
using RadiogenomicsCloud.Reporting.Figures;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Page;

/// <summary>How right a model's predicted survival is at each horizon.</summary>
internal static class HorizonSection
{
    public static void Write(Html html, ModelPerformance model, PerformanceDocument performance, int series)
    {
        if (model.CalibrationAt is not { Count: > 0 } all)
            return;
        html.Raw("<h4>Calibration at the horizons</h4>\n");
        Table(html, all);
        var drawn = all.Where(HorizonFigure.IsDrawn).ToList();
        if (drawn.Count == 0)
            return;
        var name = ModelNames.Of(model, performance.Models);
        html.Raw("<div class=\"plots panels\">");
        foreach (var calibration in drawn)
            html.Raw("<figure>").Element("h5", $"By {EstimateNames.Time(calibration.Horizon)}").Raw(HorizonFigure.Of(calibration, name, series)).Raw("</figure>\n");
        html.Raw("</div>\n").Element(
            "p class=\"soft\"",
            $"Observed over predicted risk of {CurvesSection.Predictions(performance)}: the curve smooths jackknife pseudo-values of Kaplan–Meier by {CalibrationFigures.Smoother}; "
            + "dots are groups of ascending predicted risk with one less Kaplan–Meier survival and its interval (log-log scale). The dashed diagonal is perfect; the ends of a curve rest on few cases. "
            + "Slope and calibration errors stand in the table above.").Raw("\n");
    }

    private static void Table(Html html, IReadOnlyList<HorizonCalibration> all)
    {
        var competing = all.Any(c => c.Incidence is not null);
        html.Raw("<table class=\"horizons\"><tr><th>Risk of the event by</th><th class=\"n\">predicted, mean</th><th class=\"n\">observed, 1 − Kaplan–Meier</th>")
            .Raw(competing ? "<th class=\"n\">cumulative incidence</th></tr>\n" : "</tr>\n");
        foreach (var calibration in all)
        {
            html.Raw("<tr>").Element("td", EstimateNames.Time(calibration.Horizon)).Element("td class=\"n\"", Html.Number(calibration.MeanPredicted, 3))
                .Element("td class=\"n\"", Html.Number(calibration.Observed, 3));
            if (competing)
                html.Element("td class=\"n\"", calibration.Incidence is { } incidence ? Html.Number(incidence, 3) : "–");
            html.Raw("</tr>\n");
        }
        html.Raw("</table>\n");
        if (competing && all.Where(c => c.Incidence is not null).MaxBy(c => c.Observed - c.Incidence!.Value) is { } widest)
        {
            html.Element("p class=\"soft\"", string.Create(
                CultureInfo.InvariantCulture,
                $"Other events compete here. Predictions are calibrated against 1 − Kaplan–Meier, the risk if nobody had a competing event and these came independently of it; the cumulative incidence is the share of patients that did have the event. By {EstimateNames.Time(widest.Horizon)} the first exceeds the second by {Html.Number(widest.Observed - widest.Incidence!.Value, 3)}.")).Raw("\n");
        }
    }
}
