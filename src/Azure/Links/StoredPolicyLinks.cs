using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Sas;
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

    /// <summary>The shortest there is; the tries outlast that of a killed process.</summary>
    private static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan TryEvery = TimeSpan.FromMilliseconds(100);
    private const int MostTries = 250;

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
        return Alone(
            container,
            async mine =>
            {
                var stored = (await container.GetAccessPolicyAsync(mine, cancel).ConfigureAwait(false)).Value.SignedIdentifiers;
                var alive = stored.Where(p => p.AccessPolicy?.PolicyExpiresOn > now).ToList();
                if (alive.Count >= MostPolicies)
                    throw new BadInputException("link.too_many", $"Area '{request.Area}' has {MostPolicies} links that are alive: revoke them, or wait until one expires.");
                alive.Add(new BlobSignedIdentifier
                {
                    Id = RandomNumberGenerator.GetHexString(32, lowercase: true),
                    AccessPolicy = new BlobAccessPolicy { PolicyStartsOn = request.Start, PolicyExpiresOn = request.Expiry, Permissions = sas.Permissions },
                });
                await container.SetAccessPolicyAsync(permissions: alive, conditions: mine, cancellationToken: cancel).ConfigureAwait(false);
                var signed = new BlobSasBuilder
                {
                    BlobContainerName = request.Area,
                    Resource = "c",
                    Identifier = alive[^1].Id,
                    Protocol = sas.Protocol,
                    IPRange = sas.IPRange,
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
        return Alone(
            container,
            async mine =>
            {
                await container.SetAccessPolicyAsync(permissions: [], conditions: mine, cancellationToken: cancel).ConfigureAwait(false);
                return true;
            },
            $"the links to area '{area}'",
            cancel);
    }

    /// <summary>
    /// Policies are written all at once and without a version: who issues or revokes at the same time, here or in another process, waits, so that no
    /// new link is lost and none that was revoked comes back.
    /// </summary>
    private Task<T> Alone<T>(BlobContainerClient container, Func<BlobRequestConditions, Task<T>> change, string what, CancellationToken cancel) => AzureErrors.Translate(
        async () =>
        {
            var lease = container.GetBlobLeaseClient();
            for (var attempt = 1; !await TryTake(lease, attempt < MostTries, cancel).ConfigureAwait(false); attempt++)
                await Task.Delay(TryEvery, time, cancel).ConfigureAwait(false);
            try
            {
                return await change(new BlobRequestConditions { LeaseId = lease.LeaseId }).ConfigureAwait(false);
            }
            finally
            {
                await Release(lease).ConfigureAwait(false);
            }
        },
        what,
        cancel);

    private static async Task<bool> TryTake(BlobLeaseClient lease, bool again, CancellationToken cancel)
    {
        try
        {
            await lease.AcquireAsync(LeaseLength, cancellationToken: cancel).ConfigureAwait(false);
            return true;
        }
        catch (RequestFailedException failed) when (again && failed is { Status: 409, ErrorCode: "LeaseAlreadyPresent" })
        {
            return false;
        }
    }

    private static async Task Release(BlobLeaseClient lease)
    {
        try
        {
            await lease.ReleaseAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (AzureErrors.IsOfStorage(exception, CancellationToken.None))
        {
            // It ends by itself.
        }
    }
}
