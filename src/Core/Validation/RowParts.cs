using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Validation;

/// <summary>Parts of the cohort that a column names: sites, and the cases of a split. All rows of a patient must be in one.</summary>
internal static class RowParts
{
    /// <summary>The sites in ordinal order, and the place of each subject's site in them.</summary>
    public static (IReadOnlyList<string> Sites, int[] OfSubject) Sites(
        IReadOnlyList<SubjectRows> subjects, IReadOnlyDictionary<string, IReadOnlyList<string?>> attributes)
    {
        var texts = OfSubjects(subjects, attributes, RowAttributes.Site, "site", "leave_one_site_out");
        string[] sites = [.. texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (sites.Length < 2)
        {
            throw new BadInputException(
                "validation.one_site", $"All cases are of site '{sites.FirstOrDefault()}'; leave_one_site_out needs at least two sites.", RowAttributes.Site);
        }
        return (sites, [.. texts.Select(t => Array.IndexOf(sites, t))]);
    }

    /// <summary>Whether each subject is held out.</summary>
    public static bool[] HeldOut(
        IReadOnlyList<SubjectRows> subjects, IReadOnlyDictionary<string, IReadOnlyList<string?>> attributes, string column, string? heldOut)
    {
        var texts = OfSubjects(subjects, attributes, RowAttributes.HoldOut, column, "hold_out");
        bool[] held = [.. texts.Select(t => t == heldOut)];
        if (!held.Contains(true) || !held.Contains(false))
        {
            throw new BadInputException(
                "validation.split", $"{(held.Contains(true) ? "All" : "No")} cases have '{heldOut}' in '{column}'; hold_out needs some with it and some without.", column);
        }
        return held;
    }

    private static string[] OfSubjects(
        IReadOnlyList<SubjectRows> subjects, IReadOnlyDictionary<string, IReadOnlyList<string?>> attributes, string attribute, string column, string entry)
    {
        if (!attributes.TryGetValue(attribute, out var texts))
            throw new BadInputException("validation.no_attribute", $"'{entry}' needs '{column}' of every case, and the cases have none; name its column in the study.", column);
        return [.. subjects.Select(s => OfSubject(s, texts, column, entry))];
    }

    private static string OfSubject(SubjectRows subject, IReadOnlyList<string?> texts, string column, string entry)
    {
        var first = texts[subject.Rows[0]];
        foreach (var row in subject.Rows)
        {
            if (texts[row] is not { Length: > 0 })
                throw new BadInputException("validation.no_attribute", $"A case has no '{column}', which '{entry}' needs; fill it in or leave the case out.", column);
            if (texts[row] != first)
            {
                throw new BadInputException(
                    "validation.patient_split", $"A patient has cases with '{first}' and with '{texts[row]}' in '{column}'; '{entry}' cannot keep the patient on one side.", column);
            }
        }
        return first!;
    }
}
