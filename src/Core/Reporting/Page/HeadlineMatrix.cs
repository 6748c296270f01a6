using RadiogenomicsCloud.Reporting.Figures;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Page;

/// <summary>The leading estimates of many models: a line for each kind of model and a column for each predictor set, or the other way round where sets are more.</summary>
internal static class HeadlineMatrix
{
    public static void Write(Html html, IReadOnlyList<ModelPerformance> models, ModelCrossing crossing)
    {
        var measure = PerformanceFigures.LeadingMeasure(models);
        var setsAcross = crossing.Sets.Count <= crossing.Kinds.Count;
        var (rows, columns) = setsAcross ? (crossing.Kinds, crossing.Sets) : (crossing.Sets, crossing.Kinds);
        html.Raw("<div class=\"wide\"><table class=\"matrix\"><tr>").Element("th", setsAcross ? "Model" : "Predictors");
        foreach (var column in columns)
            html.Raw("<th>").Breakable(column).Raw("</th>");
        html.Raw("</tr>\n");
        foreach (var row in rows)
        {
            html.Raw("<tr><td>").Breakable(row).Raw("</td>");
            foreach (var column in columns)
                Cell(html, (setsAcross ? crossing[column, row] : crossing[row, column]) is { } model ? PerformanceFigures.Leading(model) : null, measure);
            html.Raw("</tr>\n");
        }
        html.Raw("</table></div>\n<p class=\"soft\">").Text(Legend(models, measure, crossing.Apart.Count > 0)).Raw("</p>\n");
    }

    private static void Cell(Html html, Estimate? lead, Measure measure)
    {
        if (lead is null)
        {
            html.Raw("<td class=\"soft\">–</td>");
            return;
        }
        html.Raw("<td>").Element(lead.Interval?.Low > measure.NoInformation ? "b" : "span", Html.Number(lead.Value)).Raw(" ");
        if (lead.Interval is { } interval)
            html.Element("span class=\"interval soft\"", $"{Html.Number(interval.Low)} to {Html.Number(interval.High)}");
        html.Raw("</td>");
    }

    private static string Legend(IReadOnlyList<ModelPerformance> models, Measure measure, bool chosen)
    {
        var intervals = models.Select(m => PerformanceFigures.Leading(m)?.Interval).OfType<Interval>().ToList();
        var levels = intervals.Select(i => Html.Percent(i.Level)).Distinct(StringComparer.Ordinal).ToList();
        var what = intervals.Count == 0
            ? $"{measure.Title}, without intervals."
            : $"{measure.Title} with its {(levels is [var level] ? level + " " : "")}interval; bold: the whole interval is above that of {EndpointWords.Nothing(measure.Kind)}.";
        return what + " Lines and columns are in the order of the study file. The highest of many estimates flatters, since it was found by looking at them"
            + (chosen ? "; what such a choice is worth is the line of its own." : ".");
    }
}
