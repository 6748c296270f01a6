using System.Globalization;
using RadiogenomicsCloud.Reporting.Documents;

namespace RadiogenomicsCloud.Reporting.Page;

internal static class SelectionSection
{
    private const int Shown = 20;

    public static void Write(Html html, ReportInput input)
    {
        html.Raw("<h2>Selected predictors</h2>\n<p>How often each predictor was used by the model over the resamples, and its standardised coefficient in the locked model. "
            + "A predictor that is selected rarely is not a finding, whatever its coefficient.</p>\n");
        foreach (var model in input.Performance.Models)
        {
            var ordered = model.Selection.OrderByDescending(s => s.Frequency).ThenByDescending(s => Math.Abs(s.LockedCoefficient ?? 0))
                .ThenBy(s => s.Predictor, StringComparer.Ordinal).ToList();
            if (ordered.Count == 0)
                continue;
            html.Element("h3", model.PredictorSet).Raw("<table><tr><th>Predictor</th><th>Selected</th><th class=\"n\"></th><th class=\"n\">Locked coefficient</th></tr>\n");
            foreach (var s in ordered.Take(Shown))
            {
                var width = Math.Round(140 * s.Frequency).ToString(CultureInfo.InvariantCulture);
                html.Raw("<tr>").Element("td", s.Predictor).Raw($"<td><span class=\"bar\" style=\"width:{width}px\"></span></td>")
                    .Element("td class=\"n\"", Html.Percent(s.Frequency))
                    .Element("td class=\"n\"", s.LockedCoefficient is { } c ? Html.Number(c, 3) : "not in it").Raw("</tr>\n");
            }
            html.Raw("</table>\n");
            if (ordered.Count > Shown)
                html.Raw("<p class=\"soft\">").Text($"{ordered.Count - Shown} more, all selected in at most {Html.Percent(ordered[Shown].Frequency)} of the resamples, are in selection.csv.").Raw("</p>\n");
        }
    }
}
