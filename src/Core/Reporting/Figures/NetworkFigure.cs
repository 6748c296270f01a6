using System.Globalization;
using System.Net;
using System.Text;
using RadiogenomicsCloud.Association;

namespace RadiogenomicsCloud.Reporting.Figures;

/// <summary>Findings as lines between groups of imaging features and groups of molecular features.</summary>
internal static class NetworkFigure
{
    /// <summary>Findings beyond these are in the table; more lines than this say nothing.</summary>
    public const int MostFindings = 40;

    private const int Width = 760;
    private const int LeftNode = 270;
    private const int RightNode = 540;
    private const int LabelLength = 34;
    private const int RightLabelLength = 26;
    private const int RowHeight = 26;
    private const int Top = 40;
    private const int Sweeps = 8;

    public static bool Applies(AssociationDocument map) => map.Findings.Count > 0;

    public static string ToSvg(AssociationDocument map)
    {
        var findings = map.Findings.Take(MostFindings).ToList();
        var (left, right) = Layout([.. findings.Select(f => (f.ImagingGroup, f.MolecularGroup))]);
        var height = Top + (Math.Max(left.Count, right.Count) * RowHeight) + 36;
        var (leftY, rightY) = (Places(left, height), Places(right, height));
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"network\" viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(Label(map, findings))}\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{LeftNode}\" y=\"16\" text-anchor=\"end\" font-weight=\"600\">Imaging</text><text x=\"{RightNode}\" y=\"16\" font-weight=\"600\">Molecular</text>\n");
        foreach (var finding in Enumerable.Reverse(findings))
            Line(svg, map, finding, leftY[finding.ImagingGroup], rightY[finding.MolecularGroup]);
        foreach (var group in left)
            Node(svg, map.Imaging[map.ImagingGroups[group].Representative].Name, map.ImagingGroups[group].Members.Count, LeftNode, leftY[group], -1, LabelLength);
        foreach (var group in right)
            Node(svg, map.Molecular[map.MolecularGroups[group].Representative].Name, map.MolecularGroups[group].Members.Count, RightNode, rightY[group], 1, RightLabelLength);
        Legend(svg, height - 12);
        return svg.Append("</svg>").ToString();
    }

    /// <summary>Both sides in an order that crosses few lines: each node moves to the mean place of its partners, several times, ties as they were.</summary>
    internal static (IReadOnlyList<int> Left, IReadOnlyList<int> Right) Layout(IReadOnlyList<(int Left, int Right)> lines)
    {
        List<int> left = [.. lines.Select(l => l.Left).Distinct()], right = [.. lines.Select(l => l.Right).Distinct()];
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            right = Sorted(right, left, lines, l => l.Right, l => l.Left);
            left = Sorted(left, right, lines, l => l.Left, l => l.Right);
        }
        return (left, right);
    }

    private static List<int> Sorted(
        List<int> moved, List<int> fixedSide, IReadOnlyList<(int Left, int Right)> lines, Func<(int Left, int Right), int> own, Func<(int Left, int Right), int> other)
    {
        var place = fixedSide.Select((node, at) => (node, at)).ToDictionary(x => x.node, x => (x.at + 0.5) / fixedSide.Count);
        return [.. moved.OrderBy(node => lines.Where(l => own(l) == node).Average(l => place[other(l)]))];
    }

    private static Dictionary<int, double> Places(IReadOnlyList<int> nodes, int height)
    {
        var space = (height - Top - 36.0) / nodes.Count;
        return nodes.Select((node, at) => (node, at)).ToDictionary(x => x.node, x => Top + ((x.at + 0.5) * space));
    }

    private static void Line(StringBuilder svg, AssociationDocument map, GroupFinding finding, double from, double to)
    {
        var edge = map.Edges[finding.Leading];
        var dash = MapWords.HasDirection(edge.Measure) && edge.Effect < 0 ? " stroke-dasharray=\"6 3\"" : "";
        var width = edge.Stability is { } stability ? 0.8 + (3.2 * stability) : 2;
        const int Middle = (LeftNode + RightNode) / 2;
        svg.Append(CultureInfo.InvariantCulture, $"<path fill=\"none\" stroke=\"{MapWords.Colour(edge)}\" stroke-opacity=\"0.75\" stroke-width=\"{At(width)}\"{dash} d=\"M{LeftNode} {At(from)}C{Middle} {At(from)} {Middle} {At(to)} {RightNode} {At(to)}\">");
        svg.Append(CultureInfo.InvariantCulture, $"<title>{WebUtility.HtmlEncode($"{map.Imaging[edge.Imaging].Name} – {map.Molecular[edge.Molecular].Name}: {MapWords.Measure(edge.Measure)} ")}{edge.Effect:F2}</title></path>\n");
    }

    private static void Node(StringBuilder svg, string name, int members, double x, double y, int side, int most)
    {
        var radius = Math.Min(11, 3 + (1.5 * Math.Sqrt(members)));
        var text = MapWords.Shorten(name, most) + (members > 1 ? string.Create(CultureInfo.InvariantCulture, $" +{members - 1}") : "");
        svg.Append(CultureInfo.InvariantCulture, $"<circle fill=\"#1a1f24\" stroke=\"#fff\" cx=\"{At(x)}\" cy=\"{At(y)}\" r=\"{At(radius)}\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{At(x + (side * 16))}\" y=\"{At(y + 4)}\" style=\"font-size:12px\"{(side < 0 ? " text-anchor=\"end\"" : "")}>{WebUtility.HtmlEncode(text)}<title>{WebUtility.HtmlEncode(name)}</title></text>\n");
    }

    private static void Legend(StringBuilder svg, int y)
    {
        var x = 40;
        foreach (var (text, colour, dash) in new[] { ("rise together", MapWords.Positive, ""), ("one rises as the other falls", MapWords.Negative, " stroke-dasharray=\"6 3\""), ("no direction", MapWords.Unsigned, "") })
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path fill=\"none\" stroke=\"{colour}\" stroke-width=\"2.5\"{dash} d=\"M{x} {y - 4}h30\"/><text x=\"{x + 38}\" y=\"{y}\" style=\"font-size:12px\">{text}</text>");
            x += 70 + (text.Length * 7);
        }
        svg.Append('\n');
    }

    private static string Label(AssociationDocument map, List<GroupFinding> findings) => string.Create(
        CultureInfo.InvariantCulture,
        $"Network of {findings.Count} findings between {findings.Select(f => f.ImagingGroup).Distinct().Count()} groups of imaging features and {findings.Select(f => f.MolecularGroup).Distinct().Count()} groups of molecular features; {map.Findings.Count - findings.Count} more are not drawn");

    private static string At(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);
}
