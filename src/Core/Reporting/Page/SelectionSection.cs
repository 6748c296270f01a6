using System.Globalization;
using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Reporting.Figures;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Page;

/// <summary>How stable the choice of predictors is. Nothing for an external validation, which chooses none.</summary>
internal static class SelectionSection
{
    public const string Anchor = "predictors";
    private const int Shown = 12;
    private const int MostFolded = 18;

    public static bool Applies(ReportInput input) => input.Performance.Models.Any(m => m.Selection.Count > 0);

    public static void Write(Html html, ReportInput input)
    {
        if (!Applies(input))
            return;
        html.Heading(Anchor, "Selected predictors").Raw("<p>How often the model used each predictor over the resamples, and its standardised coefficient in the locked model. "
            + "A predictor that is selected rarely is not a finding, whatever its coefficient; of predictors that say much the same, one is often chosen in place of another.</p>\n");
        var models = input.Performance.Models;
        var many = ModelCrossing.IsNeeded(models);
        var shown = 0;
        foreach (var model in models.Where(m => m.Selection.Count > 0))
        {
            if (many && shown >= PerformanceSection.Unfolded)
                html.Fold($"Show {ModelNames.Of(model, models)}", () => Model(html, model, models));
            else
                Model(html, model, models);
            shown++;
        }
    }

    private static void Model(Html html, ModelPerformance model, IReadOnlyList<ModelPerformance> models)
    {
        var ordered = model.Selection.OrderByDescending(s => s.Frequency).ThenByDescending(s => Math.Abs(s.LockedCoefficient ?? 0))
            .ThenBy(s => s.Predictor, StringComparer.Ordinal).ToList();
        html.Element("h3", ModelNames.Of(model, models));
        Table(html, ordered.Take(Shown));
        var folded = ordered.Skip(Shown).Take(MostFolded).ToList();
        if (folded.Count > 0)
            html.Fold($"Show {folded.Count} more, selected in {Html.Percent(folded[0].Frequency)} of the resamples or fewer", () => Table(html, folded));
        var rest = ordered.Count - Shown - folded.Count;
        if (rest > 0)
        {
            html.Raw("<p class=\"soft\">").Text($"{rest} more, selected in at most {Html.Percent(ordered[Shown + folded.Count].Frequency)} of the resamples, are in ")
                .Raw("<code>selection.csv</code>.</p>\n");
        }
    }

    private static void Table(Html html, IEnumerable<SelectionFrequency> rows)
    {
        html.Raw("<div class=\"wide\"><table class=\"selection\"><tr><th>Predictor</th><th colspan=\"2\">Selected</th><th class=\"n\">Locked coefficient</th></tr>\n");
        foreach (var s in rows)
        {
            var width = Math.Round(120 * s.Frequency, 1).ToString(CultureInfo.InvariantCulture);
            html.Raw("<tr><td>").Text(s.Predictor);
            if (PredictorNames.Describe(s.Predictor) is { } meaning)
                html.Raw(" ").Element("span class=\"meaning\"", meaning);
            html.Raw($"</td><td><svg class=\"bar\" viewBox=\"0 0 120 10\" width=\"120\" height=\"10\" aria-hidden=\"true\"><rect width=\"{width}\" height=\"10\"/></svg></td>")
                .Element("td class=\"n\"", Html.Percent(s.Frequency))
                .Element(s.LockedCoefficient is null ? "td class=\"n soft\"" : "td class=\"n\"", s.LockedCoefficient is { } c ? Html.Number(c, 3) : "not used").Raw("</tr>\n");
        }
        html.Raw("</table></div>\n");
    }
}
