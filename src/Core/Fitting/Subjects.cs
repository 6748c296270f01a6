namespace RadiogenomicsCloud.Fitting;

/// <summary>A subject and the indexes of its rows, ascending.</summary>
public sealed record SubjectRows((string Cohort, string Patient) Subject, int[] Rows);

/// <summary>Rows by subject: the unit that folds, resamples and roles are made of.</summary>
public static class Subjects
{
    /// <summary>The subjects of the rows.</summary>
    public static IReadOnlySet<(string Cohort, string Patient)> Of(IReadOnlyList<RowId> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var subjects = new HashSet<(string, string)>(rows.Count);
        foreach (var row in rows)
            subjects.Add(row.Subject);
        return subjects;
    }

    /// <summary>The rows of each subject, subjects in ordinal order of cohort and patient, hence independent of the order of rows.</summary>
    public static IReadOnlyList<SubjectRows> Group(IReadOnlyList<RowId> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var groups = new Dictionary<(string Cohort, string Patient), List<int>>(rows.Count);
        for (var r = 0; r < rows.Count; r++)
        {
            if (!groups.TryGetValue(rows[r].Subject, out var members))
                groups.Add(rows[r].Subject, members = []);
            members.Add(r);
        }
        return
        [
            .. groups.OrderBy(g => g.Key.Cohort, StringComparer.Ordinal).ThenBy(g => g.Key.Patient, StringComparer.Ordinal)
                .Select(g => new SubjectRows(g.Key, [.. g.Value])),
        ];
    }
}
