using System.Globalization;
using RadiogenomicsCloud.Association;
using RadiogenomicsCloud.Reporting.Figures;

namespace RadiogenomicsCloud.Reporting.Page;

/// <summary>Findings of a map by their leading pair; where there is none, the pairs that come nearest to one.</summary>
internal static class AssociationTable
{
    private const int Shown = 15;
    private const int MostFolded = 200;
    private const int Nearest = 10;

    public static void Write(Html html, AssociationDocument map)
    {
        if (map.Findings.Count > 0)
        {
            html.Raw("<h3>Findings</h3>\n");
            Table(html, map, [.. map.Findings.Take(Shown).Select(f => (map.Edges[f.Leading], f.Edges))]);
            if (map.Findings.Count > Shown)
            {
                html.Fold(
                    $"Show {Math.Min(map.Findings.Count - Shown, MostFolded)} more{(map.Findings.Count > Shown + MostFolded ? $" of {MapWords.Count(map.Findings.Count)}" : "")}",
                    () => Table(html, map, [.. map.Findings.Skip(Shown).Take(MostFolded).Select(f => (map.Edges[f.Leading], f.Edges))]));
            }
        }
        else if (map.Edges.Count > 0)
        {
            html.Raw("<h3>Nearest to a finding</h3>\n").Element("p class=\"soft\"", $"No pair is called{(map.Calls.FamilyWise is null ? "" : " family-wise")}; these have the smallest p, one of each pair of groups.").Raw("\n");
            Table(html, map, [.. map.Edges.DistinctBy(e => (map.Imaging[e.Imaging].Group, map.Molecular[e.Molecular].Group)).Take(Nearest).Select(e => (e, 0))]);
        }
        html.Raw("<p class=\"soft\">").Text(
            $"{MapWords.Count(map.Edges.Count)} {(map.Edges.Count == 1 ? "pair" : "pairs")} of the smallest p, the called ones among them, {(map.Edges.Count == 1 ? "is" : "are")} in ").Raw("<code>associations.csv</code>. ")
            .Text(Legend(map)).Raw("</p>\n");
    }

    private static string Legend(AssociationDocument map) => "Intervals are of 95 % for the pair by itself. q: Benjamini–Hochberg over all pairs."
        + (map.Settings.Permutations > 0 ? string.Create(CultureInfo.InvariantCulture, $" Family-wise p: by the strongest pair in {MapWords.Count(map.Settings.Permutations)} permutations of the cases.") : "")
        + (map.Settings.Resamples > 0 ? string.Create(CultureInfo.InvariantCulture, $" Stability: share of {map.Settings.Resamples} bootstrap samples of the cases that show the pair again.") : "");

    private static void Table(Html html, AssociationDocument map, IReadOnlyList<(AssociationEdge Edge, int Pairs)> rows)
    {
        var familyWise = rows.Any(r => r.Edge.FamilyWiseP is not null);
        var stability = rows.Any(r => r.Edge.Stability is not null);
        html.Raw("<div class=\"wide\"><table class=\"associations\"><tr><th>Imaging</th><th>Molecular</th><th>Effect</th><th class=\"n\">n</th><th class=\"n\">p</th><th class=\"n\">q</th>")
            .Raw(familyWise ? "<th class=\"n\">Family-wise p</th>" : "").Raw(stability ? "<th class=\"n\">Stability</th>" : "").Raw("</tr>\n");
        foreach (var (edge, pairs) in rows)
        {
            var (imaging, molecular) = (map.Imaging[edge.Imaging], map.Molecular[edge.Molecular]);
            html.Raw("<tr>");
            Feature(html, imaging.Name, MapWords.Others(map.ImagingGroups, imaging.Group));
            Feature(html, molecular.Name, MapWords.Others(map.MolecularGroups, molecular.Group));
            html.Raw("<td>").Element("b", Html.Number(edge.Effect)).Raw(" <span class=\"interval\">")
                .Text(double.IsNaN(edge.Low) && double.IsNaN(edge.High) ? "" : $"({Html.Number(edge.Low)} to {Html.Number(edge.High)})").Raw("</span><br>")
                .Element("span class=\"meaning\"", MapWords.Measure(edge.Measure) + (pairs > 1 ? string.Create(CultureInfo.InvariantCulture, $"; {pairs} pairs called") : "")).Raw("</td>")
                .Element("td class=\"n\"", edge.Cases.ToString(CultureInfo.InvariantCulture))
                .Raw($"<td class=\"n\">{Small(edge.P)}</td><td class=\"n\">{Small(edge.Q)}</td>");
            if (familyWise)
                html.Raw($"<td class=\"n\">{(edge.FamilyWiseP is { } p ? Small(p) : "–")}</td>");
            if (stability)
                html.Element("td class=\"n\"", edge.Stability is { } share ? Html.Percent(share) : "–");
            html.Raw("</tr>\n");
        }
        html.Raw("</table></div>\n");
    }

    private static void Feature(Html html, string name, int others)
    {
        html.Raw("<td class=\"ids\">").Text(name);
        if (others > 0)
            html.Raw("<br>").Element("span class=\"meaning\"", $"and {ReportPage.Count(others, "feature", "features")} like it");
        html.Raw("</td>");
    }

    /// <summary>Three decimals down to 0.001, then as a power of ten: of the many pairs of a map, the order of small ones matters.</summary>
    internal static string Small(double value)
    {
        if (double.IsNaN(value))
            return "–";
        if (value is 0 or >= 0.001)
            return Html.Number(value, 3);
        var exponent = (int)Math.Floor(Math.Log10(value));
        var mantissa = Math.Round(value / Math.Pow(10, exponent), 1);
        if (mantissa >= 10)
            (mantissa, exponent) = (1, exponent + 1);
        return string.Create(CultureInfo.InvariantCulture, $"{mantissa:F1} · 10<sup>−{-exponent}</sup>");
    }
}
