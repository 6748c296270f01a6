using System.Globalization;
using System.Net;
using System.Text;

namespace RadiogenomicsCloud.Reporting.Page;

/// <summary>Builds markup in which every inserted text is encoded, so that a file name or a header can never become markup.</summary>
internal sealed class Html
{
    private readonly StringBuilder text = new();

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

    public Html Row(string cell, params IEnumerable<string> cells)
    {
        Raw("<tr>");
        foreach (var content in cells)
            Element(cell, content);
        return Raw("</tr>\n");
    }

    public override string ToString() => text.ToString();

    /// <summary>A number with the given decimals; a dash for NaN.</summary>
    public static string Number(double value, int decimals = 2) =>
        double.IsNaN(value) ? "–" : value.ToString("F" + decimals, CultureInfo.InvariantCulture).Replace('-', '−');

    public static string Percent(double share) => Math.Round(100 * share).ToString(CultureInfo.InvariantCulture) + " %";
}
