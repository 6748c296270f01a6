using System.Text;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Folders;

/// <summary>
/// Names of records as names of files that every file system takes and none confuses: at most 242 characters, no colon, no dot, no capital
/// letter (two names that differ in case are two files), no device name. <c>A.b:c</c> is <c>a!b,c+1</c>: lower case, <c>!</c> for the dot,
/// <c>,</c> for the colon, and after <c>+</c> the positions of the capitals as bits, five to a digit.
/// </summary>
internal static class RecordFileName
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuv";
    private const int BitsOfDigit = 5;
    private const char Guard = '=';

    /// <exception cref="BadInputException">Not a name by <see cref="RecordRules"/>.</exception>
    public static string Encode(string name)
    {
        RecordRules.RequireName(name);
        var text = new StringBuilder(name.Length + 48);
        if (PortableNames.IsDevice(name))
            text.Append(Guard);
        foreach (var c in name)
            text.Append(c switch { '.' => '!', ':' => ',', _ => char.ToLowerInvariant(c) });
        if (name.Any(char.IsAsciiLetterUpper))
            text.Append('+').Append(CapitalBits(name));
        return text.ToString();
    }

    /// <summary>The name; null if this is no file of ours.</summary>
    public static string? Decode(string file)
    {
        var text = file.StartsWith(Guard) ? file[1..] : file;
        var plus = text.IndexOf('+', StringComparison.Ordinal);
        var name = (plus < 0 ? text : text[..plus]).Replace('!', '.').Replace(',', ':').ToCharArray();
        for (var i = 0; plus >= 0 && i < name.Length; i++)
        {
            var at = plus + 1 + i / BitsOfDigit;
            if (at < text.Length && (Digits.IndexOf(text[at], StringComparison.Ordinal) >> i % BitsOfDigit & 1) == 1)
                name[i] = char.ToUpperInvariant(name[i]);
        }
        var decoded = new string(name);
        return RecordRules.IsName(decoded) && Encode(decoded) == file ? decoded : null;
    }

    private static string CapitalBits(string name)
    {
        var digits = new StringBuilder();
        for (var i = 0; i < name.Length; i += BitsOfDigit)
        {
            var bits = 0;
            for (var bit = 0; bit < BitsOfDigit && i + bit < name.Length; bit++)
                bits |= char.IsAsciiLetterUpper(name[i + bit]) ? 1 << bit : 0;
            digits.Append(Digits[bits]);
        }
        return digits.ToString().TrimEnd('0');
    }
}
