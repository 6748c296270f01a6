using System.Globalization;
using System.Net;
using System.Text;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Figures;

/// <summary>Partial dependence on single predictors as small panels side by side on one scale, with their bands.</summary>
internal static class DependenceFigure
{
    private const int Columns = 3;
    private const int Panel = 253;
    private const int Height = 196;
    private const int Left = 44;
    private const int Right = 12;
    private const int Top = 24;
    private const int Bottom = 28;
    private const int LegendLine = 19;
    private const int MostLevels = 6;

    public static string ToSvg(string label, DependenceTable table)
    {
        var columns = table.Columns.Where(c => c.Values.Count > 0).ToList();
        var names = columns.Count == 0 ? [] : columns[0].Curves.Select(c => c.Outcome).ToList();
        var all = columns.SelectMany(c => c.Curves).SelectMany(c => c.Mean.Concat(c.Low ?? []).Concat(c.High ?? [])).Where(double.IsFinite).DefaultIfEmpty(0).ToList();
        var scale = new Scale(all.Min(), Math.Max(all.Max(), all.Min() + 1e-6));
        var lines = (columns.Count + Columns - 1) / Columns;
        var height = (lines * Height) + (names.Count * LegendLine) + 6;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"dependence\" viewBox=\"0 0 {Columns * Panel} {height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(label)}\">\n");
        for (var c = 0; c < columns.Count; c++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate({c % Columns * Panel} {c / Columns * Height})\">");
            Draw(svg, columns[c], scale);
            svg.Append("</g>\n");
        }
        for (var n = 0; n < names.Count; n++)
        {
            var y = (lines * Height) + 10 + (n * LegendLine);
            svg.Append(CultureInfo.InvariantCulture, $"<line {SeriesStyle.Stroke(n)} x1=\"{Left}\" x2=\"{Left + 34}\" y1=\"{y}\" y2=\"{y}\"/><text x=\"{Left + 42}\" y=\"{y + 4}\">{WebUtility.HtmlEncode(names[n])}</text>\n");
        }
        return svg.Append("</svg>").ToString();
    }

    private static void Draw(StringBuilder svg, DependenceColumn column, Scale scale)
    {
        double first = column.Values[0], last = column.Values[^1];
        double X(double value) => last > first ? Left + ((value - first) / (last - first) * (Panel - Left - Right)) : (Left + Panel - Right) / 2.0;
        double Y(double value) => Top + ((scale.High - value) / (scale.High - scale.Low) * (Height - Top - Bottom));
        svg.Append(CultureInfo.InvariantCulture, $"<title>{WebUtility.HtmlEncode(column.Column)}</title><text x=\"{Left}\" y=\"15\" font-weight=\"600\">{WebUtility.HtmlEncode(SeriesStyle.Shorten(column.Column, 27))}</text>");
        foreach (var tick in RoundValues.Ticks(scale.Low, scale.High, 4))
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Panel - Right}\" y1=\"{At(Y(tick))}\" y2=\"{At(Y(tick))}\"/><text x=\"{Left - 5}\" y=\"{At(Y(tick) + 4)}\" text-anchor=\"end\">{Number(tick)}</text>");
        foreach (var (value, text) in Ticks(column))
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{At(X(value))}\" y=\"{Height - 10}\" text-anchor=\"middle\">{WebUtility.HtmlEncode(SeriesStyle.Shorten(text, 9))}</text>");
        for (var series = 0; series < column.Curves.Count; series++)
        {
            var curve = column.Curves[series];
            if (column.Levels is not null || column.Values.Count < 3)
                Dots(svg, column, curve, series, X, Y);
            else
                Line(svg, column, curve, series, X, Y);
        }
    }

    private static void Line(StringBuilder svg, DependenceColumn column, DependenceCurve curve, int series, Func<double, double> x, Func<double, double> y)
    {
        string Points(IEnumerable<double> means, IEnumerable<double> values) => string.Join(' ', values.Zip(means, (v, m) => $"{At(x(v))},{At(y(m))}"));
        if (curve is { Low: { } low, High: { } high })
            svg.Append(CultureInfo.InvariantCulture, $"<polygon fill=\"{SeriesStyle.Colour(series)}\" fill-opacity=\"0.15\" points=\"{Points(low, column.Values)} {Points(high.Reverse(), column.Values.Reverse())}\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<polyline fill=\"none\" {SeriesStyle.Stroke(series)} points=\"{Points(curve.Mean, column.Values)}\"/>");
    }

    private static void Dots(StringBuilder svg, DependenceColumn column, DependenceCurve curve, int series, Func<double, double> x, Func<double, double> y)
    {
        for (var k = 0; k < column.Values.Count; k++)
        {
            // Several outcomes of one level stand beside one another.
            var at = Math.Clamp(x(column.Values[k]), Left + 10, Panel - Right - 10) + (5 * (series - ((column.Curves.Count - 1) / 2.0)));
            if (curve is { Low: { } low, High: { } high })
                svg.Append(CultureInfo.InvariantCulture, $"<line stroke=\"{SeriesStyle.Colour(series)}\" x1=\"{At(at)}\" x2=\"{At(at)}\" y1=\"{At(y(low[k]))}\" y2=\"{At(y(high[k]))}\"/>");
            svg.Append(SeriesStyle.Mark(series, at, y(curve.Mean[k])));
        }
    }

    private static IEnumerable<(double Value, string Text)> Ticks(DependenceColumn column)
    {
        if (column.Levels is { } levels)
        {
            var every = (levels.Count + MostLevels - 1) / MostLevels;
            return column.Values.Zip(levels).Where((_, k) => k % every == 0);
        }
        return column.Values.Count < 3
            ? column.Values.Select(v => (v, Number(v)))
            : RoundValues.Ticks(column.Values[0], column.Values[^1], 3).Select(v => (v, Number(v)));
    }

    private static string At(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture).Replace('-', '−');

    private readonly record struct Scale(double Low, double High);
}
