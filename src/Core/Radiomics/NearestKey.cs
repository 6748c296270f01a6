namespace RadiogenomicsCloud.Radiomics;

/// <summary>Finds what a misspelt key was probably meant to be.</summary>
internal static class NearestKey
{
    // Beyond this nobody misspells, and the distance would cost length times length.
    private const int ComparedCharacters = 64;

    /// <summary>The candidate with the least edit distance (letter case ignored); of several, the first.</summary>
    public static string Of(string key, IReadOnlyList<string> candidates) =>
        candidates.MinBy(candidate => EditDistance(key, candidate)) ?? "";

    private static int EditDistance(string left, string right)
    {
        left = left[..Math.Min(left.Length, ComparedCharacters)].ToUpperInvariant();
        right = right[..Math.Min(right.Length, ComparedCharacters)].ToUpperInvariant();
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }
        return row[right.Length];
    }
}
