namespace RadiogenomicsCloud.Fitting;

/// <summary>Finds the valid name that was most likely meant.</summary>
public static class NearestName
{
    private const int LongestCompared = 200;

    /// <summary>
    /// The candidate with the least Levenshtein distance to <paramref name="name"/> (letter case ignored), the first of equals;
    /// null without candidates. Names are compared by their first 200 characters, which bounds the work on hostile input.
    /// </summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(candidates);
        string? nearest = null;
        var least = int.MaxValue;
        foreach (var candidate in candidates)
        {
            var distance = Distance(name, candidate);
            if (distance < least)
                (nearest, least) = (candidate, distance);
        }
        return nearest;
    }

    private static int Distance(string a, string b)
    {
        a = a[..Math.Min(a.Length, LongestCompared)].ToUpperInvariant();
        b = b[..Math.Min(b.Length, LongestCompared)].ToUpperInvariant();
        Span<int> row = stackalloc int[LongestCompared + 1];
        for (var j = 0; j <= b.Length; j++)
            row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
