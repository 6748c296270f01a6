using System.Globalization;
using System.Net;
using System.Text;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Figures;

/// <summary>
/// A square plot on [0, 1] × [0, 1] as SVG, its legend below. Text stays text: sharp on paper, searchable, and no font or drawing library
/// decides how it looks.
/// </summary>
internal sealed class Plot
{
    public const int Size = 340;
    private const int Left = 52;
    private const int Bottom = 44;
    private const int Top = 12;
    private const int Right = 14;
    private const int LegendLine = 19;
    private const int LegendLength = 46;

    private readonly string label;
    private readonly StringBuilder svg = new();
    private readonly List<(string Text, int Series)> legend = [];

    /// <param name="label">What the figure shows, for those who cannot see it.</param>
    public Plot(string label, string axisX, string axisY)
    {
        this.label = label;
        for (var tick = 0; tick <= 5; tick++)
        {
            var value = tick / 5.0;
            Add($"<line class=\"grid\" x1=\"{X(value)}\" y1=\"{Y(0)}\" x2=\"{X(value)}\" y2=\"{Y(1)}\"/><line class=\"grid\" x1=\"{X(0)}\" y1=\"{Y(value)}\" x2=\"{X(1)}\" y2=\"{Y(value)}\"/>");
            var text = value.ToString("0.0", CultureInfo.InvariantCulture);
            Add($"<text x=\"{X(value)}\" y=\"{Size - Bottom + 16}\" text-anchor=\"middle\">{text}</text><text x=\"{Left - 7}\" y=\"{Number(double.Parse(Y(value), CultureInfo.InvariantCulture) + 4)}\" text-anchor=\"end\">{text}</text>");
        }
        Add($"<text x=\"{X(0.5)}\" y=\"{Size - 8}\" text-anchor=\"middle\">{Encode(axisX)}</text>");
        Add($"<text transform=\"translate(14 {Y(0.5)}) rotate(-90)\" text-anchor=\"middle\">{Encode(axisY)}</text>");
        Add($"<line class=\"reference\" x1=\"{X(0)}\" y1=\"{Y(0)}\" x2=\"{X(1)}\" y2=\"{Y(1)}\"/>");
    }

    /// <summary>A curve and its line of the legend; nothing where there are no points.</summary>
    public void Line(IReadOnlyList<CurvePoint> points, int series, string name)
    {
        if (points.Count == 0)
            return;
        Add($"<polyline fill=\"none\" {SeriesStyle.Stroke(series)} points=\"{string.Join(' ', points.Select(p => $"{X(p.X)},{Y(p.Y)}"))}\"/>");
        legend.Add((name, series));
    }

    /// <summary>A dot with a vertical interval and a tooltip.</summary>
    public void Dot(double x, double y, Interval interval, string tooltip, int series) =>
        Add($"<g><title>{Encode(tooltip)}</title><line stroke=\"{SeriesStyle.Colour(series)}\" x1=\"{X(x)}\" x2=\"{X(x)}\" y1=\"{Y(interval.Low)}\" y2=\"{Y(interval.High)}\"/>{SeriesStyle.Mark(series, XValue(x), YValue(y))}</g>");

    public string ToSvg()
    {
        var height = Size + (legend.Count * LegendLine) + (legend.Count > 0 ? 6 : 0);
        var keys = new StringBuilder();
        for (var i = 0; i < legend.Count; i++)
        {
            var y = Size + 12 + (i * LegendLine);
            keys.Append(CultureInfo.InvariantCulture, $"<line {SeriesStyle.Stroke(legend[i].Series)} x1=\"{Left}\" x2=\"{Left + 34}\" y1=\"{y}\" y2=\"{y}\"/><text x=\"{Left + 42}\" y=\"{y + 4}\">{Encode(SeriesStyle.Shorten(legend[i].Text, LegendLength))}</text>\n");
        }
        return string.Create(CultureInfo.InvariantCulture, $"<svg class=\"plot\" viewBox=\"0 0 {Size} {height}\" role=\"img\" aria-label=\"{Encode(label)}\">\n{svg}{keys}</svg>");
    }

    private static double XValue(double value) => Left + (Math.Clamp(value, 0, 1) * (Size - Left - Right));

    private static double YValue(double value) => Size - Bottom - (Math.Clamp(value, 0, 1) * (Size - Bottom - Top));

    private static string X(double value) => Number(XValue(value));

    private static string Y(double value) => Number(YValue(value));

    private static string Number(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private void Add(string markup) => svg.Append(markup).Append('\n');
}
