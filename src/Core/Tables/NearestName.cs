namespace RadiogenomicsCloud.Tables;

/// <summary>The nearest of some names to one that does not exist, for messages.</summary>
public static class NearestName
{
    // Names longer than this are no typing errors of each other, and the distance costs length².
    private const int LongestName = 100;

    /// <summary>
    /// The candidate of least Levenshtein distance, letter case ignored; null if none is within a third of the name's length (at least
    /// two edits). Ties go to the earlier candidate.
    /// </summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(candidates);
        if (name.Length > LongestName)
            return null;
        var best = Math.Max(2, name.Length / 3) + 1;
        string? nearest = null;
        foreach (var candidate in candidates)
        {
            if (candidate.Length > LongestName || Math.Abs(candidate.Length - name.Length) >= best)
                continue;
            var distance = Distance(name, candidate);
            if (distance < best && distance < Math.Max(name.Length, candidate.Length))
                (best, nearest) = (distance, candidate);
        }
        return nearest;
    }

    /// <summary>What to say after "there is no such name": the nearest of the valid ones, or, where none is near, which there are.</summary>
    public static string Hint(string name, IReadOnlyList<string> valid)
    {
        ArgumentNullException.ThrowIfNull(valid);
        if (valid.Count == 0)
            return "there is none that could stand here";
        return Find(name, valid) is { } nearest ? $"did you mean {CellText.Quote(nearest)}" : $"valid are {CellText.List(valid)}";
    }

    private static int Distance(string a, string b)
    {
        Span<int> row = stackalloc int[b.Length + 1];
        for (var j = 0; j < row.Length; j++)
            row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
