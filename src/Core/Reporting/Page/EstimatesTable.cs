using RadiogenomicsCloud.Reporting.Figures;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Page;

/// <summary>The estimates of one model: measures below one another, a column for each way of estimating them.</summary>
internal static class EstimatesTable
{
    public static void Write(Html html, ModelPerformance model, IntervalNotes notes)
    {
        var prevalence = (double)model.Events / Math.Max(1, model.Cases);
        var unseen = model.Estimates.Where(e => e.Role == EstimateRole.Unseen && e.Class is null).ToList();
        // Columns without any interval say little: they go below the table, which stays narrow.
        var methods = unseen.Where(e => e.Interval is not null).Select(e => e.Method).Distinct(StringComparer.Ordinal).ToList();
        if (methods.Count == 0)
            methods = [.. unseen.Select(e => e.Method).Distinct(StringComparer.Ordinal)];
        if (methods.Count > 0)
        {
            html.Raw("<div class=\"wide\"><table class=\"estimates\"><tr><th>On unseen cases</th>");
            foreach (var method in methods)
                html.Element("th", Capital(EstimateNames.Method(method)));
            html.Raw("<th>Ideal</th></tr>\n");
            var leading = MeasureRegistry.Leading(model.Kind).Name;
            foreach (var row in unseen.Where(e => methods.Contains(e.Method, StringComparer.Ordinal)).GroupBy(e => (e.Measure, e.Horizon)))
            {
                html.Raw(row.Key.Measure == leading ? "<tr class=\"lead\">" : "<tr>").Element("td", EstimateNames.Measure(row.First()));
                foreach (var method in methods)
                    Cell(html, row.FirstOrDefault(e => e.Method == method), notes);
                html.Element("td class=\"soft\"", EstimateNames.Ideal(model.Kind, row.Key.Measure, prevalence)).Raw("</tr>\n");
            }
            html.Raw("</table></div>\n");
        }
        WriteClasses(html, model, notes);
        Others(html, "Also on unseen cases: ", [.. unseen.Where(e => !methods.Contains(e.Method, StringComparer.Ordinal))], notes);
        // Apparent performance and what corrects it stand in a line of text, so that nobody takes them for the result.
        Others(
            html,
            model.CandidatesExceedCases ? "For comparison only, since candidate predictors exceed cases and these flatter then: " : "For comparison: ",
            [.. model.Estimates.Where(e => e.Role != EstimateRole.Unseen)], notes);
    }

    /// <summary>Measures of each of several classes: a column for each class.</summary>
    private static void WriteClasses(Html html, ModelPerformance model, IntervalNotes notes)
    {
        var estimates = model.Estimates.Where(e => e.Class is not null).ToList();
        if (estimates.Count == 0)
            return;
        var classes = estimates.Select(e => e.Class).Distinct(StringComparer.Ordinal).ToList();
        html.Raw("<div class=\"wide\"><table class=\"estimates\"><tr><th>").Text($"One class against all others ({EstimateNames.Method(estimates[0].Method)})").Raw("</th>");
        foreach (var label in classes)
            html.Element("th", label!);
        html.Raw("<th>Ideal</th></tr>\n");
        foreach (var row in estimates.GroupBy(e => e.Measure))
        {
            html.Raw("<tr>").Element("td", EstimateNames.Measure(row.Key));
            foreach (var label in classes)
                Cell(html, row.FirstOrDefault(e => e.Class == label), notes);
            html.Element("td class=\"soft\"", EstimateNames.Ideal(model.Kind, row.Key, double.NaN)).Raw("</tr>\n");
        }
        html.Raw("</table></div>\n");
    }

    private static void Cell(Html html, Estimate? estimate, IntervalNotes notes)
    {
        if (estimate is null)
            html.Raw("<td class=\"soft\">–</td>");
        else
            html.Raw($"<td><b>{Html.Number(estimate.Value, 3)}</b> <span class=\"interval\">{notes.Markup(estimate.Interval, 3)}</span></td>");
    }

    private static void Others(Html html, string opening, List<Estimate> others, IntervalNotes notes)
    {
        if (others.Count == 0)
            return;
        html.Raw("<p class=\"soft\">").Text(opening);
        for (var i = 0; i < others.Count; i++)
        {
            var e = others[i];
            html.Text($"{(i > 0 ? "; " : "")}{EstimateNames.Measure(e)}, {EstimateNames.Method(e.Method)}: {Html.Number(e.Value, 3)}");
            if (e.Interval is not null)
                html.Raw($" ({notes.Markup(e.Interval, 3)})");
        }
        html.Raw(".</p>\n");
    }

    private static string Capital(string text) => text.Length > 0 ? char.ToUpperInvariant(text[0]) + text[1..] : text;
}
