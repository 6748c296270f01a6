using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Exchanges;

/// <summary>What a link of an exchange is for.</summary>
public enum LinkPurpose
{
    /// <summary>Putting files into the inbox.</summary>
    Upload,

    /// <summary>Fetching files from the outbox.</summary>
    Results,
}

/// <summary>
/// An entry of the ledger of links. Neither the link nor its signature is in it: who reads the ledger cannot use a link.
/// </summary>
/// <param name="Number">From 1 within the exchange.</param>
/// <param name="Revocation">All links to the area issued before are ended; right and times are those of no link then.</param>
/// <param name="Signature">See <see cref="ILinkIssuer.Signature"/>.</param>
/// <param name="IpRange">As asked for; see <paramref name="IpEnforced"/>.</param>
/// <param name="To">The partner.</param>
/// <param name="By">Who issued or revoked it.</param>
public sealed record LinkEntry(
    int Number, bool Revocation, string Area, LinkRight? Right, string Signature, DateTimeOffset? Start, DateTimeOffset? Expiry, string? IpRange,
    bool IpEnforced, string To, string By, DateTimeOffset At);

/// <summary>A link on its way to the partner. Deliberately no record: printed, it does not show the link.</summary>
public sealed class IssuedLink(LinkPurpose purpose, LinkEntry entry, Uri link)
{
    public LinkPurpose Purpose => purpose;

    public LinkEntry Entry => entry;

    /// <summary>A secret: whoever has it may do what it allows. Shown once, kept nowhere.</summary>
    public Uri Link => link;
}

/// <summary>An exchange that waits for files, with the links for its partner.</summary>
public sealed record Invitation(Exchange Exchange, IssuedLink Upload, IssuedLink Results)
{
    /// <summary>For the owner: what the model's file can tell of single training cases; null where nothing.</summary>
    public string? Discloses { get; init; }
}
