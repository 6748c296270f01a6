using System.Globalization;
using RadiogenomicsCloud.Reporting.Figures;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Page;

/// <summary>All that is known of one model.</summary>
internal static class ModelSection
{
    private const string Locked = "locked";

    /// <param name="series">Its place in the document, which decides its colour.</param>
    public static void Write(Html html, ModelPerformance model, PerformanceDocument performance, int series, IntervalNotes notes)
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
        EstimatesTable.Write(html, model, notes);
        if (model.Permutation is { } test)
            html.Element("p", Sentence(test)).Raw("\n");
        Figures(html, model, performance, series);
        HorizonSection.Write(html, model, performance, series);
        html.Raw("</section>\n");
    }

    private static void Figures(Html html, ModelPerformance model, PerformanceDocument performance, int series)
    {
        // With a single model, these stand above already.
        var several = performance.Models.Count > 1;
        var name = ModelNames.Of(model, performance.Models);
        html.Raw("<div class=\"plots\">");
        if (model.RiskGroups is { } groups)
            html.Raw("<figure>").Raw(SurvivalFigure.Of(groups, name)).Element("figcaption", Caption(groups)).Raw("</figure>\n");
        if (model.Classes is { Count: > 0 })
            Classes(html, model, performance, name);
        if (model.RiskGroups is { Incidence: { } incidence } competing)
            html.Raw("<figure>").Raw(SurvivalFigure.IncidenceOf(competing, incidence, name)).Element("figcaption", Caption(competing, incidence)).Raw("</figure>\n");
        if (several && model.CalibrationGroups.Count > 0)
        {
            html.Raw("<figure>").Raw(PerformanceFigures.CalibrationOf(model, name, series)).Element(
                "figcaption",
                $"Calibration of {CurvesSection.Predictions(performance)}: groups with intervals ({model.CalibrationGroups[0].Interval.Method}) and smoothed curve.")
                .Raw("</figure>\n");
        }
        if (several && DecisionFigure.Has(model))
            html.Raw("<figure>").Raw(DecisionFigure.Of(model, name, series)).Element("figcaption", $"{CurvesSection.Decision([model])} {CurvesSection.Band}").Raw("</figure>\n");
        html.Raw("</div>\n");
    }

    private static void Classes(Html html, ModelPerformance model, PerformanceDocument performance, string name)
    {
        var averaged = PerformanceFigures.IsExternal(performance) ? "" : ", mean sensitivity over the resamples at each 1 − specificity";
        html.Raw("<figure>").Raw(ClassFigure.Roc(model, name)).Element("figcaption", $"ROC of each class against all others{averaged}.").Raw("</figure>\n");
        html.Raw("<figure>").Raw(ClassFigure.PrecisionRecall(model, name)).Element(
            "figcaption", $"Precision and recall of each class against all others, of {CurvesSection.Predictions(performance)}.").Raw("</figure>\n");
        html.Raw("<figure>").Raw(ClassFigure.Calibration(model, name)).Element(
            "figcaption", $"Calibration of each class's probability, of {CurvesSection.Predictions(performance)}, smoothed by {CalibrationFigures.Smoother}. The dashed diagonal is perfect; the ends of a curve rest on few cases.")
            .Raw("</figure>\n");
    }

    private static string Sentence(PermutationResult test)
    {
        var measure = EstimateNames.Measure(test.Measure);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Label-permutation test of the whole pipeline: {measure} {Html.Number(test.Observed)} by {EstimateNames.Method(test.Scheme)}; of {test.Permutations} runs with the outcomes dealt out anew, {(test.AsExtreme == 0 ? "none" : Number(test.AsExtreme))} had as much or more, p {Relation(test.PValue)}. These had a mean of {Html.Number(test.NullMean)} and a 95 % quantile of {Html.Number(test.NullUpper)}.");
    }

    private static string Caption(RiskGroups groups)
    {
        var permuted = groups.PermutationPValue is { } p ? $"; p by permutation {Relation(p)}" : "";
        return $"Kaplan–Meier curves of unseen cases by risk ({EstimateNames.Method(groups.Scheme)}), the cut-off {CutOff(groups.Rule)}. Bands: pointwise intervals, log-log scale; strokes: "
            + $"times at which somebody left without the event. Log-rank χ² {Html.Number(groups.ChiSquare)}, {(groups.Rule == Locked ? "" : "nominal ")}p {Relation(groups.PValue)}{permuted}. {groups.Caution}";
    }

    private static string Caption(RiskGroups groups, RiskGroupIncidence incidence)
    {
        var test = incidence is { ChiSquare: { } statistic, PValue: { } p }
            ? $"Gray's test χ² {Html.Number(statistic)}, {(groups.Rule == Locked ? "" : "nominal ")}p {Relation(p)}{(incidence.PermutationPValue is { } permuted ? $"; p by permutation {Relation(permuted)}" : "")}."
            : "Gray's test does not exist for these groups.";
        return "Cumulative incidence of the event in the same groups (Aalen–Johansen), with pointwise intervals, log-log scale: the share of patients that has had it, where some have a competing event first. "
            + $"Dotted: one less Kaplan–Meier, which takes a competing event as censoring and so overstates that share. {test}";
    }

    private static string CutOff(string rule) => rule switch
    {
        "median" => "at the median of the training cases' risks",
        "maximally_selected" => "where the log-rank statistic of the training cases was greatest",
        Locked => "fixed when the model was locked",
        _ => rule.Replace('_', ' '),
    };

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Relation(double p) => p < 0.001 ? Html.PValue(p) : "= " + Html.PValue(p);
}
