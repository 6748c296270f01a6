using System.Globalization;
using RadiogenomicsCloud.Service.Intake;
using RadiogenomicsCloud.Service.Links;

namespace RadiogenomicsCloud.Service.Exchanges;

/// <summary>Checks what people write about an exchange.</summary>
internal static class ExchangeText
{
    public const int LongestName = 100;
    public const int LongestReason = 400;

    /// <summary>The text without space around it.</summary>
    /// <exception cref="BadInputException">Empty, too long, or with characters that cannot be seen or turn the direction of others.</exception>
    public static string Require(string what, string? text, int longest)
    {
        var trimmed = text?.Trim() ?? "";
        return trimmed.Length > 0 && trimmed.Length <= longest && CohortPath.IsPlain(trimmed)
            ? trimmed
            : throw new BadInputException(
                "exchange.text", $"The {what} must be one line of 1 to {longest.ToString(CultureInfo.InvariantCulture)} characters, none of them invisible.", what);
    }

    /// <summary>One IPv4 address, or two with a hyphen, the lower one first; null is any.</summary>
    /// <exception cref="BadInputException">Anything else.</exception>
    public static string? RequireRange(string? range)
    {
        return range is null || IpRange.Parse(range) is not null
            ? range
            : throw new BadInputException("exchange.ip-range", "The IP range must be one IPv4 address, or two with a hyphen, the lower one first.", "ipRange");
    }
}
