using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace RadiogenomicsCloud.Reporting.Page;

/// <summary>
/// Messages that differ only by numbers and quoted names say the same thing: they are shown once, with the range of the numbers and the first
/// of the names. "refers to 15 images" and "refers to 82 images" become "refers to 15 to 82 images".
/// </summary>
internal static partial class MergedText
{
    private const int NamesShown = 2;

    /// <summary>The messages in order of their first appearance, those alike together.</summary>
    public static IReadOnlyList<(string Text, IReadOnlyList<T> Owners)> Group<T>(IEnumerable<(T Owner, string Message)> messages) =>
    [
        .. messages.GroupBy(m => Slot().Replace(m.Message, "\0"), StringComparer.Ordinal)
            .Select(g => (Merge([.. g.Select(m => m.Message).Distinct(StringComparer.Ordinal)]), (IReadOnlyList<T>)[.. g.Select(m => m.Owner).Distinct()])),
    ];

    /// <param name="messages">Distinct messages that are equal but for their slots.</param>
    private static string Merge(string[] messages)
    {
        if (messages.Length == 1)
            return messages[0];
        var slots = messages.Select(m => Slot().Matches(m).Select(x => x.Value).ToArray()).ToArray();
        var text = new StringBuilder();
        var (at, index) = (0, 0);
        foreach (Match match in Slot().Matches(messages[0]))
        {
            text.Append(messages[0], at, match.Index - at).Append(Values([.. slots.Select(s => s[index]).Distinct(StringComparer.Ordinal)]));
            at = match.Index + match.Length;
            index++;
        }
        return text.Append(messages[0], at, messages[0].Length - at).ToString();
    }

    private static string Values(string[] values)
    {
        if (values.Length == 1)
            return values[0];
        var numbers = values.Select(v => (Text: v, Number: Number(v))).OrderBy(v => v.Number).ToList();
        if (numbers.TrueForAll(n => double.IsFinite(n.Number)))
            return $"{numbers[0].Text} to {numbers[^1].Text}";
        Array.Sort(values, StringComparer.Ordinal);
        var rest = values.Length - NamesShown;
        return rest == 0
            ? $"{values[0]} or {values[1]}"
            : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", values.Take(NamesShown))} or {rest} {(rest == 1 ? "other" : "others")}");
    }

    private static double Number(string text) =>
        double.TryParse(text.Replace('−', '-'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    /// <summary>A quoted name, or a number or UID that is a word of its own.</summary>
    [GeneratedRegex(@"(?<!\w)'[^']*'(?!\w)|(?<![\w.])[-−]?[0-9]+(?:\.[0-9]+)*(?!\w)", RegexOptions.CultureInvariant)]
    private static partial Regex Slot();
}
