using System.Globalization;
using System.Net;
using System.Text;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Figures;

/// <summary>
/// A square plot on [0, 1] × [0, 1] as SVG. Text stays text: sharp on paper, searchable, and no font or drawing library decides how it
/// looks.
/// </summary>
internal sealed class Plot
{
    public const int Size = 340;
    private const int Left = 52;
    private const int Bottom = 44;
    private const int Top = 12;
    private const int Right = 14;

    /// <summary>Line colours told apart by people with the common colour deficiencies (Okabe and Ito).</summary>
    private static readonly string[] Colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"];

    private readonly StringBuilder svg = new();

    public Plot(string label, string axisX, string axisY)
    {
        Add($"<svg class=\"plot\" viewBox=\"0 0 {Size} {Size}\" role=\"img\" aria-label=\"{Encode(label)}\">");
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

    public static string Colour(int series) => Colours[series % Colours.Length];

    public void Line(IReadOnlyList<CurvePoint> points, int series)
    {
        if (points.Count > 0)
            Add($"<polyline fill=\"none\" stroke=\"{Colour(series)}\" stroke-width=\"2\" points=\"{string.Join(' ', points.Select(p => $"{X(p.X)},{Y(p.Y)}"))}\"/>");
    }

    /// <summary>A dot with a vertical interval and a tooltip.</summary>
    public void Dot(double x, double y, Interval interval, string tooltip, int series) =>
        Add($"<g stroke=\"{Colour(series)}\" fill=\"{Colour(series)}\"><line x1=\"{X(x)}\" x2=\"{X(x)}\" y1=\"{Y(interval.Low)}\" y2=\"{Y(interval.High)}\"/><circle cx=\"{X(x)}\" cy=\"{Y(y)}\" r=\"4\"><title>{Encode(tooltip)}</title></circle></g>");

    public string ToSvg() => svg + "</svg>";

    private static string X(double value) => Number(Left + (Math.Clamp(value, 0, 1) * (Size - Left - Right)));

    private static string Y(double value) => Number(Size - Bottom - (Math.Clamp(value, 0, 1) * (Size - Bottom - Top)));

    private static string Number(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private void Add(string markup) => svg.Append(markup).Append('\n');
}
