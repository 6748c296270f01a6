using RadiogenomicsCloud.Association;
using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Reporting.Figures;

namespace RadiogenomicsCloud.Reporting.Page;

/// <summary>The head of the page of a map that was made by itself, and what was done to make it.</summary>
internal static class AssociationHeadline
{
    public static void Write(Html html, ReportInput input, AssociationDocument map)
    {
        html.Element("h1", input.Provenance.Study).Raw("<p class=\"lede\">Map between image and molecule</p>\n<p class=\"soft\">")
            .Text($"Run {input.Provenance.RunId} · RadiogenomicsCloud {input.Provenance.Version}").Raw("</p>\n<div class=\"headline\">\n")
            .Element("p class=\"cohort\"", Cohort(input, map)).Element("p", AssociationSection.Tested(map)).Raw("<p>");
        var level = Html.Percent(map.Settings.Level);
        if (map.Calls.FamilyWise is { } familyWise)
        {
            html.Element("b", familyWise == 0 ? "No pair" : $"{MapWords.Count(familyWise)} {(familyWise == 1 ? "pair" : "pairs")}")
                .Text($" {(familyWise <= 1 ? "is" : "are")} called with the family-wise error held at {level} by permutation; ");
        }
        html.Element("b", map.Calls.BenjaminiHochberg == 0 ? "none" : MapWords.Count(map.Calls.BenjaminiHochberg))
            .Text($" by Benjamini–Hochberg at a false discovery rate of {level}.").Raw("</p></div>\n");
    }

    private static string Cohort(ReportInput input, AssociationDocument map) => map.Cases == input.Cases.Count
        ? $"All {ReportPage.Count(map.Cases, "case", "cases")} in the map"
        : $"{map.Cases} of {input.Cases.Count} cases in the map: those with both sides{(map.Covariates.Count == 0 ? "" : " and all that is adjusted for")}";

    /// <summary>How a map is made, for the methods of a manuscript.</summary>
    public static IEnumerable<string> Sentences(AssociationDocument map)
    {
        var settings = map.Settings;
        yield return "Every imaging feature was related to every molecular feature by the measure of their types: "
            + (settings.Measure == MeasureRule.Pearson ? "Pearson’s correlation" : "Spearman’s rank correlation")
            + " of two numbers, the rank-biserial correlation (Mann–Whitney) of a status with a number, Kruskal–Wallis’ test of categories with a number, Fisher’s or the χ² test of two categorical features.";
        if (map.Covariates.Count > 0)
            yield return $"Pairs were adjusted for {AssociationSection.Listed(map.Covariates)}.";
        yield return "All tested pairs are one family: q-values are of Benjamini and Hochberg over all of them.";
        if (settings.Permutations > 0)
        {
            yield return $"The cases of one side were permuted against the other {MapWords.Count(settings.Permutations)} times, which keeps the correlation among the features of each side: family-wise p-values are of the greatest statistic of each permutation (Westfall and Young), "
                + "and the false discovery rate by permutation counts the pairs called in permuted maps.";
        }
        if (settings.Resamples > 0)
            yield return $"The stability of a pair is the share of {MapWords.Count(settings.Resamples)} bootstrap samples of the cases in which it has the same direction and is called again.";
        yield return "Features of one side were grouped by average linkage of their absolute rank correlation; a group is shown by the member nearest to the others.";
        if (map.Enrichment.Count > 0)
            yield return "Gene sets were tested by the hypergeometric test and by pre-ranked gene set enrichment analysis, each corrected by Benjamini and Hochberg.";
    }
}
