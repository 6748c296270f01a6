using RadiogenomicsCloud.Reporting.Figures;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Page;

/// <summary>The curves of all models side by side; what lies over one another there stands by itself with each model.</summary>
internal static class CurvesSection
{
    public static void Write(Html html, PerformanceDocument performance)
    {
        var (models, external) = (performance.Models, PerformanceFigures.IsExternal(performance));
        var panels = CurvePanels.Of(models);
        var one = models.Count == 1;
        if (panels.Panels.Count < 2)
            html.Raw("<div class=\"plots\">");
        Figure(html, panels, m => PerformanceFigures.RocOf(m, external).Count > 0, p => PerformanceFigures.Roc(p, external), external
            ? "ROC curves of the locked models on these cases."
            : $"ROC: mean sensitivity over the {Resamples(performance)} at each 1 − specificity, always of cases left out; the area is the leading AUC. "
            + "The ROC curve of each case's mean prediction would be biased and is not drawn.");
        Figure(html, panels, m => m.PrecisionRecall is { Count: > 0 }, PerformanceFigures.PrecisionRecall,
            $"Precision and recall of {Predictions(performance)}; AP is the average precision of unseen cases. The dashed line is the share of events, which guessing has at every recall.");
        // Calibration curves of many models lie over one another; each model's own is with it.
        if (panels.Panels.Count < 2)
        {
            Figure(html, panels, m => m.CalibrationSmooth.Count > 0, PerformanceFigures.Calibration,
                $"Calibration of {Predictions(performance)}, smoothed by {CalibrationFigures.Smoother}{(one ? ", and in groups with their intervals" : "")}. "
                + "The dashed diagonal is perfect; the ends of a curve rest on few cases.");
        }
        Figure(html, panels, DecisionFigure.Has, DecisionFigure.Of, Decision(models) + (one ? " " + Band : " Intervals are drawn with each model."));
        if (panels.Panels.Count < 2)
            html.Raw("</div>\n");
    }

    /// <summary>What a decision curve is of.</summary>
    public static string Decision(IReadOnlyList<ModelPerformance> models) =>
        $"Decision curves on unseen cases: net benefit per case of acting at each threshold of the predicted {(models.Any(m => m.RiskGroups is not null) ? "risk by the last horizon" : "probability")}, "
        + "beside acting for everybody and for nobody.";

    public const string Band = "The band is the pointwise interval, where there is one.";

    /// <summary>Whose predictions calibration and precision are of.</summary>
    public static string Predictions(PerformanceDocument performance) => PerformanceFigures.IsExternal(performance)
        ? "the locked model's predictions"
        : "each case's mean prediction over the resamples in which it was unseen";

    private static void Figure(Html html, CurvePanels panels, Func<ModelPerformance, bool> has, Func<CurvePanel, string> draw, string caption)
    {
        var drawn = panels.Panels.Where(p => p.Curves.Any(c => has(c.Model))).ToList();
        if (drawn.Count == 0)
            return;
        if (panels.Panels.Count < 2)
        {
            html.Raw("<figure>").Raw(draw(drawn[0])).Element("figcaption", caption).Raw("</figure>\n");
            return;
        }
        html.Raw("<div class=\"plots panels\">");
        foreach (var panel in drawn)
            html.Raw("<figure>").Element("h4", panel.Title ?? "").Raw(draw(panel)).Raw("</figure>\n");
        html.Raw("</div>\n<p class=\"soft\">").Text(panels.Note.Length > 0 ? $"{caption} {panels.Note}" : caption).Raw("</p>\n");
    }

    private static string Resamples(PerformanceDocument performance) =>
        performance.Models.Any(m => PerformanceFigures.Leading(m)?.Method == "nested_cv") ? "folds of the nested cross-validation"
        : performance.Models.Any(m => PerformanceFigures.Leading(m)?.Method is "leave_one_site_out") ? "sites left out"
        : performance.Models.Any(m => PerformanceFigures.Leading(m)?.Method is "hold_out") ? "part held out" : "bootstrap samples";
}
