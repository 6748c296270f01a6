using System.Globalization;
using RadiogenomicsCloud.Reporting.Figures;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Page;

/// <summary>Likelihood-ratio tests of what one predictor set adds to another within it, and why there are none where there are none.</summary>
internal static class AddedPredictorsTable
{
    public static void Write(Html html, IReadOnlyList<AddedPredictorsTest> tests)
    {
        var given = tests.Where(t => t.Refusal is null).ToList();
        if (given.Count > 0)
        {
            html.Raw("<h4>Added predictors, in-sample</h4>\n<div class=\"wide\"><table><tr><th>Likelihood-ratio test of</th><th>Model</th><th class=\"n\">χ²</th><th class=\"n\">degrees of freedom</th><th class=\"n\">p</th></tr>\n");
            foreach (var test in given)
            {
                html.Raw("<tr><td>").Breakable($"{test.Larger} beyond {test.Smaller}").Raw("</td>").Element("td", EstimateNames.Model(test.Model))
                    .Element("td class=\"n\"", Html.Number(test.ChiSquare ?? double.NaN)).Element("td class=\"n\"", (test.DegreesOfFreedom ?? 0).ToString(CultureInfo.InvariantCulture))
                    .Element("td class=\"n\"", Html.PValue(test.PValue ?? double.NaN)).Raw("</tr>\n");
            }
            html.Raw("</table></div>\n<p class=\"soft\">").Text(
                "On the cases that the models were fitted on: the test asks whether the added predictors have any association with the outcome, given the others. It is no estimate of performance; that is the difference on unseen cases above.");
            foreach (var caution in given.Select(t => (About: $"{t.Larger} beyond {t.Smaller}", t.Caution)).Where(c => c.Caution is not null).Distinct())
                html.Text($" {caution.About}: {caution.Caution}");
            html.Raw("</p>\n");
        }
        foreach (var refused in tests.Where(t => t.Refusal is not null).GroupBy(t => t.Refusal))
        {
            var models = refused.Select(t => EstimateNames.Model(t.Model)).Distinct(StringComparer.Ordinal);
            html.Element("p class=\"soft\"", $"No likelihood-ratio test of added predictors for {string.Join(", ", models)}: {refused.Key}.").Raw("\n");
        }
    }
}
