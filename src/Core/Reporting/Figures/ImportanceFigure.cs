using System.Globalization;
using System.Net;
using System.Text;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Figures;

/// <summary>Permutation importance as bars, the most important first, with intervals where the study has them, else the spread over resamples.</summary>
internal static class ImportanceFigure
{
    public const int Shown = 15;
    private const int Width = 760;
    private const int LabelWidth = 250;
    private const int ValueWidth = 150;
    private const int RowHeight = 24;
    private const int LabelLength = 34;

    public static string ToSvg(string label, ImportanceTable table)
    {
        var rows = table.Columns.Take(Shown).ToList();
        var limits = rows.SelectMany(r => new[] { r.Growth, Line(r)?.Low ?? 0, Line(r)?.High ?? 0, 0 }).DefaultIfEmpty(0).ToList();
        double low = limits.Min(), high = Math.Max(limits.Max(), low + 1e-6);
        double X(double value) => LabelWidth + ((value - low) / (high - low) * (Width - LabelWidth - ValueWidth));
        var height = (rows.Count * RowHeight) + 34;
        var svg = new StringBuilder();
        var text = label + ": " + string.Join("; ", rows.Select(r => $"{r.Column} {Number(r.Growth)}"));
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"forest\" viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(text)}\">\n");
        foreach (var tick in RoundValues.Ticks(low, high, 5))
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{At(X(tick))}\" x2=\"{At(X(tick))}\" y1=\"6\" y2=\"{height - 26}\"/><text x=\"{At(X(tick))}\" y=\"{height - 10}\" text-anchor=\"middle\">{tick.ToString("G3", CultureInfo.InvariantCulture).Replace('-', '−')}</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<line class=\"reference\" x1=\"{At(X(0))}\" x2=\"{At(X(0))}\" y1=\"6\" y2=\"{height - 26}\"/>\n");
        for (var r = 0; r < rows.Count; r++)
        {
            var (row, y) = (rows[r], (r * RowHeight) + 18);
            svg.Append(CultureInfo.InvariantCulture, $"<g><title>{WebUtility.HtmlEncode(row.Column)}</title><text x=\"0\" y=\"{y + 4}\">{WebUtility.HtmlEncode(SeriesStyle.Shorten(row.Column, LabelLength))}</text>");
            svg.Append(CultureInfo.InvariantCulture, $"<line stroke=\"#7fb6d8\" stroke-width=\"12\" x1=\"{At(X(0))}\" x2=\"{At(X(row.Growth))}\" y1=\"{y}\" y2=\"{y}\"/>");
            if (Line(row) is { } interval)
                svg.Append(CultureInfo.InvariantCulture, $"<line stroke=\"#1a1f24\" stroke-width=\"1.5\"{(row.Interval is null ? " stroke-dasharray=\"2 2\"" : "")} x1=\"{At(X(interval.Low))}\" x2=\"{At(X(interval.High))}\" y1=\"{y}\" y2=\"{y}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Width}\" y=\"{y + 4}\" text-anchor=\"end\">{Number(row.Growth)}{(row.Interval is { } i ? $" ({Number(i.Low)} to {Number(i.High)})" : "")}</text></g>\n");
        }
        return svg.Append("</svg>").ToString();
    }

    private static Interval? Line(ImportanceRow row) => row.Interval ?? row.Spread;

    private static string At(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("F3", CultureInfo.InvariantCulture).Replace('-', '−');
}
