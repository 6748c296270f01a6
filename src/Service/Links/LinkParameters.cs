using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Links;

/// <summary>
/// What a link of a folder storage says, as its query says it, and its signature: HMAC-SHA256 over all of it, each on a line of its own.
/// The names are those of a shared access signature.
/// </summary>
/// <param name="Right"><c>c</c>, <c>cw</c> or <c>r</c>.</param>
/// <param name="Start">UTC, <c>yyyy-MM-ddTHH:mm:ssZ</c>; so is the expiry.</param>
/// <param name="IpRange">One IPv4 address or two with a hyphen; empty allows any.</param>
/// <param name="Protocol"><c>https</c>, or <c>https,http</c> where the service itself has no other.</param>
/// <param name="Generation">That of the area's links when this one was made: raising it revokes them.</param>
internal sealed record LinkParameters(
    string Area, string Right, string Start, string Expiry, string IpRange, string Protocol, string Generation)
{
    public const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    public const string HttpsAlone = "https";
    public const string HttpsAndHttp = "https,http";
    private const string Purpose = "radiogenomics link 1";

    public static string RightOf(LinkRight right) => right switch
    {
        LinkRight.Create => "c",
        LinkRight.CreateOrOverwrite => "cw",
        LinkRight.Read => "r",
        _ => throw new ArgumentOutOfRangeException(nameof(right)),
    };

    public static string TimeOf(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    public byte[] Sign(byte[] key) => HMACSHA256.HashData(
        key, Encoding.UTF8.GetBytes(string.Join('\n', Purpose, Area, Right, Start, Expiry, IpRange, Protocol, Generation)));

    /// <summary>The query, in characters that need no escape in a URL but for those escaped here.</summary>
    public string Query(byte[] key)
    {
        (string Name, string Value)[] all =
        [
            ("sp", Right), ("st", Start), ("se", Expiry), ("sip", IpRange), ("spr", Protocol), ("si", Generation),
            ("sig", Convert.ToBase64String(Sign(key))),
        ];
        return string.Join('&', all.Where(p => p.Value.Length > 0).Select(p => p.Name + "=" + Uri.EscapeDataString(p.Value)));
    }
}
