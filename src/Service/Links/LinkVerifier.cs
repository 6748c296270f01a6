using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace RadiogenomicsCloud.Service.Links;

/// <summary>Says what a link allows, if it is one of ours and valid now, from there, over this protocol.</summary>
internal sealed class LinkVerifier(FolderLinkIssuer issuer)
{
    private static readonly string[] Names = ["sp", "st", "se", "sip", "spr", "si", "sig"];

    /// <returns><c>c</c>, <c>cw</c> or <c>r</c>.</returns>
    /// <exception cref="BlobProblem">The signature is checked before anything that it covers is believed.</exception>
    public async Task<string> RightOf(BlobTarget target, IPAddress? remote, bool isHttps, CancellationToken cancel)
    {
        if (Names.Any(n => target.Query.Count(p => p.Key == n) > 1))
            throw BlobProblem.Unauthenticated();
        string Value(string name) => target.Single(name) ?? "";
        var link = new LinkParameters(target.Area, Value("sp"), Value("st"), Value("se"), Value("sip"), Value("spr"), Value("si"));
        var expected = Encoding.ASCII.GetBytes(Convert.ToBase64String(link.Sign(issuer.Key.Read())));
        if (!CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(Value("sig"))))
            throw BlobProblem.Unauthenticated();
        var now = issuer.Time.GetUtcNow();
        if (now < Time(link.Start) || now >= Time(link.Expiry))
            throw BlobProblem.Unauthenticated();
        var generation = await issuer.Generations.Of(target.Area, cancel).ConfigureAwait(false);
        if (link.Generation != generation.ToString(CultureInfo.InvariantCulture))
            throw BlobProblem.Unauthenticated();
        if (!isHttps && link.Protocol != LinkParameters.HttpsAndHttp)
            throw new BlobProblem(403, "AuthorizationProtocolMismatch", "The link works over https alone.");
        if (link.IpRange.Length > 0 && (remote is null || IpRange.Parse(link.IpRange) is not { } range || !range.Contains(remote)))
            throw new BlobProblem(403, "AuthorizationSourceIPMismatch", "The link does not work from this address.");
        return link.Right;
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.TryParseExact(
        text, LinkParameters.TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        ? time
        : throw BlobProblem.Unauthenticated();
}
