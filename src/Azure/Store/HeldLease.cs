using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Logging;

namespace RadiogenomicsCloud.AzureStorage.Store;

/// <summary>A lease, renewed until it is disposed. One that is lost is noted; the work goes on, since everything that it writes is put conditionally.</summary>
internal sealed partial class HeldLease : IAsyncDisposable
{
    private readonly BlobLeaseClient lease;
    private readonly string runId;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly CancellationTokenSource stop = new();
    private readonly Task renewing;
    private bool disposed;

    public HeldLease(BlobLeaseClient lease, string runId, TimeProvider time, ILogger logger)
    {
        this.lease = lease;
        this.runId = runId;
        this.time = time;
        this.logger = logger;
        renewing = Renew();
    }

    /// <summary>Whether the last renewal was refused: another host may hold the lease.</summary>
    public bool IsLost { get; private set; }

    public async ValueTask DisposeAsync()
    {
        if (disposed)
            return;
        disposed = true;
        await stop.CancelAsync().ConfigureAwait(false);
        await renewing.ConfigureAwait(false);
        stop.Dispose();
        try
        {
            await AzureErrors.Translate(() => lease.ReleaseAsync(), $"the lease of '{runId}'", CancellationToken.None).ConfigureAwait(false);
        }
        catch (RadiogenomicsException)
        {
            // It ends by itself within a minute, or another host holds it.
        }
    }

    private async Task Renew()
    {
        try
        {
            while (true)
            {
                await Task.Delay(BlobRunLease.RenewEvery, time, stop.Token).ConfigureAwait(false);
                await RenewOnce().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    private async Task RenewOnce()
    {
        try
        {
            await AzureErrors.Translate(() => lease.RenewAsync(cancellationToken: stop.Token), $"the lease of '{runId}'", stop.Token).ConfigureAwait(false);
            IsLost = false;
        }
        catch (RadiogenomicsException problem)
        {
            // A refusal is final only if another took it: an expired lease that nobody took can still be renewed.
            IsLost = true;
            LogLost(runId, problem.Code);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of run {RunId} could not be renewed ({Code}); the run goes on, another host may do the same work.")]
    private partial void LogLost(string runId, string code);
}
