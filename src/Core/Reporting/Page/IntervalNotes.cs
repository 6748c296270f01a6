using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Page;

/// <summary>
/// How each interval was obtained, once for the page: intervals carry a letter, and the letters are explained below the tables.
/// </summary>
internal sealed class IntervalNotes
{
    private readonly List<string> notes = [];

    /// <summary>The interval in text with its letter as markup; a dash where there is none.</summary>
    public string Markup(Interval? interval, int decimals)
    {
        if (interval is null)
            return "<span class=\"soft\">no interval</span>";
        var note = $"{Html.Percent(interval.Level)} interval: {interval.Method}";
        var index = notes.IndexOf(note);
        if (index < 0)
        {
            index = notes.Count;
            notes.Add(note);
        }
        return $"{Html.Number(interval.Low, decimals)} to {Html.Number(interval.High, decimals)}<sup><a href=\"#note-{Letter(index)}\">{Letter(index)}</a></sup>";
    }

    /// <summary>The explanations of all letters given so far.</summary>
    public void Write(Html html)
    {
        if (notes.Count == 0)
            return;
        html.Raw("<div class=\"notes\"><h3>How the intervals were obtained</h3>\n");
        for (var i = 0; i < notes.Count; i++)
            html.Raw($"<p id=\"note-{Letter(i)}\"><sup>{Letter(i)}</sup> ").Text(notes[i]).Raw(".</p>\n");
        html.Raw("</div>\n");
    }

    /// <summary>a … z, aa, ab …</summary>
    private static string Letter(int index) => (index < 26 ? "" : Letter((index / 26) - 1)) + (char)('a' + (index % 26));
}
