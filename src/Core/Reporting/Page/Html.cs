using System.Globalization;
using System.Net;
using System.Text;

namespace RadiogenomicsCloud.Reporting.Page;

/// <summary>Builds markup in which every inserted text is encoded, so that a file name or a header can never become markup.</summary>
internal sealed class Html
{
    private readonly StringBuilder text = new();
    private int folds;

    /// <summary>Markup of ours, as it is.</summary>
    public Html Raw(string markup)
    {
        text.Append(markup);
        return this;
    }

    /// <summary>An element with encoded text. <paramref name="element"/> may carry attributes: <c>td class="n"</c>.</summary>
    public Html Element(string element, string content) => Raw($"<{element}>").Text(content).Raw($"</{element.Split(' ')[0]}>");

    public Html Text(string content)
    {
        text.Append(WebUtility.HtmlEncode(content));
        return this;
    }

    /// <summary>Text that may break after each plus sign: names of predictor sets are long words.</summary>
    public Html Breakable(string content)
    {
        var parts = content.Split('+');
        for (var i = 0; i < parts.Length; i++)
            Raw(i > 0 ? "+<wbr>" : "").Text(parts[i]);
        return this;
    }

    public Html Row(string cell, params IEnumerable<string> cells)
    {
        Raw("<tr>");
        foreach (var content in cells)
            Element(cell, content);
        return Raw("</tr>\n");
    }

    /// <summary>The heading of a section that the contents link to. Both are words of ours.</summary>
    public Html Heading(string anchor, string title) => Raw($"<h2 id=\"{anchor}\">{title}</h2>\n");

    /// <summary>Content that is hidden on a screen until asked for, and always on paper. Needs no script: a checkbox and its label.</summary>
    public Html Fold(string label, Action content)
    {
        ArgumentNullException.ThrowIfNull(content);
        folds++;
        var id = "fold-" + folds.ToString(CultureInfo.InvariantCulture);
        Raw($"<div class=\"foldable\"><input class=\"fold\" type=\"checkbox\" id=\"{id}\"><label for=\"{id}\">").Text(label).Raw("</label><div class=\"folded\">");
        content();
        return Raw("</div></div>\n");
    }

    public override string ToString() => text.ToString();

    /// <summary>A number with the given decimals; a dash for NaN.</summary>
    public static string Number(double value, int decimals = 2) =>
        double.IsNaN(value) ? "–" : value.ToString("F" + decimals, CultureInfo.InvariantCulture).Replace('-', '−');

    /// <summary>A p-value with three decimals.</summary>
    public static string PValue(double value) => value < 0.001 ? "< 0.001" : Number(value, 3);

    public static string Percent(double share) => Math.Round(100 * share).ToString(CultureInfo.InvariantCulture) + " %";
}
