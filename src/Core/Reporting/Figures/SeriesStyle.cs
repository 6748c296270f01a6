using System.Globalization;

namespace RadiogenomicsCloud.Reporting.Figures;

/// <summary>How the models of a run are told apart in figures: by colour on a screen, by dashes and marks also in greyscale print.</summary>
internal static class SeriesStyle
{
    /// <summary>Told apart by people with the common colour deficiencies (Okabe and Ito).</summary>
    private static readonly string[] Colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b07d00", "#56b4e9", "#000000"];

    private static readonly string[] Dashes = ["", "7 3", "2 3", "9 3 2 3", "14 4", "5 2 1 2 1 2"];

    private const int Marks = 4;

    public static string Colour(int series) => Colours[series % Colours.Length];

    /// <summary>Attributes of a line.</summary>
    public static string Stroke(int series) => Dashes[series % Dashes.Length] is { Length: > 0 } dash
        ? $"stroke=\"{Colour(series)}\" stroke-width=\"2\" stroke-dasharray=\"{dash}\""
        : $"stroke=\"{Colour(series)}\" stroke-width=\"2\"";

    /// <summary>A circle, square, triangle or diamond of about 10 units across.</summary>
    public static string Mark(int series, double x, double y)
    {
        string At(double dx, double dy) => $"{Number(x + dx)} {Number(y + dy)}";
        var fill = $"fill=\"{Colour(series)}\"";
        return (series % Marks) switch
        {
            0 => $"<circle {fill} cx=\"{Number(x)}\" cy=\"{Number(y)}\" r=\"5\"/>",
            1 => $"<path {fill} d=\"M{At(-4.5, -4.5)}h9v9h-9z\"/>",
            2 => $"<path {fill} d=\"M{At(0, -5.5)}L{At(5.5, 4.5)}H{Number(x - 5.5)}z\"/>",
            _ => $"<path {fill} d=\"M{At(0, -6)}L{At(6, 0)}L{At(0, 6)}L{At(-6, 0)}z\"/>",
        };
    }

    /// <summary>At most this many characters; the rest as an ellipsis.</summary>
    public static string Shorten(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "…";

    /// <summary>One line, or two broken before the figure or at a space, of at most this many characters each; the end, where a legend has its figure, is never lost.</summary>
    public static IReadOnlyList<string> Wrap(string text, int most)
    {
        if (text.Length <= most)
            return [text];
        var figure = text.LastIndexOf(": ", StringComparison.Ordinal) + 1;
        var space = figure > most / 2 && figure <= most ? figure : text.LastIndexOf(' ', most);
        var (first, rest) = space > most / 2 ? (text[..space], text[(space + 1)..]) : (text[..most], text[most..]);
        return [first, rest.Length <= most ? rest : "…" + rest[^(most - 1)..]];
    }

    private static string Number(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);
}
