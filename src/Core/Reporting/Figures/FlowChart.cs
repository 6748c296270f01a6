using System.Net;
using System.Text;
using RadiogenomicsCloud.Reporting.Documents;

namespace RadiogenomicsCloud.Reporting.Figures;

/// <summary>The patient flow in the manner of STARD and TRIPOD: from cases dropped to cases analysed, with every loss and its reason.</summary>
internal static class FlowChart
{
    private const int Width = 760;
    private const int BoxWidth = 250;
    private const int LineHeight = 17;

    public static string ToSvg(IReadOnlyList<CaseRecord> cases)
    {
        var losses = cases.Where(c => c.Status != CaseStatus.Analysed)
            .GroupBy(c => (c.Status, c.Stage))
            .OrderByDescending(g => g.Key.Status).ThenBy(g => g.Key.Stage, StringComparer.Ordinal)
            .ToList();
        var svg = new StringBuilder();
        var y = 4;
        var remaining = cases.Count;
        Box(svg, 0, y, [$"{remaining} cases in the cohort"]);
        y += 34;
        foreach (var loss in losses)
        {
            var count = loss.Count();
            var ids = loss.Select(c => c.CaseId).Order(StringComparer.Ordinal).ToList();
            string[] lines = [
                $"{count} {(loss.Key.Status == CaseStatus.Failed ? "failed" : "excluded")}: {loss.Key.Stage}",
                string.Join(", ", ids.Take(6)) + (count > 6 ? $" and {count - 6} more" : "")];
            var middle = y + 28;
            svg.Append($"<path class=\"arrow\" d=\"M125 {y}V{y + 56}M125 {middle}H{Width - 420}\" marker-end=\"url(#head)\"/>");
            Box(svg, Width - 420, middle - 20, lines, 420);
            y += 56;
            remaining -= count;
        }
        svg.Append($"<path class=\"arrow\" d=\"M125 {y}V{y + 22}\" marker-end=\"url(#head)\"/>");
        Box(svg, 0, y + 22, [$"{remaining} cases analysed"]);
        return $"""
            <svg class="flow" viewBox="0 0 {Width} {y + 60}" role="img" aria-label="Patient flow: {cases.Count} cases in the cohort, {remaining} analysed">
            <defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>
            {svg}</svg>
            """;
    }

    private static void Box(StringBuilder svg, int x, int y, string[] lines, int width = BoxWidth)
    {
        svg.Append($"<rect x=\"{x + 1}\" y=\"{y}\" width=\"{width - 2}\" height=\"{(lines.Length * LineHeight) + 14}\" rx=\"4\"/>");
        for (var line = 0; line < lines.Length; line++)
            svg.Append($"<text x=\"{x + 12}\" y=\"{y + 20 + (line * LineHeight)}\">{WebUtility.HtmlEncode(lines[line])}</text>");
        svg.Append('\n');
    }
}
