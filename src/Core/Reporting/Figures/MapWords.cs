using System.Globalization;
using RadiogenomicsCloud.Association;

namespace RadiogenomicsCloud.Reporting.Figures;

/// <summary>How a map between image and molecule is put into words and colours.</summary>
internal static class MapWords
{
    /// <summary>Told apart by people with the common colour deficiencies, and as dark as each other.</summary>
    public const string Positive = "#0072b2";

    public const string Negative = "#d55e00";

    public const string Unsigned = "#5b6670";

    /// <summary>What a reader calls a measure.</summary>
    public static string Measure(string measure) => measure switch
    {
        "spearman" => "Spearman ρ",
        "pearson" => "Pearson r",
        "partial_spearman" => "partial Spearman ρ",
        "partial_pearson" => "partial Pearson r",
        "point_biserial" => "point-biserial r",
        "rank_biserial" => "rank-biserial r",
        "epsilon_squared" => "ε² (Kruskal–Wallis)",
        "partial_eta_squared" => "partial η²",
        "cramers_v" => "Cramér’s V",
        "log_odds_ratio" => "log odds ratio",
        _ => measure.Replace('_', ' '),
    };

    /// <summary>Whether an effect says which way.</summary>
    public static bool HasDirection(string measure) => !measure.Contains("squared", StringComparison.Ordinal) && measure != "cramers_v";

    public static string Colour(AssociationEdge edge) => !HasDirection(edge.Measure) ? Unsigned : edge.Effect < 0 ? Negative : Positive;

    /// <summary>At most this many characters: names of features differ at their ends, hence the middle goes.</summary>
    public static string Shorten(string name, int most)
    {
        if (name.Length <= most)
            return name;
        var end = (most - 1) * 2 / 3;
        return name[..(most - 1 - end)] + "…" + name[^end..];
    }

    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>The size of the group of a feature beside itself.</summary>
    public static int Others(IReadOnlyList<FeatureGroup> groups, int group) => group < 0 ? 0 : groups[group].Members.Count - 1;
}
