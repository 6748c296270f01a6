using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Reporting.Figures;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Page;

/// <summary>What the study asked and the unbiased answer, before anything else.</summary>
internal static class HeadlineSection
{
    public static void Write(Html html, ReportInput input)
    {
        var (provenance, performance) = (input.Provenance, input.Performance);
        var analysed = input.Cases.Count(c => c.Status == CaseStatus.Analysed);
        html.Element("h1", provenance.Study)
            .Raw("<p class=\"soft\">")
            .Text($"{(performance.Kind == "external" ? "External validation" : "Model development with internal validation")} of the endpoint ")
            .Element("b", provenance.Endpoint)
            .Text($" · run {provenance.RunId} · RadiogenomicsCloud {provenance.Version}")
            .Raw("</p>\n<div class=\"headline\">");
        foreach (var model in performance.Models)
        {
            if (Leading(model) is not { } lead)
                continue;
            html.Raw("<div><strong>").Text($"{model.PredictorSet}: AUC {Html.Number(lead.Value)}").Raw("</strong> ");
            if (lead.Interval is { } interval)
                html.Text($"({Html.Percent(interval.Level)} interval {Html.Number(interval.Low)} to {Html.Number(interval.High)}) ");
            html.Element("span class=\"soft\"", EstimateNames.Method(lead.Method)).Raw("</div>\n");
        }
        var first = performance.Models.Count > 0 ? performance.Models[0] : null;
        html.Raw("<p>").Text(
            $"{ReportPage.Count(analysed, "case", "cases")} of {input.Cases.Count} analysed" +
            (first is null ? "." : $", {first.Events} with the event. ") +
            (performance.Kind == "external"
                ? "The model was locked before; nothing was fitted on these cases."
                : "Every number above comes from cases that the model scoring them had not seen; everything learned from data was learned inside each resample."))
            .Raw("</p></div>\n");
        foreach (var warning in performance.Models.SelectMany(m => m.Warnings).Distinct(StringComparer.Ordinal))
            html.Raw("<p class=\"warn\">").Text(warning).Raw("</p>\n");
    }

    /// <summary>The estimate that the report leads with: out-of-bag, else nested cross-validation, else any other on unseen cases.</summary>
    public static Estimate? Leading(ModelPerformance model) =>
        model.Estimates.Where(e => e is { Measure: "auc", Role: EstimateRole.Unseen })
            .OrderBy(e => e.Method switch { "out_of_bag" => 0, "nested_cv" => 1, _ => 2 })
            .FirstOrDefault();
}
