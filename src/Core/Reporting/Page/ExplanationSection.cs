using System.Globalization;
using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Reporting.Figures;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Page;

/// <summary>What the models rest on: importance, partial dependence, nomogram. Nothing where the study did not ask.</summary>
internal static class ExplanationSection
{
    public const string Anchor = "explanation";

    public static bool Applies(ReportInput input) => input.Explanations is { Procedures.Count: > 0 };

    public static void Write(Html html, ReportInput input)
    {
        if (input.Explanations is not { Procedures: { Count: > 0 } procedures })
            return;
        html.Heading(Anchor, "What the models rest on").Raw("<p>These figures describe models, not causes: of predictors that say much the same, each may seem dispensable, and a curve may pass through "
            + "combinations of values that no patient has.</p>\n");
        foreach (var one in procedures)
        {
            var name = ExplanationFigures.Name(one, procedures);
            html.Raw("<section class=\"model\">").Element("h3", name);
            foreach (var note in one.Notes)
                html.Element("p class=\"soft\"", note);
            if (one.Importance is { } importance)
                Importance(html, name, importance);
            if (one.Dependence is { Columns.Count: > 0 } dependence)
                Dependence(html, name, dependence);
            if (one.Nomogram is { } nomogram)
                Nomogram(html, name, nomogram);
            html.Raw("</section>\n");
        }
    }

    private static void Importance(Html html, string name, ImportanceTable table)
    {
        var first = table.Columns.Count == 0 ? null : table.Columns[0];
        var measure = EstimateNames.Measure(table.Measure);
        if (first is null)
        {
            html.Element("p class=\"soft\"", "No model of a resample read any predictor.");
            return;
        }
        var lines = first.Interval is { } interval
            ? $"Lines: {Html.Percent(interval.Level)} intervals by {interval.Method}."
            : first.Spread is { } spread ? $"Dashed lines: {spread.Method}; the study has no outer samples for intervals." : "";
        html.Raw("<figure class=\"wide\">").Raw(ImportanceFigure.ToSvg($"Permutation importance, {name}", table)).Element("figcaption",
            $"Permutation importance: fall of the {measure} ({Html.Number(table.Before, 2)} before) when one predictor's values are permuted among cases that the model had not seen; mean of {Text(table.Repeats)} permutations in each of "
            + $"{Text(table.Resamples)} resamples ({EstimateNames.Method(table.Scheme)}). A resample whose model does not read a predictor counts as 0. {lines}").Raw("</figure>\n");
        html.Fold("Show the importances as numbers", () => ImportanceNumbers(html, table));
    }

    private static void ImportanceNumbers(Html html, ImportanceTable table)
    {
        html.Raw("<div class=\"wide\"><table><tr><th>Predictor</th><th class=\"n\">Fall</th><th class=\"n\">Interval</th><th class=\"n\">Spread over resamples</th><th class=\"n\">Read in</th></tr>\n");
        foreach (var row in table.Columns)
        {
            html.Raw("<tr>").Element("td", row.Column).Element("td class=\"n\"", Html.Number(row.Growth, 3)).Element("td class=\"n\"", Range(row.Interval))
                .Element("td class=\"n\"", Range(row.Spread)).Element("td class=\"n\"", Html.Percent(row.ReadIn)).Raw("</tr>\n");
        }
        html.Raw("</table></div>\n");
        if (table.Further > 0)
            html.Element("p class=\"soft\"", $"{Text(table.Further)} more predictors were read by some model.");
        html.Element("p class=\"soft\"", "The spread over resamples is of the same cases and no confidence interval for other cohorts. How often the intervals cover has not been measured for importances.");
        if (table.Failed > 0)
            html.Element("p class=\"soft\"", $"{Text(table.Failed)} resamples, those of outer samples included, gave no value.");
    }

    private static void Dependence(Html html, string name, DependenceTable table)
    {
        html.Raw("<figure class=\"wide\">").Raw(DependenceFigure.ToSvg($"Partial dependence, {name}", table)).Element("figcaption",
            "Partial dependence: mean prediction of the locked model over its training cases, had all of them the value on the axis. Values lie between the 1st and the 99th percentile and are rounded. "
            + (table.BandMethod is { } method ? $"Bands: {method}." : "No bands: too few models of resamples.")).Raw("</figure>\n");
        html.Fold("Show the curves as numbers", () =>
        {
            foreach (var column in table.Columns)
            {
                html.Raw("<div class=\"wide\"><table><tr>").Element("th", column.Column);
                foreach (var curve in column.Curves)
                    html.Element("th class=\"n\"", curve.Outcome);
                html.Raw("</tr>\n");
                for (var k = 0; k < column.Values.Count; k++)
                {
                    html.Raw("<tr>").Element("td", column.Levels?[k] ?? column.Values[k].ToString("G6", CultureInfo.InvariantCulture));
                    foreach (var curve in column.Curves)
                        html.Element("td class=\"n\"", Html.Number(curve.Mean[k], 3) + (curve is { Low: { } low, High: { } high } ? $" ({Html.Number(low[k], 3)} to {Html.Number(high[k], 3)})" : ""));
                    html.Raw("</tr>\n");
                }
                html.Raw("</table></div>\n");
            }
        });
    }

    private static void Nomogram(Html html, string name, NomogramTable table)
    {
        html.Raw("<figure class=\"wide\">").Raw(NomogramFigure.ToSvg($"Nomogram, {name}", table)).Element("figcaption",
            "Nomogram of the locked regression: read the points of each value on the ruler at the top, add them up, and read what the total means below. "
            + "Axes go from the 1st to the 99th percentile of the training cases, moved outwards to round numbers. It gives the model's prediction without its uncertainty.").Raw("</figure>\n");
        html.Fold("Show the nomogram as numbers", () =>
        {
            html.Raw("<div class=\"wide\"><table><tr><th>Predictor</th><th>Points of each value</th></tr>\n");
            foreach (var axis in table.Axes)
                html.Row("td", axis.Column, string.Join("; ", axis.Marks.Select(m => $"{m.Label}: {Html.Number(m.Points, 1)}")));
            html.Raw("</table></div>\n<div class=\"wide\"><table><tr><th class=\"n\">Total points</th>");
            foreach (var outcome in table.Outcomes)
                html.Element("th class=\"n\"", outcome.Name);
            html.Raw("</tr>\n");
            foreach (var total in table.Totals)
                html.Row("td class=\"n\"", [total.Points.ToString("G6", CultureInfo.InvariantCulture), .. total.Values.Select(v => Html.Number(v, 3))]);
            html.Raw("</table></div>\n");
        });
    }

    private static string Range(Interval? interval) => interval is null ? "–" : $"{Html.Number(interval.Low, 3)} to {Html.Number(interval.High, 3)}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
