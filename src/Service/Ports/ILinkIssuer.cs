namespace RadiogenomicsCloud.Service.Ports;

/// <summary>What the bearer of a link may do, and nothing else: a link never allows to list or to delete.</summary>
public enum LinkRight
{
    /// <summary>Make files that are not there yet.</summary>
    Create,

    /// <summary>Make files, and overwrite. Only for clients and emulators that cannot upload in blocks with <see cref="Create"/> alone.</summary>
    CreateOrOverwrite,

    /// <summary>Read files whose names are known.</summary>
    Read,
}

/// <summary>A link to a whole area.</summary>
/// <param name="Start">Some minutes in the past: clocks differ.</param>
/// <param name="Expiry">At most <see cref="LongestLife"/> after the start.</param>
/// <param name="IpRange">One IPv4 address, or two with a hyphen; null allows any.</param>
public sealed record LinkRequest(string Area, LinkRight Right, DateTimeOffset Start, DateTimeOffset Expiry, string? IpRange)
{
    /// <summary>A user-delegation key lives no longer.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(7);
}

/// <summary>Makes and revokes links to areas that work for people without an account.</summary>
public interface ILinkIssuer
{
    /// <summary>Names how links are signed, for the ledger: <c>user-delegation</c>, <c>stored-policy</c>, <c>service-token</c>.</summary>
    string Signature { get; }

    /// <summary>The right that an upload in blocks needs here.</summary>
    LinkRight UploadRight { get; }

    /// <summary>Whether <see cref="LinkRequest.IpRange"/> is enforced.</summary>
    bool EnforcesIpRange { get; }

    /// <exception cref="BadInputException">The life is longer than <see cref="LinkRequest.LongestLife"/>, or the range is not one.</exception>
    Task<Uri> Issue(LinkRequest request, CancellationToken cancel);

    /// <summary>Ends every link to an area. With user delegation that means the delegating identity's key: see the implementation.</summary>
    Task Revoke(string area, CancellationToken cancel);
}
