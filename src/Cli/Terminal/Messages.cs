using System.Globalization;
using System.Text;

namespace RadiogenomicsCloud.Cli.Terminal;

/// <summary>Messages for people, on standard error; results go to standard output.</summary>
internal static class Messages
{
    /// <summary>One sentence: what, where, what to do. Control characters of file names and headers never reach the terminal.</summary>
    public static void Error(RadiogenomicsException problem)
    {
        var where = problem.Where is { Length: > 0 } place && !problem.Message.Contains(place, StringComparison.Ordinal)
            ? $" ({place})"
            : "";
        Console.Error.WriteLine(Printable($"error: {problem.Message}{where} [{problem.Code}]"));
    }

    public static void Error(string sentence) => Console.Error.WriteLine(Printable($"error: {sentence}"));

    public static void Warning(string sentence) => Console.Error.WriteLine(Printable($"warning: {sentence}"));

    public static void Note(string sentence) => Console.Error.WriteLine(Printable(sentence));

    /// <summary>The text with control characters other than line breaks replaced, and those that turn the direction of text or end a line.</summary>
    public static string Printable(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var c in text)
            clean.Append(c != '\n' && IsUnseen(c) ? '\uFFFD' : c);
        return clean.ToString();
    }

    // Joiners are letters to some scripts.
    private static bool IsUnseen(char c) => c is not ('\u200C' or '\u200D') && char.GetUnicodeCategory(c) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
