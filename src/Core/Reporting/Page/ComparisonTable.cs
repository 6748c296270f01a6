using RadiogenomicsCloud.Reporting.Figures;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Page;

/// <summary>Paired differences of predictor sets: a line for each pair, columns for each way of estimating them.</summary>
internal static class ComparisonTable
{
    public static void Write(Html html, IReadOnlyList<PredictorSetComparison> comparisons, IntervalNotes notes)
    {
        if (comparisons.Count == 0)
            return;
        html.Raw("<h3>Comparison of predictor sets</h3>\n");
        var models = comparisons.Select(c => c.Model).Distinct(StringComparer.Ordinal).Count();
        var methods = comparisons.Select(c => c.Method).Distinct(StringComparer.Ordinal).ToList();
        foreach (var measure in comparisons.GroupBy(c => c.Measure, StringComparer.Ordinal))
        {
            html.Raw("<div class=\"wide\"><table class=\"comparisons\"><tr><th>").Text($"Difference in {EstimateNames.Measure(measure.Key)}").Raw("</th>");
            foreach (var method in methods)
                html.Element("th", EstimateNames.Method(method)).Raw("<th class=\"n\">p</th>");
            html.Raw("</tr>\n");
            foreach (var pair in measure.GroupBy(c => (c.SetA, c.SetB, c.Model)))
            {
                html.Raw("<tr><td>").Breakable($"{pair.Key.SetA} minus {pair.Key.SetB}{(models > 1 ? $" ({pair.Key.Model})" : "")}").Raw("</td>");
                foreach (var method in methods)
                    Cells(html, pair.FirstOrDefault(c => c.Method == method), notes);
                html.Raw("</tr>\n");
            }
            html.Raw("</table></div>\n");
        }
        html.Raw("<p class=\"soft\">Paired: both sets on the same resamples of the same cases. p is two-sided and not adjusted for the number of comparisons.</p>\n");
    }

    private static void Cells(Html html, PredictorSetComparison? comparison, IntervalNotes notes)
    {
        if (comparison is null)
        {
            html.Raw("<td class=\"soft\">–</td><td></td>");
            return;
        }
        html.Raw($"<td><b>{Html.Number(comparison.Difference)}</b> <span class=\"interval\">{notes.Markup(comparison.Interval, 2)}</span></td>")
            .Element("td class=\"n\"", comparison.PValue is { } p ? (p < 0.001 ? "< 0.001" : Html.Number(p, 3)) : "–");
    }
}
