using System.Globalization;
using System.Net;
using System.Text;
using RadiogenomicsCloud.Reporting.Documents;

namespace RadiogenomicsCloud.Reporting.Figures;

/// <summary>The patient flow in the manner of STARD and TRIPOD: from cases dropped to cases analysed, with every loss and its reason.</summary>
internal static class FlowChart
{
    private const int Width = 760;
    private const int BoxWidth = 260;
    private const int LossWidth = 430;
    private const int Middle = BoxWidth / 2;
    private const int LineHeight = 17;
    private const int Gap = 14;
    private const int LossCharacters = 58;
    private const int MostIdLines = 2;
    private const int LongestId = 28;

    public static string ToSvg(ReportInput input)
    {
        var cases = input.Cases;
        var losses = cases.Where(c => c.Status != CaseStatus.Analysed)
            .GroupBy(c => (c.Status, c.Stage))
            .OrderByDescending(g => g.Key.Status).ThenByDescending(g => g.Count()).ThenBy(g => g.Key.Stage, StringComparer.Ordinal)
            .ToList();
        var svg = new StringBuilder();
        var y = 4;
        Box(svg, 0, y, BoxWidth, [Cases(cases.Count) + " in the cohort"]);
        y += Height(1);
        var remaining = cases.Count;
        foreach (var loss in losses)
        {
            string[] lines = [
                SeriesStyle.Shorten($"{loss.Count()} {(loss.Key.Status == CaseStatus.Failed ? "failed" : "excluded")}: {loss.Key.Stage}", LossCharacters),
                .. Ids([.. loss.Select(c => c.CaseId).Order(StringComparer.Ordinal)])];
            var top = y + Gap;
            var middle = top + (Height(lines.Length) / 2);
            var bottom = top + Height(lines.Length);
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"arrow\" d=\"M{Middle} {y}V{bottom}M{Middle} {middle}H{Width - LossWidth}\" marker-end=\"url(#head)\"/>");
            Box(svg, Width - LossWidth, top, LossWidth, lines);
            y = bottom;
            remaining -= loss.Count();
        }
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"arrow\" d=\"M{Middle} {y}V{y + 22}\" marker-end=\"url(#head)\"/>");
        string[] last = input.Performance.Models is [var model, ..]
            && EndpointWords.Events(model) is { } events
            ? [Cases(remaining) + " analysed", events]
            : [Cases(remaining) + " analysed"];
        Box(svg, 0, y + 22, BoxWidth, last);
        var label = string.Join("; ", [
            $"Patient flow: {Cases(cases.Count)} in the cohort",
            .. losses.Select(l => $"{l.Count()} {(l.Key.Status == CaseStatus.Failed ? "failed" : "excluded")}: {l.Key.Stage}"),
            $"{Cases(remaining)} analysed"]);
        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg class="flow" viewBox="0 0 {Width} {y + 22 + Height(last.Length) + 4}" role="img" aria-label="{WebUtility.HtmlEncode(label)}">
            <defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>
            {svg}</svg>
            """);
    }

    /// <summary>As many ids as fit on the lines; the last says how many do not.</summary>
    private static List<string> Ids(IReadOnlyList<string> ids)
    {
        var lines = new List<string> { "" };
        for (var i = 0; i < ids.Count; i++)
        {
            var id = SeriesStyle.Shorten(ids[i], LongestId) + (i < ids.Count - 1 ? ", " : "");
            var rest = string.Create(CultureInfo.InvariantCulture, $"and {ids.Count - i} more");
            // The last line keeps room to say how many more there are, unless this is the last id.
            var room = LossCharacters - (lines.Count == MostIdLines && i < ids.Count - 1 ? rest.Length : 0);
            if (lines[^1].Length + id.Length > room)
            {
                if (lines.Count == MostIdLines)
                {
                    lines[^1] = lines[^1] + rest;
                    return lines;
                }
                lines.Add("");
            }
            lines[^1] += id;
        }
        return lines;
    }

    private static string Cases(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "case" : "cases")}");

    private static int Height(int lines) => (lines * LineHeight) + Gap;

    private static void Box(StringBuilder svg, int x, int y, int width, string[] lines)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x + 1}\" y=\"{y}\" width=\"{width - 2}\" height=\"{Height(lines.Length)}\" rx=\"4\"/>");
        for (var line = 0; line < lines.Length; line++)
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + 12}\" y=\"{y + 20 + (line * LineHeight)}\">{WebUtility.HtmlEncode(lines[line])}</text>");
        svg.Append('\n');
    }
}
