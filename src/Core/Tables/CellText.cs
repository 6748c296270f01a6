using System.Globalization;
using System.Text;

namespace RadiogenomicsCloud.Tables;

/// <summary>What a cell of a text table means, whatever the locale.</summary>
public static class CellText
{
    /// <summary>Empty (after trimming), <c>NA</c> and <c>NaN</c> (the latter in any letter case, as programs differ) are missing.</summary>
    public static bool IsMissing(ReadOnlySpan<char> trimmed) =>
        trimmed.IsEmpty || trimmed.SequenceEqual("NA") || trimmed.Equals("NaN", StringComparison.OrdinalIgnoreCase);

    /// <summary>Parses a finite number with <c>.</c> as decimal separator, optional sign and exponent, no thousands separators.</summary>
    public static bool TryParseFinite(ReadOnlySpan<char> trimmed, out double value) =>
        double.TryParse(trimmed, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value)
        && double.IsFinite(value);

    /// <summary>Shortest text that parses back to the same bits; missing is empty.</summary>
    public static string Format(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A piece of hostile text fit for a message: in quotation marks, on one line, at most 40 characters.</summary>
    public static string Quote(string text) => $"'{Shorten(text)}'";

    /// <summary>Names for a message, as many as fit into about 160 characters, then how many there are.</summary>
    public static string List(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var list = new StringBuilder();
        foreach (var name in names)
        {
            if (list.Length > 160)
                return list.Append(CultureInfo.InvariantCulture, $", … ({names.Count} in all)").ToString();
            list.Append(list.Length == 0 ? "" : ", ").Append(Shorten(name));
        }
        return list.ToString();
    }

    private static string Shorten(string text)
    {
        var shown = text.Length > 40 ? string.Concat(text.AsSpan(0, 39), "…") : text;
        return string.Concat(shown.Select(c => char.IsControl(c) ? '\uFFFD' : c));
    }
}
