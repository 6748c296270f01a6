using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using RadiogenomicsCloud.AzureStorage.Files;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.AzureStorage.Links;

/// <summary>
/// Links signed with a key that the account lends to our identity: no secret of the account is involved. A link can do no more than the
/// identity itself may do when the link is used.
/// </summary>
/// <remarks>
/// Such a link has no policy of its own that could be removed. What ends it before its expiry: revoking all user-delegation keys of the
/// account, which ends the links of every area (<see cref="Revoke"/> does that, where the account's resource id is known); taking from the
/// identity its role on the container; or removing the container for good.
/// </remarks>
internal sealed class DelegationLinks(BlobServiceClient service, BlobAreas areas, TimeProvider time, DelegationKeys? keys) : ILinkIssuer
{
    public string Signature => "user-delegation";

    public LinkRight UploadRight => service.Uri.IsLoopback ? LinkRight.CreateOrOverwrite : LinkRight.Create; // The emulator asks for both.

    public bool EnforcesIpRange => !service.Uri.IsLoopback;

    public Task<Uri> Issue(LinkRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        var container = areas.Container(request.Area);
        var sas = SasLinks.Builder(request, container.Uri, time.GetUtcNow());
        var options = new BlobGetUserDelegationKeyOptions(request.Expiry) { StartsOn = request.Start };
        return AzureErrors.Translate(
            async () =>
            {
                var key = (await service.GetUserDelegationKeyAsync(options, cancel).ConfigureAwait(false)).Value;
                return new BlobUriBuilder(container.Uri) { Sas = sas.ToSasQueryParameters(key, service.AccountName) }.ToUri();
            },
            $"a link to area '{request.Area}'",
            cancel);
    }

    /// <summary>Revokes every user-delegation key of the account, and so the links of all areas: the ledger says which to issue anew.</summary>
    /// <exception cref="StorageException"><c>link.not_revocable</c>: the account's resource id is not known here.</exception>
    public Task Revoke(string area, CancellationToken cancel) => keys is null
        ? throw new StorageException(
            "link.not_revocable",
            $"The links to area '{area}' cannot be revoked from here: set the storage account's resource id, revoke the user delegation keys in the portal, or remove the area.",
            area)
        : keys.RevokeAll(cancel);
}
