using System.Globalization;
using RadiogenomicsCloud.Association;

namespace RadiogenomicsCloud.Reporting.Page;

/// <summary>Gene sets among the genes that go with imaging features. Nothing where the study named none.</summary>
internal static class EnrichmentTable
{
    private const int Shown = 20;
    private const int Nearest = 5;

    public static void Write(Html html, AssociationDocument map)
    {
        if (map.Enrichment.Count == 0)
            return;
        html.Raw("<h3>Gene sets</h3>\n");
        var called = map.Enrichment.Where(e => e.Q <= map.Settings.Level).OrderBy(e => e.P).ToList();
        html.Element("p", called.Count == 0
            ? $"None of {ReportPage.Count(map.Enrichment.Count, "test of a set", "tests of sets")} is called at a false discovery rate of {Html.Percent(map.Settings.Level)}; those of the smallest p:"
            : $"{ReportPage.Count(called.Count, "test of a set is", "tests of sets are")} called at a false discovery rate of {Html.Percent(map.Settings.Level)}, of {map.Enrichment.Count.ToString(CultureInfo.InvariantCulture)}:");
        Table(html, map, called.Count == 0 ? [.. map.Enrichment.OrderBy(e => e.P).Take(Nearest)] : [.. called.Take(Shown)]);
        if (called.Count > Shown)
            html.Fold($"Show {called.Count - Shown} more", () => Table(html, map, [.. called.Skip(Shown)]));
        html.Raw("<p class=\"soft\">Hypergeometric: genes of the set among the genes called for the imaging feature, against those of the map. GSEA: running-sum statistic over all genes ranked by their "
            + "association with the feature, normalised by permutations; a positive score means that the set goes with high values of the feature.</p>\n");
    }

    private static void Table(Html html, AssociationDocument map, IReadOnlyList<EnrichmentResult> rows)
    {
        html.Raw("<div class=\"wide\"><table><tr><th>Imaging</th><th>Set</th><th>Method</th><th class=\"n\">Genes</th><th class=\"n\">Score</th><th class=\"n\">p</th><th class=\"n\">q</th></tr>\n");
        foreach (var row in rows)
        {
            var score = row.NormalisedScore is { } normalised ? $"{Html.Number(row.Score)} (normalised {Html.Number(normalised)})" : $"{Html.Number(row.Score, 0)} in common";
            html.Raw("<tr>").Element("td class=\"ids\"", map.Imaging[row.Imaging].Name).Element("td class=\"ids\"", row.Set.Replace('_', ' '))
                .Element("td", row.Method == "gsea" ? "GSEA" : row.Method).Element("td class=\"n\"", row.Size.ToString(CultureInfo.InvariantCulture)).Element("td class=\"n\"", score)
                .Raw($"<td class=\"n\">{AssociationTable.Small(row.P)}</td><td class=\"n\">{AssociationTable.Small(row.Q)}</td></tr>\n");
        }
        html.Raw("</table></div>\n");
    }
}
