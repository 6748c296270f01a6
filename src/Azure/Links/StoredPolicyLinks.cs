using System.Security.Cryptography;
using Azure.Storage.Sas;
using Azure.Storage.Blobs.Models;
using RadiogenomicsCloud.AzureStorage.Files;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.AzureStorage.Links;

/// <summary>
/// Links signed with the key of the account, for development: each names a policy that is stored with the container and says what it allows
/// and until when; without its policy a link is void. A container has at most five policies.
/// </summary>
internal sealed class StoredPolicyLinks(BlobAreas areas, TimeProvider time) : ILinkIssuer
{
    private const int MostPolicies = 5;

    public string Signature => "stored-policy";

    public LinkRight UploadRight => areas.IsEmulator ? LinkRight.CreateOrOverwrite : LinkRight.Create;

    public bool EnforcesIpRange => !areas.IsEmulator;

    /// <exception cref="BadInputException">As the port says; also <c>link.too_many</c>: five links to the area are alive.</exception>
    public Task<Uri> Issue(LinkRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        var container = areas.Container(request.Area);
        var now = time.GetUtcNow();
        var sas = SasLinks.Builder(request, container.Uri, now);
        return AzureErrors.Translate(
            async () =>
            {
                var stored = (await container.GetAccessPolicyAsync(cancellationToken: cancel).ConfigureAwait(false)).Value.SignedIdentifiers;
                var alive = stored.Where(p => p.AccessPolicy?.PolicyExpiresOn > now).ToList();
                if (alive.Count >= MostPolicies)
                    throw new BadInputException("link.too_many", $"Area '{request.Area}' has {MostPolicies} links that are alive: revoke them, or wait until one expires.");
                alive.Add(new BlobSignedIdentifier
                {
                    Id = RandomNumberGenerator.GetHexString(32, lowercase: true),
                    AccessPolicy = new BlobAccessPolicy { PolicyStartsOn = request.Start, PolicyExpiresOn = request.Expiry, Permissions = sas.Permissions },
                });
                await container.SetAccessPolicyAsync(permissions: alive, cancellationToken: cancel).ConfigureAwait(false);
                var signed = new BlobSasBuilder
                {
                    BlobContainerName = request.Area, Resource = "c", Identifier = alive[^1].Id, Protocol = sas.Protocol, IPRange = sas.IPRange,
                };
                return container.GenerateSasUri(signed);
            },
            $"a link to area '{request.Area}'",
            cancel);
    }

    /// <summary>Removes the policies of the container; the service notices within half a minute.</summary>
    public Task Revoke(string area, CancellationToken cancel)
    {
        var container = areas.Container(area);
        return AzureErrors.Translate(
            async () =>
            {
                await container.SetAccessPolicyAsync(permissions: [], cancellationToken: cancel).ConfigureAwait(false);
            },
            $"the links to area '{area}'",
            cancel);
    }
}
