using System.Globalization;
using RadiogenomicsCloud.Association;
using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Reporting.Figures;

namespace RadiogenomicsCloud.Reporting.Page;

/// <summary>The map between image and molecule: what was tested, how many pairs are called by which rule, which ones, and the figures.</summary>
internal static class AssociationSection
{
    public const string Anchor = "association";
    private const int MostNotes = 12;

    public static bool Applies(ReportInput input) => input.Association is not null;

    public static void Write(Html html, ReportInput input)
    {
        if (input.Association is not { } map)
            return;
        html.Heading(Anchor, "Image and molecule").Element("p", Tested(map)).Raw("\n");
        Counts(html, map);
        html.Element("p", Meaning(map)).Raw("\n");
        AssociationTable.Write(html, map);
        Figures(html, map);
        EnrichmentTable.Write(html, map);
        Notes(html, map);
    }

    /// <summary>What was tested, in one paragraph.</summary>
    internal static string Tested(AssociationDocument map)
    {
        var adjusted = map.Covariates.Count == 0 ? "Nothing was adjusted for." : $"Every pair is adjusted for {Listed(map.Covariates)}.";
        return $"In {ReportPage.Count(map.Cases, "case", "cases")} with both sides, {Side(map.Imaging, "imaging")} were tested against {Side(map.Molecular, "molecular")}: {MapWords.Count(map.Tests)} pairs. {adjusted}";

        static string Side(IReadOnlyList<MappedFeature> features, string what)
        {
            var mapped = features.Count(f => f.NotMapped is null);
            return $"{MapWords.Count(mapped)} {what} {(mapped == 1 ? "feature" : "features")}{(mapped == features.Count ? "" : $" (of {MapWords.Count(features.Count)}; the notes say why not the others)")}";
        }
    }

    internal static string Listed(IReadOnlyList<string> names) =>
        names.Count == 1 ? names[0] : string.Join(", ", names.Take(names.Count - 1)) + " and " + names[^1];

    /// <summary>How many pairs each rule calls, none being a result as any other.</summary>
    internal static void Counts(Html html, AssociationDocument map)
    {
        var level = Html.Percent(map.Settings.Level);
        html.Raw("<table class=\"calls\"><tr><th>Pairs called</th><th class=\"n\">Number</th><th>What it means</th></tr>\n");
        if (map.Calls.FamilyWise is { } familyWise)
        {
            Row("Family-wise, by permutation", familyWise,
                $"The chance that any of them is false is at most {level}: each is stronger than the strongest pair of {Html.Percent(1 - map.Settings.Level)} of the maps in which image and molecule were shuffled apart.");
        }
        if (map.Calls.PermutationFdr is { } permutation)
            Row("False discovery rate, by permutation", permutation, $"About {level} of them are expected to be false, as counted in the shuffled maps.");
        Row("False discovery rate, Benjamini–Hochberg", map.Calls.BenjaminiHochberg, $"About {level} of them are expected to be false, by the p-values of the tests themselves.");
        html.Raw("</table>\n");

        void Row(string rule, long count, string meaning) => html.Raw("<tr>").Element("td", rule)
            .Element("td class=\"n\"", count == 0 ? "none" : MapWords.Count(count)).Element("td", meaning).Raw("</tr>\n");
    }

    /// <summary>What to make of the counts.</summary>
    internal static string Meaning(AssociationDocument map)
    {
        var called = map.Calls.FamilyWise ?? map.Calls.BenjaminiHochberg;
        if (called == 0 && map.Calls.BenjaminiHochberg == 0)
            return "No pair stands out from chance among so many. That is a result: these cases show no single link strong enough to be told from noise, which does not say that there is none.";
        if (called == 0)
            return "No pair holds against the strongest that chance alone gives. Pairs called by a false discovery rate are candidates for other cohorts and not findings of this one.";
        if (map.Findings.Count == 0)
            return "";
        return $"Features that say much the same are grouped (correlation of {map.Settings.GroupCorrelation.ToString(CultureInfo.InvariantCulture)} and above), so that one link is not counted for each of its names: "
            + $"the called pairs are {MapWords.Count(map.Findings.Count)} {(map.Findings.Count == 1 ? "finding" : "findings")} between groups. An association is no cause, and the effects of the strongest of many pairs are too large on average.";
    }

    private static void Figures(Html html, AssociationDocument map)
    {
        if (HeatMapFigure.Applies(map))
        {
            html.Raw("<h3>The map</h3>\n<figure class=\"wide\">").Raw(HeatMapFigure.ToSvg(map)).Element("figcaption",
                "Effects between groups of imaging features (rows) and groups of molecular features (columns), each shown by its representative and ordered by clustering. "
                + Part(map)
                + "Blue: they rise together; orange: one rises as the other falls; a measure without direction is drawn as positive. "
                + (map.Picture.Called.Any(c => c) ? "Dots: called." : "No cell is called.")).Raw("</figure>\n");
        }
        if (!NetworkFigure.Applies(map))
            return;
        html.Raw("<h3>The findings as a network</h3>\n<figure class=\"wide\">").Raw(NetworkFigure.ToSvg(map)).Element("figcaption",
            "Each line is a finding, by its strongest pair; a thick line was found again in most bootstrap samples. Discs grow with the number of features in a group, named by the one nearest to the others."
            + (map.Findings.Count > NetworkFigure.MostFindings ? string.Create(CultureInfo.InvariantCulture, $" The {NetworkFigure.MostFindings} findings of the smallest p are drawn, of {MapWords.Count(map.Findings.Count)}.") : "")).Raw("</figure>\n");
    }

    /// <summary>What the picture leaves out.</summary>
    private static string Part(AssociationDocument map)
    {
        var (rows, columns) = (map.Picture.Rows.Count, map.Picture.Columns.Count);
        return rows == map.ImagingGroups.Count && columns == map.MolecularGroups.Count
            ? ""
            : $"Shown are {Of(rows, map.ImagingGroups.Count)} imaging and {Of(columns, map.MolecularGroups.Count)} molecular groups, those of the smallest p. ";

        static string Of(int shown, int all) => shown == all ? $"all {MapWords.Count(all)}" : $"{MapWords.Count(shown)} of {MapWords.Count(all)}";
    }

    private static void Notes(Html html, AssociationDocument map)
    {
        if (map.Notes.Count == 0)
            return;
        html.Raw("<h3>Notes on the map</h3>\n<ul>");
        foreach (var note in map.Notes.Take(MostNotes))
            html.Element("li", note);
        if (map.Notes.Count > MostNotes)
            html.Element("li", $"{ReportPage.Count(map.Notes.Count - MostNotes, "more note is", "more notes are")} in association.json.");
        html.Raw("</ul>\n");
    }
}
