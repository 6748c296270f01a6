using System.Globalization;
using RadiogenomicsCloud.Service.Links;

namespace RadiogenomicsCloud.Service.Exchanges;

/// <summary>Checks what people write about an exchange.</summary>
internal static class ExchangeText
{
    public const int LongestName = 100;
    public const int LongestReason = 400;

    /// <summary>The text without space around it.</summary>
    /// <exception cref="BadInputException">Empty, too long, or with control characters.</exception>
    public static string Require(string what, string? text, int longest)
    {
        var trimmed = text?.Trim() ?? "";
        return trimmed.Length > 0 && trimmed.Length <= longest && !trimmed.Any(char.IsControl) && IsWhole(trimmed)
            ? trimmed
            : throw new BadInputException(
                "exchange.text", $"The {what} must be one line of 1 to {longest.ToString(CultureInfo.InvariantCulture)} characters.", what);
    }

    /// <summary>One IPv4 address, or two with a hyphen, the lower one first; null is any.</summary>
    /// <exception cref="BadInputException">Anything else.</exception>
    public static string? RequireRange(string? range)
    {
        return range is null || IpRange.Parse(range) is not null
            ? range
            : throw new BadInputException("exchange.ip-range", "The IP range must be one IPv4 address, or two with a hyphen, the lower one first.", "ipRange");
    }

    // Half of a surrogate pair is no text and cannot be written as UTF-8.
    private static bool IsWhole(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!char.IsSurrogatePair(text, i++))
                return false;
        }
        return true;
    }
}
