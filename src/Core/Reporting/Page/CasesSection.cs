using RadiogenomicsCloud.Reporting.Documents;

namespace RadiogenomicsCloud.Reporting.Page;

internal static class CasesSection
{
    public static void Write(Html html, ReportInput input)
    {
        html.Raw("<h2>Cases</h2>\n");
        var lost = input.Cases.Where(c => c.Status != CaseStatus.Analysed).ToList();
        if (lost.Count == 0)
        {
            html.Raw("<p>").Text($"All {input.Cases.Count} cases were analysed.").Raw("</p>\n");
        }
        else
        {
            html.Raw("<h3>Not analysed</h3>\n<table><tr><th>Case</th><th>Status</th><th>Stage</th><th>Reason</th></tr>\n");
            foreach (var c in lost)
                html.Row("td", c.CaseId, c.Status == CaseStatus.Failed ? "failed" : "excluded", c.Stage, c.Reason);
            html.Raw("</table>\n");
        }
        var warned = input.Cases.Where(c => c.Warnings.Count > 0).ToList();
        if (warned.Count > 0)
        {
            html.Raw($"<details open><summary>Warnings</summary><h3>Warnings, by what was found</h3>\n<table><tr><th>Finding</th><th class=\"n\">Cases</th><th>Which</th></tr>\n");
            foreach (var finding in warned.SelectMany(c => c.Warnings.Select(w => (c.CaseId, Warning: w)))
                .GroupBy(x => x.Warning, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal))
            {
                var ids = finding.Select(x => x.CaseId).Distinct(StringComparer.Ordinal).ToList();
                html.Raw("<tr>").Element("td", finding.Key).Element("td class=\"n\"", ids.Count.ToString(System.Globalization.CultureInfo.InvariantCulture))
                    .Element("td", ids.Count == input.Cases.Count ? "all" : string.Join(", ", ids)).Raw("</tr>\n");
            }
            html.Raw("</table></details>\n");
        }
        if (input.Provenance.Notes.Count > 0)
        {
            html.Raw("<h3>Notes on the cohort</h3>\n<ul>");
            foreach (var note in input.Provenance.Notes)
                html.Element("li", note);
            html.Raw("</ul>\n");
        }
    }
}
