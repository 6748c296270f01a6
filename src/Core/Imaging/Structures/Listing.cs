namespace RadiogenomicsCloud.Imaging.Structures;

/// <summary>Names in a message: as many as fit into a sentence, and how many more there are.</summary>
internal static class Listing
{
    private const int MostCharacters = 220;

    public static string Of(IReadOnlyList<string> names)
    {
        var (shown, length) = (0, 0);
        while (shown < names.Count && (shown == 0 || length + names[shown].Length <= MostCharacters))
            length += names[shown++].Length + 2;
        var list = string.Join(", ", names.Take(shown).Select(n => n.Length <= MostCharacters ? n : n[..MostCharacters] + "…"));
        return shown < names.Count ? $"{list} and {names.Count - shown} more" : list;
    }
}
