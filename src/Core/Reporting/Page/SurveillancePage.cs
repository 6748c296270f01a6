using System.Globalization;
using RadiogenomicsCloud.Reporting.Figures;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Page;

/// <summary>The page of one look at locked models on new cases: what changed, by how much, and what that rests on.</summary>
public static class SurveillancePage
{
    /// <summary>Renders the page. The same input gives the same bytes.</summary>
    public static string Render(SurveillanceDocument survey)
    {
        ArgumentNullException.ThrowIfNull(survey);
        var html = new Html();
        html.Raw("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Element("title", $"{survey.Study}: re-validation")
            .Raw($"\n<style>{Style.Css}</style></head><body><main>\n")
            .Element("h1", survey.Study)
            .Raw("<p>").Text(Headline(survey)).Raw("</p>\n<p class=\"soft\">").Text(
                $"{ReportPage.Count(survey.NewCases, "case that no locked model has seen", "cases that no locked model has seen")} and no earlier look has counted; {(survey.Events is { } events ? FormattableString.Invariant($"{events} with the event of {survey.Endpoint}") : $"the endpoint is {survey.Endpoint}")}. Nothing was fitted.")
            .Raw("</p>\n");
        if (survey.Notes.Count > 0)
        {
            html.Raw("<ul class=\"warn\">");
            foreach (var note in survey.Notes)
                html.Element("li", note);
            html.Raw("</ul>\n");
        }
        Figures(html, survey);
        Inputs(html, survey);
        return html.Raw("</main></body></html>\n").ToString();
    }

    private static string Headline(SurveillanceDocument survey) => (survey.Alerts, survey.Watches) switch
    {
        (0, 0) when survey.Drift.Count == 0 => "Nothing was compared.",
        (0, 0) => "Nothing changed beyond the thresholds.",
        (0, var watches) => $"{ReportPage.Count(watches, "change is", "changes are")} beyond the threshold, and may be chance.",
        var (alerts, _) => $"{ReportPage.Count(alerts, "alert", "alerts")}: changes beyond the threshold that are more than chance.",
    };

    private static void Figures(Html html, SurveillanceDocument survey)
    {
        if (survey.Changes.Count == 0)
            return;
        var notes = new IntervalNotes();
        html.Heading("figures", "Figures then and now").Raw("<div class=\"wide\"><table>").Row("th", "Model", "Measure", "Locked", "On the new cases", "Change", "Threshold", "");
        foreach (var change in survey.Changes)
        {
            html.Raw("<tr>").Element("td", $"{change.PredictorSet} ({EstimateNames.Model(change.Model)})").Element("td", EstimateNames.Measure(change.Measure))
                .Element("td", $"{Html.Number(change.Locked, 3)} ({EstimateNames.Method(change.LockedMethod)})")
                .Raw($"<td><b>{Html.Number(change.Now.Value, 3)}</b> <span class=\"interval\">{notes.Markup(change.Now.Interval, 3)}</span></td>")
                .Element("td", Html.Number(change.Change, 3)).Element("td", Html.Number(change.Threshold)).Element("td", Word(change.Level)).Raw("</tr>\n");
        }
        html.Raw("</table></div>\n<p class=\"soft\">An alert is a change beyond the threshold whose interval does not hold the locked figure. The locked figure is an estimate itself; its own uncertainty is in the report of the run that locked the model.</p>\n");
        notes.Write(html);
    }

    private static void Inputs(Html html, SurveillanceDocument survey)
    {
        if (survey.Drift.Count == 0)
            return;
        html.Heading("inputs", "Inputs then and now").Raw("<div class=\"wide\"><table>").Row("th", "Predictor", "Distance", "q", "Missing then", "Missing now", "");
        foreach (var drift in survey.Drift.OrderByDescending(d => d.Level).ThenByDescending(d => double.IsNaN(d.Distance) ? -1 : d.Distance))
        {
            html.Row(
                "td", drift.Predictor, Html.Number(drift.Distance), drift.QValue < 0.001 ? "< 0.001" : Html.Number(drift.QValue, 3), Html.Percent(drift.MissingThen),
                Html.Percent(drift.MissingNow), Word(drift.Level));
        }
        html.Raw("</table></div>\n<p class=\"soft\">").Text(string.Create(
            CultureInfo.InvariantCulture,
            $"Predictors that the locked models use. Distance: Kolmogorov–Smirnov, two samples, 0 alike to 1 apart; q: its p-value (limiting distribution) by Benjamini and Hochberg. Beyond a distance of {survey.Thresholds.InputDrift} with q below 0.05, or with {Html.Percent(survey.Thresholds.MissingRise)} more cases missing, it is an alert."))
            .Raw("</p>\n");
    }

    private static string Word(AlertLevel level) => level switch
    {
        AlertLevel.Alert => "alert",
        AlertLevel.Watch => "watch",
        _ => "",
    };
}
