using System.Globalization;
using System.Net;
using System.Text;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Figures;

/// <summary>A nomogram: a ruler of points, an axis for each weight, the total and what it means.</summary>
internal static class NomogramFigure
{
    private const int Width = 760;
    private const int Left = 190;
    private const int Right = 20;
    private const int Line = 44;
    private const int Closest = 34;
    private const int LabelLength = 27;

    public static string ToSvg(string label, NomogramTable table)
    {
        var svg = new StringBuilder();
        var height = (Line * (table.Axes.Count + table.Outcomes.Count + 2)) + 20;
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"nomogram\" viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(label)}\">\n");
        var y = 24;
        // The greatest effect has 100 points.
        Axis("Points", 100, [.. RoundValues.Ticks(0, 100, 10).Select(Plain)]);
        foreach (var axis in table.Axes)
            Axis(axis.Column, 100, axis.Marks);
        Axis("Total points", table.Most, [.. RoundValues.Ticks(0, table.Most, 10).Select(Plain)]);
        foreach (var outcome in table.Outcomes)
            Axis(outcome.Name, table.Most, outcome.Marks);
        return svg.Append("</svg>").ToString();

        void Axis(string name, double most, IReadOnlyList<NomogramMark> marks)
        {
            double X(double points) => Left + (points / most * (Width - Left - Right));
            svg.Append(CultureInfo.InvariantCulture, $"<g><title>{WebUtility.HtmlEncode(name)}</title><text x=\"0\" y=\"{y + 4}\">{WebUtility.HtmlEncode(SeriesStyle.Shorten(name, LabelLength))}</text>");
            if (marks.Count > 0)
                svg.Append(CultureInfo.InvariantCulture, $"<line stroke=\"#1a1f24\" x1=\"{At(X(marks.Min(m => m.Points)))}\" x2=\"{At(X(marks.Max(m => m.Points)))}\" y1=\"{y}\" y2=\"{y}\"/>");
            var written = double.NegativeInfinity;
            foreach (var mark in marks.OrderBy(m => m.Points))
            {
                var x = X(mark.Points);
                svg.Append(CultureInfo.InvariantCulture, $"<line stroke=\"#1a1f24\" x1=\"{At(x)}\" x2=\"{At(x)}\" y1=\"{y}\" y2=\"{y + 5}\"/>");
                if (x - written < Closest)
                    continue;
                svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{At(x)}\" y=\"{y + 19}\" text-anchor=\"middle\">{WebUtility.HtmlEncode(SeriesStyle.Shorten(mark.Label, 12))}</text>");
                written = x;
            }
            svg.Append("</g>\n");
            y += Line;
        }
    }

    private static NomogramMark Plain(double value) => new(value, value.ToString("G4", CultureInfo.InvariantCulture), value);

    private static string At(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);
}
