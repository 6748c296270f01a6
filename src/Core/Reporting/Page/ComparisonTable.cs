using System.Globalization;
using RadiogenomicsCloud.Reporting.Figures;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Page;

/// <summary>Paired differences of predictor sets: a line for each pair and model, columns for each way of estimating them.</summary>
internal static class ComparisonTable
{
    private const string Reclassification = "nri_continuous";
    private const string Categories = "nri_categorical";

    /// <param name="further">The same by other measures; folded, since they supplement the leading one.</param>
    /// <param name="added">Likelihood-ratio tests of sets within each other.</param>
    public static void Write(
        Html html, IReadOnlyList<PredictorSetComparison> comparisons, IReadOnlyList<PredictorSetComparison> further,
        IReadOnlyList<AddedPredictorsTest> added, IntervalNotes notes)
    {
        if (comparisons.Count + further.Count + added.Count == 0)
            return;
        html.Raw("<h3>Comparison of predictor sets</h3>\n");
        if (comparisons.Count + further.Count > 0)
            Paired(html, comparisons, further, notes);
        AddedPredictorsTable.Write(html, added);
    }

    private static void Paired(Html html, IReadOnlyList<PredictorSetComparison> comparisons, IReadOnlyList<PredictorSetComparison> further, IntervalNotes notes)
    {
        Tables(html, comparisons, notes);
        var tests = comparisons.Count(c => c.PValue is not null);
        html.Raw("<p class=\"soft\">").Text(
            "Paired: both sets on the same resamples of the same cases. p is two-sided and not adjusted for the number of comparisons"
            + (tests > 1 ? string.Create(CultureInfo.InvariantCulture, $", of which there are {tests} here.") : ".")).Raw("</p>\n");
        if (further.Count == 0)
            return;
        var names = further.Select(c => Name(c.Measure)).Distinct(StringComparer.Ordinal);
        html.Fold($"Show the comparisons by other measures: {string.Join(", ", names)}", () =>
        {
            Tables(html, further, notes);
            if (further.Any(c => c.Measure is Reclassification or Categories))
            {
                html.Raw("<p class=\"soft\">The net reclassification improvement favours added noise in small studies: a supplement, never the evidence for a predictor.</p>\n");
            }
        });
    }

    private static void Tables(Html html, IReadOnlyList<PredictorSetComparison> comparisons, IntervalNotes notes)
    {
        foreach (var measure in comparisons.GroupBy(c => (c.Measure, c.Horizon)))
        {
            // Columns are of this measure's own methods: not every one can be had by every way of resampling.
            var methods = measure.Select(c => c.Method).Distinct(StringComparer.Ordinal).ToList();
            var models = measure.Select(c => c.Model).Distinct(StringComparer.Ordinal).ToList();
            var decimals = measure.Max(c => Math.Abs(c.Difference)) < 0.1 ? 3 : 2;
            html.Raw("<div class=\"wide\"><table class=\"comparisons\"><tr><th>").Text(Title(measure.Key.Measure, measure.Key.Horizon)).Raw("</th>");
            foreach (var method in methods)
                html.Element("th", EstimateNames.Method(method)).Raw("<th class=\"n\">p</th>");
            html.Raw("</tr>\n");
            foreach (var pair in measure.GroupBy(c => (c.SetA, c.SetB)))
            {
                var name = $"{pair.Key.SetA} minus {pair.Key.SetB}";
                if (models.Count > 1)
                    html.Raw(string.Create(CultureInfo.InvariantCulture, $"<tr class=\"group\"><td colspan=\"{1 + (2 * methods.Count)}\">")).Breakable(name).Raw("</td></tr>\n");
                foreach (var model in pair.GroupBy(c => c.Model, StringComparer.Ordinal))
                {
                    html.Raw("<tr><td>").Breakable(models.Count > 1 ? EstimateNames.Model(model.Key) : $"{name}{(model.Key.Length > 0 ? $" ({EstimateNames.Model(model.Key)})" : "")}").Raw("</td>");
                    foreach (var method in methods)
                        Cells(html, model.FirstOrDefault(c => c.Method == method), decimals, notes);
                    html.Raw("</tr>\n");
                }
            }
            html.Raw("</table></div>\n");
        }
    }

    private static string Name(string measure) => measure switch
    {
        "discrimination_slope" => "integrated discrimination improvement",
        Reclassification => "continuous net reclassification improvement",
        Categories => "categorical net reclassification improvement",
        _ => EstimateNames.Measure(measure),
    };

    private static string Title(string measure, double? horizon) => measure switch
    {
        "discrimination_slope" => "Integrated discrimination improvement (difference in discrimination slope)",
        Reclassification => "Continuous net reclassification improvement",
        Categories => "Categorical net reclassification improvement (by the study's categories of risk)",
        _ => $"Difference in {EstimateNames.Measure(measure, horizon)}{Sense(measure)}",
    };

    /// <summary>Which sign is the better one, where it is not plus.</summary>
    private static string Sense(string measure) =>
        MeasureRegistry.All.FirstOrDefault(m => m.Name == measure) is { Ideal: 0 } ? "; below 0, the first is better" : "";

    private static void Cells(Html html, PredictorSetComparison? comparison, int decimals, IntervalNotes notes)
    {
        if (comparison is null)
        {
            html.Raw("<td class=\"soft\">–</td><td></td>");
            return;
        }
        html.Raw($"<td><b>{Html.Number(comparison.Difference, decimals)}</b> <span class=\"interval\">{notes.Markup(comparison.Interval, decimals)}</span></td>")
            .Element("td class=\"n\"", comparison.PValue is { } p ? Html.PValue(p) : "–");
    }
}
