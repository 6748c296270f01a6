using System.Globalization;
using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Page;

/// <summary>The page of a run of many endpoints: one table, corrected for their number; each endpoint has a report of its own.</summary>
public static class EndpointsPage
{
    private const double Level = 0.05;

    /// <summary>Renders the page. The same input gives the same bytes.</summary>
    public static string Render(ProvenanceDocument provenance, EndpointsDocument document)
    {
        ArgumentNullException.ThrowIfNull(provenance);
        ArgumentNullException.ThrowIfNull(document);
        var html = new Html();
        html.Raw("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Element("title", $"{provenance.Study}: report {provenance.RunId}").Raw($"\n<style>{Style.Css}</style></head><body><main>\n")
            .Element("h1", provenance.Study).Raw("<p class=\"lede\">Molecular features predicted one by one</p>\n<p class=\"soft\">")
            .Text($"Run {provenance.RunId} · RadiogenomicsCloud {provenance.Version}").Raw("</p>\n<div class=\"headline\">");
        html.Element("p", Headline(document)).Raw("</div>\n").Heading("endpoints", "Endpoints");
        Table(html, document);
        html.Element("p class=\"soft\"", "Value: the leading estimate on unseen cases, with its interval for this endpoint by itself. p: label-permutation test of the whole pipeline. "
            + $"q (Benjamini–Hochberg) and family-wise p (Holm) are corrected over all tests of this table, {document.Results.Count(r => r.P is not null)} in number. The table is in endpoints.csv.").Raw("\n");
        Skipped(html, document);
        ProvenanceSection.Write(html, new(provenance, new(1, "none", "", [], []), [], []));
        return html.Raw("</main></body></html>\n").ToString();
    }

    private static string Headline(EndpointsDocument document)
    {
        var endpoints = document.Results.Select(r => r.Endpoint).Distinct(StringComparer.Ordinal).Count();
        int Endpoints(Func<EndpointResult, bool> isCalled) => document.Results.Where(isCalled).Select(r => r.Endpoint).Distinct(StringComparer.Ordinal).Count();
        return $"Of {ReportPage.Count(endpoints, "endpoint", "endpoints")}, {Said(Endpoints(r => r.FamilyWiseP <= Level))} predicted better than chance with the family-wise error held at {Html.Percent(Level)} (Holm), "
            + $"{Said(Endpoints(r => r.Q <= Level))} at a false discovery rate of {Html.Percent(Level)} (Benjamini–Hochberg).";

        static string Said(int number) => number switch { 0 => "none is", 1 => "1 is", _ => string.Create(CultureInfo.InvariantCulture, $"{number} are") };
    }

    private static void Table(Html html, EndpointsDocument document)
    {
        html.Raw("<div class=\"wide\"><table><tr><th>Endpoint</th><th>Predictors, model</th><th class=\"n\">Cases</th><th class=\"n\">Events</th><th>Value</th><th class=\"n\">p</th><th class=\"n\">q</th><th class=\"n\">Family-wise p</th></tr>\n");
        foreach (var r in document.Results)
        {
            html.Raw($"<tr{(r.FamilyWiseP <= Level ? " class=\"lead\"" : "")}><td class=\"ids\"><a href=\"{r.Folder}/report.html\">").Text(r.Endpoint).Raw("</a></td><td>").Breakable(r.PredictorSet)
                .Raw("<br>").Element("span class=\"meaning\"", r.Model).Raw("</td>")
                .Element("td class=\"n\"", r.Cases.ToString(CultureInfo.InvariantCulture))
                .Element("td class=\"n\"", r.Events == 0 ? "–" : r.Events.ToString(CultureInfo.InvariantCulture))
                .Raw("<td>").Text(MeasureRegistry.All.FirstOrDefault(m => m.Name == r.Leading.Measure)?.Title ?? r.Leading.Measure).Raw(" ").Element("b", Html.Number(r.Leading.Value)).Raw(" <span class=\"interval\">")
                .Text(r.Leading.Interval is { } i ? $"({Html.Number(i.Low)} to {Html.Number(i.High)})" : "").Raw("</span></td>");
            foreach (var p in new[] { r.P, r.Q, r.FamilyWiseP })
                html.Element("td class=\"n\"", p is { } value ? Html.PValue(value) : "–");
            html.Raw("</tr>\n");
        }
        html.Raw("</table></div>\n");
    }

    private static void Skipped(Html html, EndpointsDocument document)
    {
        if (document.Skipped.Count == 0)
            return;
        html.Fold($"{ReportPage.Count(document.Skipped.Count, "feature that is no endpoint", "features that are no endpoints")}", () =>
        {
            html.Raw("<table><tr><th>Feature</th><th>Why not</th></tr>\n");
            foreach (var feature in document.Skipped)
                html.Row("td", feature.Name, feature.Reason);
            html.Raw("</table>\n");
        });
    }
}
