using System.Globalization;
using RadiogenomicsCloud.Reporting.Documents;

namespace RadiogenomicsCloud.Reporting.Page;

/// <summary>The cases that were not analysed with their reasons, and what was found about the others.</summary>
internal static class CasesSection
{
    public const string Anchor = "cases";
    private const int ShownRows = 20;
    private const int ShownIds = 8;

    public static void Write(Html html, ReportInput input)
    {
        html.Heading(Anchor, "Cases");
        var lost = input.Cases.Where(c => c.Status != CaseStatus.Analysed).ToList();
        if (lost.Count == 0)
        {
            html.Raw("<p>").Text($"All {ReportPage.Count(input.Cases.Count, "case was", "cases were")} analysed.").Raw("</p>\n");
        }
        else
        {
            html.Element("h3", $"Not analysed: {lost.Count} of {input.Cases.Count}");
            Rows(html, lost, "<th>Case</th><th>Status</th><th>Stage</th><th>Reason</th>", c =>
                html.Row("td", c.CaseId, c.Status == CaseStatus.Failed ? "failed" : "excluded", c.Stage, c.Reason));
        }
        Warnings(html, input.Cases);
        if (input.Provenance.Notes.Count > 0)
        {
            html.Raw("<h3>Notes on the cohort</h3>\n<ul>");
            foreach (var note in input.Provenance.Notes)
                html.Element("li", note);
            html.Raw("</ul>\n");
        }
    }

    private static void Warnings(Html html, IReadOnlyList<CaseRecord> cases)
    {
        var findings = MergedText.Group(cases.SelectMany(c => c.Warnings.Select(w => (c.CaseId, w))))
            .OrderByDescending(f => f.Owners.Count).ThenBy(f => f.Text, StringComparer.Ordinal).ToList();
        if (findings.Count == 0)
            return;
        html.Raw("<h3>Findings that did not stop a case</h3>\n<p class=\"soft\">Findings that differ only by numbers or names are one line; <code>cases.csv</code> has each as it was.</p>\n");
        Rows(html, findings, "<th>Finding</th><th class=\"n\">Cases</th><th>Which</th>", finding =>
        {
            html.Raw("<tr>").Element("td", finding.Text).Element("td class=\"n\"", finding.Owners.Count.ToString(CultureInfo.InvariantCulture)).Raw("<td class=\"ids\">");
            if (finding.Owners.Count == cases.Count)
                html.Text("all");
            else if (finding.Owners.Count <= ShownIds)
                html.Text(string.Join(", ", finding.Owners));
            else
                html.Fold($"{finding.Owners[0]} … {finding.Owners[^1]}: show all", () => html.Text(string.Join(", ", finding.Owners)));
            html.Raw("</td></tr>\n");
        });
    }

    private static void Rows<T>(Html html, IReadOnlyList<T> rows, string head, Action<T> write)
    {
        Table(rows.Take(ShownRows));
        if (rows.Count > ShownRows)
            html.Fold($"Show {rows.Count - ShownRows} more", () => Table(rows.Skip(ShownRows)));

        void Table(IEnumerable<T> part)
        {
            html.Raw($"<div class=\"wide\"><table><tr>{head}</tr>\n");
            foreach (var row in part)
                write(row);
            html.Raw("</table></div>\n");
        }
    }
}
