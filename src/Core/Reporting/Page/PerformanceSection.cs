using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Reporting.Figures;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Page;

internal static class PerformanceSection
{
    public static void Write(Html html, ReportInput input)
    {
        var models = input.Performance.Models;
        html.Raw("<h2>Performance</h2>\n");
        html.Raw("<figure>").Raw(PerformanceFigures.Forest(models))
            .Raw("<figcaption>AUC on cases that the scoring model had not seen, with 95 % intervals. The dashed line is a model that knows nothing.</figcaption></figure>\n");
        Plots(html, models);
        Comparisons(html, input.Performance.Comparisons);
        foreach (var model in models)
            Estimates(html, model);
    }

    private static void Plots(Html html, IReadOnlyList<ModelPerformance> models)
    {
        html.Raw("<p>");
        for (var series = 0; series < models.Count; series++)
            html.Raw($"<span class=\"key\" style=\"background:{Plot.Colour(series)}\"></span>").Text(models[series].PredictorSet);
        html.Raw("</p>\n<div class=\"plots\"><figure>").Raw(PerformanceFigures.Roc(models))
            .Raw("<figcaption>ROC curves of each case's mean predicted probability over the resamples in which it was unseen.</figcaption></figure><figure>")
            .Raw(PerformanceFigures.Calibration(models))
            .Raw("<figcaption>Calibration of the same predictions, smoothed. The dashed diagonal is perfect calibration.</figcaption></figure></div>\n");
    }

    private static void Comparisons(Html html, IReadOnlyList<PredictorSetComparison> comparisons)
    {
        if (comparisons.Count == 0)
            return;
        html.Raw("<h3>Comparison of predictor sets</h3>\n<table><tr><th>Sets</th><th>Estimate</th><th class=\"n\">Difference in AUC</th><th class=\"n\">Interval</th><th class=\"n\">p</th><th>Obtained by</th></tr>\n");
        foreach (var c in comparisons)
        {
            html.Raw("<tr>").Element("td", $"{c.SetA} − {c.SetB}").Element("td", EstimateNames.ShortMethod(c.Method))
                .Element("td class=\"n\"", Html.Number(c.Difference))
                .Element("td class=\"n\"", $"{Html.Number(c.Interval.Low)} to {Html.Number(c.Interval.High)}")
                .Element("td class=\"n\"", c.PValue is { } p ? (p < 0.001 ? "< 0.001" : Html.Number(p, 3)) : "–")
                .Element("td class=\"soft\"", c.Interval.Method).Raw("</tr>\n");
        }
        html.Raw("</table>\n");
    }

    private static void Estimates(Html html, ModelPerformance model)
    {
        html.Element("h3", $"{model.PredictorSet} ({model.Model})").Raw("<p class=\"soft\">").Text(
            $"{ReportPage.Count(model.Cases, "case", "cases")}, {model.Events} with the event; {model.CandidatePredictors} candidate predictors, {model.LockedPredictors} in the locked model.")
            .Raw("</p>\n");
        if (model.CandidatesExceedCases)
        {
            html.Raw("<p>").Text(
                "Candidate predictors exceed cases: Harrell's correction, .632 and .632+ flatter here, because the apparent performance they start from "
                + "is near perfect whatever the truth. The estimates on unseen cases are the ones to read.").Raw("</p>\n");
        }
        html.Raw("<table><tr><th>Measure</th><th>Estimate</th><th class=\"n\">Value</th><th class=\"n\">Interval</th><th>From</th><th>Interval by</th></tr>\n");
        foreach (var e in model.Estimates.OrderBy(e => e.Role).ThenBy(e => e.Measure == "auc" ? 0 : 1))
        {
            html.Raw(e.Role == EstimateRole.Unseen && e.Measure == "auc" ? "<tr class=\"lead\">" : e.Role == EstimateRole.Apparent ? "<tr class=\"muted\">" : "<tr>")
                .Element("td", EstimateNames.Measure(e.Measure)).Element("td", EstimateNames.Method(e.Method))
                .Element("td class=\"n\"", Html.Number(e.Value, 3))
                .Element("td class=\"n\"", e.Interval is { } i ? $"{Html.Number(i.Low, 3)} to {Html.Number(i.High, 3)}" : "–")
                .Element("td", EstimateNames.Role(e.Role))
                .Element("td class=\"soft\"", e.Interval?.Method ?? "").Raw("</tr>\n");
        }
        html.Raw("</table>\n");
    }
}
