using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.AzureStorage.Links;

/// <summary>Where neither an identity nor the key of the account is at hand, no link can be signed.</summary>
internal sealed class NoLinks : ILinkIssuer
{
    public string Signature => "none";

    public LinkRight UploadRight => LinkRight.Create;

    public bool EnforcesIpRange => false;

    public Task<Uri> Issue(LinkRequest request, CancellationToken cancel) => throw Impossible();

    public Task Revoke(string area, CancellationToken cancel) => throw Impossible();

    private static StorageException Impossible() => new(
        "link.no_signature", "The connection to storage is by a shared access signature, which cannot sign links: use an identity or the account's key.");
}
