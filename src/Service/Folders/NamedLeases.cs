using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Service.Folders;

/// <summary>Leases whose names may hold whatever the name of a record may, on leases whose names are names of files.</summary>
internal sealed class NamedLeases(IRunLease files) : IRunLease
{
    public Task<IAsyncDisposable?> TryTake(string runId, CancellationToken cancel) => files.TryTake(RecordFileName.Encode(runId), cancel);
}
