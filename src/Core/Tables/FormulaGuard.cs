using System.Buffers;
using System.Globalization;

namespace RadiogenomicsCloud.Tables;

/// <summary>
/// Keeps spreadsheets from running what a cohort wrote: a text that one would take for a formula gets an apostrophe before it, as people
/// type it there; numbers do not. Reading takes it away again, so that ids stay what they are.
/// </summary>
internal static class FormulaGuard
{
    private static readonly SearchValues<char> Starts = SearchValues.Create("=+-@\t\r");

    public static string Protect(string text) =>
        IsRisky(text) && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? "'" + text : text;

    public static string Restore(string text) => text.Length > 0 && text[0] == '\'' && IsRisky(text) ? text[1..] : text;

    // Apostrophes before it count as well, so that a text that has one by itself comes back with it.
    private static bool IsRisky(string text) => text.AsSpan().TrimStart('\'') is [var first, ..] && Starts.Contains(first);
}
