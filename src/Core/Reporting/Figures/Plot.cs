using System.Globalization;
using System.Net;
using System.Text;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Figures;

/// <summary>
/// A square plot as SVG, its legend below. Text stays text: sharp on paper, searchable, and no font or drawing library decides how it looks.
/// </summary>
internal sealed class Plot
{
    public const int Size = 340;
    private const int Left = 52;
    private const int Bottom = 44;
    private const int Top = 12;
    private const int Right = 14;
    private const int LegendLine = 19;
    /// <summary>Characters that fit between a line's sample and the right edge.</summary>
    private const int LegendLength = 34;

    private readonly string label;
    private readonly Axis horizontal;
    private readonly Axis vertical;
    private readonly StringBuilder svg = new();
    private readonly List<(string Text, string Stroke)> legend = [];
    private int rows;

    /// <param name="label">What the figure shows, for those who cannot see it.</param>
    public Plot(string label, Axis horizontal, Axis vertical)
    {
        this.label = label;
        this.horizontal = horizontal;
        this.vertical = vertical;
        var (bottom, top, left, right) = (Y(vertical.Low), Y(vertical.High), X(horizontal.Low), X(horizontal.High));
        foreach (var value in horizontal.Ticks)
        {
            Add($"<line class=\"grid\" x1=\"{X(value)}\" y1=\"{bottom}\" x2=\"{X(value)}\" y2=\"{top}\"/>");
            Add($"<text x=\"{X(value)}\" y=\"{Size - Bottom + 16}\" text-anchor=\"middle\">{horizontal.Text(value)}</text>");
        }
        foreach (var value in vertical.Ticks)
        {
            Add($"<line class=\"grid\" x1=\"{left}\" y1=\"{Y(value)}\" x2=\"{right}\" y2=\"{Y(value)}\"/>");
            Add($"<text x=\"{Left - 7}\" y=\"{Number(YValue(value) + 4)}\" text-anchor=\"end\">{vertical.Text(value)}</text>");
        }
        Add($"<text x=\"{Number((Left + Size - Right) / 2.0)}\" y=\"{Size - 8}\" text-anchor=\"middle\">{Encode(horizontal.Title)}</text>");
        Add($"<text transform=\"translate(14 {Number((Top + Size - Bottom) / 2.0)}) rotate(-90)\" text-anchor=\"middle\">{Encode(vertical.Title)}</text>");
    }

    /// <summary>The values that are written on the horizontal axis.</summary>
    public IReadOnlyList<double> HorizontalTicks => horizontal.Ticks;

    /// <summary>A thin grey line that curves are read against.</summary>
    /// <param name="name">In the legend; null where the caption names it.</param>
    /// <param name="dashed">Two of them in a plot are told apart by it.</param>
    public void Reference(IReadOnlyList<CurvePoint> points, string? name = null, bool dashed = true)
    {
        var stroke = dashed ? "class=\"reference\"" : "class=\"zero\"";
        Polylines(points, stroke);
        if (name is not null)
            legend.Add((name, stroke));
    }

    /// <summary>A curve and its line of the legend; nothing where there are no points.</summary>
    public void Line(IReadOnlyList<CurvePoint> points, int series, string name)
    {
        if (points.Count == 0)
            return;
        Polylines(points, SeriesStyle.Stroke(series));
        legend.Add((name, SeriesStyle.Stroke(series)));
    }

    /// <summary>A thin dotted line in the colour of a curve, which the caption names.</summary>
    public void Faint(IReadOnlyList<CurvePoint> points, int series) =>
        Polylines(points, $"stroke=\"{SeriesStyle.Colour(series)}\" stroke-opacity=\"0.75\" stroke-dasharray=\"1 3\"");

    /// <summary>The area between two curves, given from left to right.</summary>
    public void Band(IReadOnlyList<CurvePoint> low, IReadOnlyList<CurvePoint> high, int series)
    {
        if (low.Count + high.Count > 2)
            Add($"<polygon fill=\"{SeriesStyle.Colour(series)}\" fill-opacity=\"0.14\" points=\"{Points([.. low, .. high.Reverse()])}\"/>");
    }

    /// <summary>A dot with a vertical interval and a tooltip.</summary>
    public void Dot(double x, double y, Interval interval, string tooltip, int series) =>
        Add($"<g><title>{Encode(tooltip)}</title><line stroke=\"{SeriesStyle.Colour(series)}\" x1=\"{X(x)}\" x2=\"{X(x)}\" y1=\"{Y(interval.Low)}\" y2=\"{Y(interval.High)}\"/>{SeriesStyle.Mark(series, XValue(x), YValue(y))}</g>");

    /// <summary>Short strokes across a curve.</summary>
    public void Strokes(IEnumerable<CurvePoint> points, int series)
    {
        var path = string.Concat(points.Select(p => $"M{X(p.X)} {Number(YValue(p.Y) - 3.5)}v7"));
        if (path.Length > 0)
            Add($"<path fill=\"none\" stroke=\"{SeriesStyle.Colour(series)}\" d=\"{path}\"/>");
    }

    /// <summary>A row of texts below the horizontal axis, one at each of its values; the first row has the heading above it.</summary>
    public void Below(string heading, string name, int series, IReadOnlyList<string> texts)
    {
        if (rows == 0)
            Add($"<text x=\"2\" y=\"{Size + 12}\">{Encode(heading)}</text>");
        rows++;
        var y = Size + 12 + (rows * LegendLine);
        Add($"<text x=\"2\" y=\"{y}\" style=\"fill:{SeriesStyle.Colour(series)}\">{Encode(name)}</text>");
        for (var i = 0; i < horizontal.Ticks.Count; i++)
            Add($"<text x=\"{X(horizontal.Ticks[i])}\" y=\"{y}\" text-anchor=\"middle\">{Encode(texts[i])}</text>");
    }

    public string ToSvg()
    {
        var top = Size + (rows > 0 ? ((rows + 1) * LegendLine) + 6 : 0);
        var keys = new StringBuilder();
        var lines = 0;
        foreach (var (text, stroke) in legend)
        {
            var y = top + 12 + (lines * LegendLine);
            keys.Append(CultureInfo.InvariantCulture, $"<line {stroke} x1=\"{Left}\" x2=\"{Left + 34}\" y1=\"{y}\" y2=\"{y}\"/>");
            foreach (var line in SeriesStyle.Wrap(text, LegendLength))
                keys.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left + 42}\" y=\"{top + 16 + (lines++ * LegendLine)}\">{Encode(line)}</text>");
            keys.Append('\n');
        }
        var height = top + (lines * LegendLine) + (lines > 0 ? 6 : 0);
        return string.Create(CultureInfo.InvariantCulture, $"<svg class=\"plot\" viewBox=\"0 0 {Size} {height}\" role=\"img\" aria-label=\"{Encode(label)}\">\n{svg}{keys}</svg>");
    }

    private void Polylines(IReadOnlyList<CurvePoint> points, string stroke)
    {
        foreach (var stretch in CurveClip.Inside(points, vertical.Low, vertical.High))
            Add($"<polyline fill=\"none\" {stroke} points=\"{Points(stretch)}\"/>");
    }

    private string Points(IReadOnlyList<CurvePoint> points) => string.Join(' ', points.Select(p => $"{X(p.X)},{Y(p.Y)}"));

    private double XValue(double value) => Left + (Share(horizontal, value) * (Size - Left - Right));

    private double YValue(double value) => Size - Bottom - (Share(vertical, value) * (Size - Bottom - Top));

    private static double Share(Axis axis, double value) => (Math.Clamp(value, axis.Low, axis.High) - axis.Low) / (axis.High - axis.Low);

    private string X(double value) => Number(XValue(value));

    private string Y(double value) => Number(YValue(value));

    private static string Number(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private void Add(string markup) => svg.Append(markup).Append('\n');
}
