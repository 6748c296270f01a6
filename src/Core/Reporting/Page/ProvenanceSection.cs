using System.Globalization;
using RadiogenomicsCloud.Reporting.Documents;

namespace RadiogenomicsCloud.Reporting.Page;

internal static class ProvenanceSection
{
    private const int Shown = 40;

    public static void Write(Html html, ReportInput input)
    {
        var p = input.Provenance;
        html.Raw("<h2>Provenance</h2>\n<table>\n")
            .Row("td", "Run", p.RunId)
            .Row("td", "RadiogenomicsCloud", p.Version)
            .Row("td", "Seed", p.Seed.ToString(CultureInfo.InvariantCulture))
            .Row("td", "Steps and their versions", string.Join(", ", p.Steps.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key} {s.Value}")))
            .Raw("</table>\n<details open><summary>Input files</summary><h3>Input files</h3>\n<table><tr><th>File</th><th class=\"n\">Bytes</th><th>SHA-256</th></tr>\n");
        foreach (var file in p.Inputs.Take(Shown))
        {
            html.Raw("<tr>").Element("td", file.Path).Element("td class=\"n\"", file.Length.ToString("N0", CultureInfo.InvariantCulture))
                .Element("td class=\"hash\"", file.Sha256).Raw("</tr>\n");
        }
        html.Raw("</table>\n");
        if (p.Inputs.Count > Shown)
            html.Raw("<p class=\"soft\">").Text($"{p.Inputs.Count - Shown} more files are listed in provenance.json.").Raw("</p>\n");
        html.Raw("</details>\n");
    }
}
