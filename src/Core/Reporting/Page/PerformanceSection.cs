using System.Globalization;
using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Reporting.Figures;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Page;

internal static class PerformanceSection
{
    public const string Anchor = "performance";

    public static void Write(Html html, ReportInput input)
    {
        var models = input.Performance.Models;
        var notes = new IntervalNotes();
        html.Heading(Anchor, "Performance");
        if (models.Any(m => PerformanceFigures.Leads(m).Any(e => e.Interval is not null)))
        {
            html.Raw("<figure class=\"wide\">").Raw(PerformanceFigures.Forest(models)).Element(
                "figcaption",
                $"{PerformanceFigures.LeadingMeasure(models).Title} on cases that the scoring model had not seen, with intervals. The dashed line is a model that knows nothing.")
                .Raw("</figure>\n");
        }
        Plots(html, input.Performance);
        ComparisonTable.Write(html, input.Performance.Comparisons, notes);
        foreach (var model in models)
            Model(html, model, input.Performance, notes);
        notes.Write(html);
    }

    private static void Plots(Html html, PerformanceDocument performance)
    {
        html.Raw("<div class=\"plots\">");
        if (performance.Models.Any(m => (PerformanceFigures.IsExternal(performance) ? m.Roc : m.RocAveraged).Count > 0))
        {
            html.Raw("<figure>").Raw(PerformanceFigures.Roc(performance)).Element("figcaption", PerformanceFigures.IsExternal(performance)
                ? "ROC curves of the locked models on these cases."
                : $"Mean sensitivity over the {Resamples(performance)} at each 1 − specificity, always of cases left out; the area is the leading AUC. "
                + "The ROC curve of each case's mean prediction would be biased and is not drawn.").Raw("</figure>");
        }
        if (performance.Models.Any(m => m.CalibrationSmooth.Count > 0))
        {
            html.Raw("<figure>").Raw(PerformanceFigures.Calibration(performance.Models)).Element("figcaption",
                $"Calibration of {Predictions(performance)}, smoothed by {CalibrationFigures.Smoother}{(performance.Models.Count == 1 ? ", and in groups with their intervals" : "")}. "
                + "The dashed diagonal is perfect; the ends of a curve rest on few cases.").Raw("</figure>");
        }
        html.Raw("</div>\n");
    }

    private static string Resamples(PerformanceDocument performance) =>
        performance.Models.Any(m => PerformanceFigures.Leading(m)?.Method == "nested_cv") ? "folds of the nested cross-validation" : "bootstrap samples";

    private static string Predictions(PerformanceDocument performance) => PerformanceFigures.IsExternal(performance)
        ? "the locked model's predictions"
        : "each case's mean prediction over the resamples in which it was unseen";

    private static void Model(Html html, ModelPerformance model, PerformanceDocument performance, IntervalNotes notes)
    {
        var external = PerformanceFigures.IsExternal(performance);
        html.Raw("<section class=\"model\">").Element("h3", $"{model.PredictorSet} ({EstimateNames.Model(model.Model)})").Raw("<p class=\"soft\">").Text(
            $"{ReportPage.Count(model.Cases, "case", "cases")}{(EndpointWords.Fewest(model) is null ? "" : string.Create(CultureInfo.InvariantCulture, $", {model.Events} with the event"))}; "
            + (external
                ? $"the locked model reads {ReportPage.Count(model.CandidatePredictors, "predictor", "predictors")} and uses {model.LockedPredictors}."
                : $"{ReportPage.Count(model.CandidatePredictors, "candidate predictor", "candidate predictors")}, {model.LockedPredictors} in the locked model."))
            .Raw("</p>\n");
        if (model.Warnings.Count > 0)
        {
            html.Raw("<ul class=\"warn\">");
            foreach (var warning in model.Warnings.Distinct(StringComparer.Ordinal))
                html.Element("li", warning);
            html.Raw("</ul>\n");
        }
        var beside = performance.Models.Count > 1 && model.CalibrationGroups.Count > 0;
        html.Raw(beside ? "<div class=\"beside\"><div>" : "<div>");
        EstimatesTable.Write(html, model, notes);
        html.Raw("</div>");
        if (beside)
        {
            html.Raw("<figure>").Raw(PerformanceFigures.CalibrationOf(model, performance.Models, performance.Models.ToList().IndexOf(model)))
                .Raw("<figcaption>").Text($"Calibration of {Predictions(performance)}: groups with intervals ({model.CalibrationGroups[0].Interval.Method}) and smoothed curve.")
                .Raw("</figcaption></figure></div>");
        }
        html.Raw("</section>\n");
    }
}
