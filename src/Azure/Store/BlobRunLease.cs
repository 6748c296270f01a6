using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Logging;
using RadiogenomicsCloud.AzureStorage.Files;
using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.AzureStorage.Store;

/// <summary>Leases on runs, as leases of a minute on empty blobs <c>leases/RUN</c>. That of a killed process ends by itself.</summary>
internal sealed class BlobRunLease(BlobContainerClient container, TimeProvider time, ILogger logger) : IRunLease
{
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(60);
    public static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(20);

    public async Task<IAsyncDisposable?> TryTake(string runId, CancellationToken cancel)
    {
        var path = PathOf(runId);
        var blob = container.GetBlobClient(BlobPath.Check(path));
        var lease = blob.GetBlobLeaseClient();
        var taken = await AzureErrors.Translate(() => Acquire(blob, lease, cancel), $"the lease of '{runId}'", cancel).ConfigureAwait(false);
        return taken ? new HeldLease(lease, runId, time, logger) : null;
    }

    internal static string PathOf(string runId) => "leases/" + runId;

    private static async Task<bool> Acquire(BlobClient blob, BlobLeaseClient lease, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                await lease.AcquireAsync(Length, cancellationToken: cancel).ConfigureAwait(false);
                return true;
            }
            catch (RequestFailedException failed) when (failed is { Status: 409, ErrorCode: "LeaseAlreadyPresent" or "LeaseIsBreakingAndCannotBeAcquired" })
            {
                return false;
            }
            catch (RequestFailedException failed) when (AzureErrors.IsNoFile(failed))
            {
                await MakeEmpty(blob, cancel).ConfigureAwait(false);
            }
        }
    }

    private static async Task MakeEmpty(BlobClient blob, CancellationToken cancel)
    {
        try
        {
            var absent = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
            await blob.UploadAsync(BinaryData.Empty, absent, cancel).ConfigureAwait(false);
        }
        catch (RequestFailedException failed) when (AzureErrors.IsCondition(failed) || failed.Status == 412)
        {
            // Another host has just made it.
        }
    }
}
