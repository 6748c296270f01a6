using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Service.Ports;

/// <summary>All that a service stands on: one folder, or one storage account.</summary>
public interface IServiceStorage : IAsyncDisposable
{
    /// <summary>For people and logs: a path or an account, never a secret.</summary>
    string Description { get; }

    IFileAreas Files { get; }

    IRecordStore Records { get; }

    IArtifactStore Artifacts { get; }

    IOutcomeStore Outcomes { get; }

    IRunLease Leases { get; }

    ILinkIssuer Links { get; }

    /// <summary>A local folder of this process for what steps write while they run.</summary>
    string TemporaryFolder { get; }

    /// <summary>The history of a run; for people.</summary>
    ILedger Ledger(string runId);

    /// <summary>Makes the areas of <see cref="AreaNames"/> and whatever records need, if they are not there.</summary>
    Task Prepare(CancellationToken cancel);
}
