using System.Globalization;
using RadiogenomicsCloud.Certification;
using RadiogenomicsCloud.Reporting.Documents;

namespace RadiogenomicsCloud.Reporting.Page;

internal static class ProvenanceSection
{
    public const string Anchor = "provenance";

    public static void Write(Html html, ReportInput input)
    {
        var p = input.Provenance;
        html.Heading(Anchor, "Provenance").Raw("<p>The same inputs, settings and version on the same platform give the same numbers, byte for byte, on any number of processor cores.</p>\n<table class=\"facts\">\n")
            .Row("td", "Run", p.RunId)
            .Row("td", "RadiogenomicsCloud", p.Version)
            .Row("td", "Seed of everything random", p.Seed.ToString(CultureInfo.InvariantCulture))
            .Row("td", "Steps and their versions", string.Join(", ", p.Steps.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key} {s.Value}")))
            .Row("td", "Check of the imaging features", Checked(p.Certificate))
            .Raw("</table>\n<h3>").Text($"Input files: {Grouped(p.Inputs.Count)}, {Grouped(p.Inputs.Sum(f => f.Length))} bytes")
            .Raw("</h3>\n<div class=\"wide\"><table><tr><th>File or folder</th><th class=\"n\">Files</th><th class=\"n\">Bytes</th><th>SHA-256</th></tr>\n");
        var groups = InputGroup.Of(p.Inputs);
        foreach (var group in groups)
        {
            html.Raw("<tr>").Element("td", group.Path).Element("td class=\"n\"", Grouped(group.Files)).Element("td class=\"n\"", Grouped(group.Bytes))
                .Element("td class=\"hash\"", group.Sha256).Raw("</tr>\n");
        }
        html.Raw("</table></div>\n");
        if (groups.Any(g => g.Files > 1))
        {
            html.Raw("<p class=\"soft\">A folder's hash is that of its files' lines as <code>sha256sum</code> prints them, sorted by path. "
                + "Every file with its own hash is in <code>provenance.json</code>.</p>\n");
        }
    }

    private static string Checked(CertificateSummary? certificate) => certificate is null
        ? "not recorded in this run"
        : $"{certificate.DataSet}: {certificate.Reproduced} of {certificate.References} reference values reproduced"
            + (certificate.Passed ? "" : $"; not all in {string.Join(", ", certificate.Families.Where(f => f.Reproduced < f.References).Select(f => f.Family))}");

    private static string Grouped(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
