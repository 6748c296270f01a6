using System.Globalization;
using System.Net;
using System.Text;

namespace RadiogenomicsCloud.Reporting.Figures;

/// <summary>One line of a forest plot: an estimate, its interval if it has one, and how both were obtained.</summary>
internal sealed record ForestRow(string Label, double Value, double? Low, double? High, string Tooltip, int Series);

/// <summary>Estimates with intervals below one another, with a line at the value that means "nothing".</summary>
internal static class Forest
{
    private const int Width = 760;
    private const int LabelWidth = 250;
    private const int ValueWidth = 150;
    private const int RowHeight = 26;

    /// <param name="nothing">The value of a useless model: 0.5 for an AUC, 0 for a difference.</param>
    public static string ToSvg(string label, IReadOnlyList<ForestRow> rows, double low, double high, double nothing)
    {
        var svg = new StringBuilder();
        var height = (rows.Count * RowHeight) + 34;
        double Position(double value) => LabelWidth + ((Math.Clamp(value, low, high) - low) / (high - low) * (Width - LabelWidth - ValueWidth));
        string X(double value) => Round(Position(value));
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"forest\" viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(label)}\">\n");
        for (var tick = 0; tick <= 5; tick++)
        {
            var value = low + (tick * (high - low) / 5);
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{X(value)}\" x2=\"{X(value)}\" y1=\"6\" y2=\"{height - 26}\"/><text x=\"{X(value)}\" y=\"{height - 10}\" text-anchor=\"middle\">{Text(value, 1)}</text>\n");
        }
        svg.Append(CultureInfo.InvariantCulture, $"<line class=\"reference\" x1=\"{X(nothing)}\" x2=\"{X(nothing)}\" y1=\"6\" y2=\"{height - 26}\"/>\n");
        for (var r = 0; r < rows.Count; r++)
        {
            var row = rows[r];
            var y = (r * RowHeight) + 20;
            var text = Text(row.Value, 2) + (row is { Low: { } from, High: { } to } ? $" ({Text(from, 2)} to {Text(to, 2)})" : "");
            svg.Append(CultureInfo.InvariantCulture, $"<g><title>{WebUtility.HtmlEncode(row.Tooltip)}</title><text x=\"0\" y=\"{y + 4}\">{WebUtility.HtmlEncode(row.Label)}</text>");
            if (row is { Low: { } a, High: { } b })
                svg.Append(CultureInfo.InvariantCulture, $"<line stroke=\"{SeriesStyle.Colour(row.Series)}\" stroke-width=\"2\" x1=\"{X(a)}\" x2=\"{X(b)}\" y1=\"{y}\" y2=\"{y}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"{SeriesStyle.Mark(row.Series, Position(row.Value), y)}<text x=\"{Width}\" y=\"{y + 4}\" text-anchor=\"end\">{text}</text></g>\n");
        }
        return svg.Append("</svg>").ToString();
    }

    private static string Round(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);

    private static string Text(double value, int decimals) =>
        double.IsNaN(value) ? "–" : value.ToString("F" + decimals, CultureInfo.InvariantCulture).Replace('-', '−');
}
