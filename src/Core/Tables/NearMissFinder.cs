using System.Text;

namespace RadiogenomicsCloud.Tables;

/// <summary>Two ids that may mean one case but are not equal.</summary>
/// <param name="Why">For example <c>letter case</c>, <c>separators, suffix 'A'</c>.</param>
public sealed record NearMiss(string IdA, string SourceA, string IdB, string SourceB, string Why);

/// <summary>
/// Finds ids that differ in letter case, in separators (<c>-</c>, <c>_</c>, <c>.</c>, space), in leading zeros of a number, or by a
/// suffix of at most 24 characters after a number that does not continue the number (so <c>P1A</c> and <c>P1_2</c> are near misses of
/// <c>P1</c>, <c>P10</c> is not). Bounded, as ids may be hostile: ids of more than 200 characters are passed over, and of many ids alike
/// the first 16 are looked at; the first 1000 pairs are listed.
/// </summary>
internal static class NearMissFinder
{
    private const int LongestSuffix = 24;
    private const int LongestId = 200;
    private const int MostAlike = 16;
    private const int MostPairs = 1000;

    /// <summary>Pairs of which at least one side is unmatched, in the order of <paramref name="idsB"/>, then of <paramref name="idsA"/>.</summary>
    public static IReadOnlyList<NearMiss> Find(
        IReadOnlyList<string> idsA, string sourceA, IReadOnlyList<string> idsB, string sourceB, HashSet<string> matchedA, HashSet<string> unmatchedB)
    {
        var byKey = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var prefixesOfA = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var a = 0; a < idsA.Count; a++)
        {
            if (idsA[a].Length > LongestId)
                continue;
            var key = Key(idsA[a]);
            Add(byKey, key, a);
            foreach (var prefix in Prefixes(key))
                Add(prefixesOfA, prefix, a);
        }

        var misses = new List<NearMiss>();
        foreach (var idB in idsB)
        {
            var key = idB.Length > LongestId ? "" : Key(idB);
            if (key.Length == 0)
                continue;
            var hits = new SortedSet<int>();
            Collect(byKey, key, hits);
            Collect(prefixesOfA, key, hits);
            foreach (var prefix in Prefixes(key))
                Collect(byKey, prefix, hits);
            foreach (var a in hits)
                if (misses.Count < MostPairs && idsA[a] != idB && (!matchedA.Contains(idsA[a]) || unmatchedB.Contains(idB)))
                    misses.Add(new NearMiss(idsA[a], sourceA, idB, sourceB, Why(idsA[a], idB)));
        }
        return misses;
    }

    private static void Add(Dictionary<string, List<int>> index, string key, int value)
    {
        if (!index.TryGetValue(key, out var list))
            index[key] = list = [];
        if (list.Count < MostAlike)
            list.Add(value);
    }

    private static void Collect(Dictionary<string, List<int>> index, string key, SortedSet<int> hits)
    {
        if (index.TryGetValue(key, out var list))
            hits.UnionWith(list);
    }

    private static string Why(string a, string b)
    {
        var (shorter, longer) = Key(a).Length <= Key(b).Length ? (a, b) : (b, a);
        var length = Key(shorter).Length;
        var ends = new List<int>();
        var key = Normalise(longer, lower: true, unify: true, stripZeros: true, ends);
        var stem = longer[..ends[length - 1]];

        var reasons = new List<string>();
        if (Normalise(stem, lower: false, unify: true, stripZeros: true) != Normalise(shorter, lower: false, unify: true, stripZeros: true))
            reasons.Add("letter case");
        if (Normalise(stem, lower: true, unify: false, stripZeros: true) != Normalise(shorter, lower: true, unify: false, stripZeros: true))
            reasons.Add("separators");
        if (Normalise(stem, lower: true, unify: true, stripZeros: false) != Normalise(shorter, lower: true, unify: true, stripZeros: false))
            reasons.Add("leading zeros");
        if (key.Length > length)
            reasons.Add($"suffix {CellText.Quote(longer[stem.Length..].Trim('-', '_', '.', ' '))}");
        return string.Join(", ", reasons);
    }

    private static bool IsSeparator(char c) => c is '-' or '_' or '.' or ' ';

    private static string Key(string id) => Normalise(id, lower: true, unify: true, stripZeros: true);

    /// <summary>
    /// The id in lower case, without separators save one hyphen between two digits (which else would run together), and without leading
    /// zeros of its numbers; each on demand.
    /// </summary>
    /// <param name="ends">Receives, for each character of the result, the position in the id after it.</param>
    private static string Normalise(string id, bool lower, bool unify, bool stripZeros, List<int>? ends = null)
    {
        var result = new StringBuilder(id.Length);
        for (var i = 0; i < id.Length; i++)
        {
            var c = id[i];
            if (unify && IsSeparator(c))
                continue;
            var startsNumber = char.IsAsciiDigit(c) && (i == 0 || !char.IsAsciiDigit(id[i - 1]));
            if (unify && startsNumber && i > 0 && result.Length > 0 && char.IsAsciiDigit(result[^1]))
            {
                result.Append('-');
                ends?.Add(i);
            }
            if (stripZeros && startsNumber)
                while (i + 1 < id.Length && id[i] == '0' && char.IsAsciiDigit(id[i + 1]))
                    i++;
            result.Append(lower ? char.ToLowerInvariant(id[i]) : id[i]);
            ends?.Add(i + 1);
        }
        return result.ToString();
    }

    private static IEnumerable<string> Prefixes(string key)
    {
        for (var length = key.Length - 1; length >= Math.Max(1, key.Length - LongestSuffix); length--)
            if (key[length] == '-' || (char.IsLetter(key[length]) && char.IsAsciiDigit(key[length - 1])))
                yield return key[..length];
    }
}
