using System.Globalization;

namespace RadiogenomicsCloud.Association;

/// <summary>The blocks of a map over the cases that have all covariates, checked, and what was left out.</summary>
internal sealed record MapInput(MapSide Imaging, MapSide Molecular, FeatureBlock? Covariates, MapPairs Pairs, IReadOnlyList<string> Notes)
{
    public static MapInput Of(FeatureBlock imaging, FeatureBlock molecular, FeatureBlock? covariates, AssociationSettings settings, CancellationToken cancel)
    {
        AssociationMap.Check(settings);
        if (imaging.Cases != molecular.Cases || (covariates is not null && covariates.Cases != imaging.Cases))
            throw new ArgumentException("The blocks of a map are of the same cases.", nameof(molecular));
        CheckNames(imaging);
        CheckNames(molecular);
        var notes = new List<string>();
        if (covariates is { Columns.Count: 0 })
            covariates = null;
        if (covariates is not null)
        {
            int[] known = [.. Enumerable.Range(0, covariates.Cases).Where(c => HasAll(covariates, c))];
            if (known.Length < imaging.Cases)
            {
                notes.Add(string.Create(CultureInfo.InvariantCulture, $"{Count(imaging.Cases - known.Length, "case")} without a value of a covariate left out."));
                imaging = EdgeStability.Rows(imaging, known);
                molecular = EdgeStability.Rows(molecular, known);
                covariates = EdgeStability.Rows(covariates, known);
            }
        }
        var adjustment = covariates is null || covariates.Cases == 0 ? null : new MapCovariates(covariates);
        var (a, b) = (MapSide.Of(imaging, settings.FewestCases, adjustment, cancel), MapSide.Of(molecular, settings.FewestCases, adjustment, cancel));
        if ((long)a.Mapped.Length * b.Mapped.Length > AssociationMap.MostPairs)
        {
            throw new BadInputException("association.too_large", string.Create(CultureInfo.InvariantCulture,
                $"{a.Mapped.Length} imaging × {b.Mapped.Length} molecular features are more than {AssociationMap.MostPairs} pairs; name fewer genes, or take those of the greatest variance."));
        }
        NoteUnmapped(a, "imaging", notes);
        NoteUnmapped(b, "molecular", notes);
        if (adjustment is not null && a.Features.Any(f => f.IsNominal) && b.Features.Any(f => f.IsNominal))
            notes.Add("Pairs of two nominal features are not tested under covariates.");
        return new(a, b, covariates, new MapPairs(a.Features, b.Features, imaging.Cases, settings, adjustment), notes);
    }

    public static string Count(long count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private static void NoteUnmapped(MapSide side, string name, List<string> notes)
    {
        foreach (var reason in side.Reasons.Where(r => r is not null).GroupBy(r => r!.Split(';')[0].StartsWith("Known", StringComparison.Ordinal) ? "Known for too few cases." : r!)
            .OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            notes.Add($"{Count(reason.Count(), name + " feature")} not mapped. {reason.Key}");
        }
    }

    private static bool HasAll(FeatureBlock block, int row)
    {
        for (var c = 0; c < block.Columns.Count; c++)
        {
            if (!double.IsFinite(block.Column(c)[row]))
                return false;
        }
        return true;
    }

    private static void CheckNames(FeatureBlock block)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var column in block.Columns)
        {
            if (!seen.Add(column.Name))
                throw new BadInputException("association.duplicate_feature", $"Two features of the map are named '{column.Name}'; rename one.", column.Name);
        }
    }
}
