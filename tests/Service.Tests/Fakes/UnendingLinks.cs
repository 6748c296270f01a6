using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Tests.Fakes;

/// <summary>A storage whose links cannot be ended before their time, as those of user delegation where the account's id is not known.</summary>
internal sealed class UnendingLinks(IServiceStorage storage) : IServiceStorage, ILinkIssuer
{
    public const string Code = "link.not_revocable";

    public string Description => storage.Description;

    public IFileAreas Files => storage.Files;

    public IRecordStore Records => storage.Records;

    public IArtifactStore Artifacts => storage.Artifacts;

    public IOutcomeStore Outcomes => storage.Outcomes;

    public IRunLease Leases => storage.Leases;

    public ILinkIssuer Links => this;

    public string TemporaryFolder => storage.TemporaryFolder;

    public string Signature => storage.Links.Signature;

    public LinkRight UploadRight => storage.Links.UploadRight;

    public bool EnforcesIpRange => storage.Links.EnforcesIpRange;

    public ILedger Ledger(string runId) => storage.Ledger(runId);

    public Task Prepare(CancellationToken cancel) => storage.Prepare(cancel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public Task<Uri> Issue(LinkRequest request, CancellationToken cancel) => storage.Links.Issue(request, cancel);

    public Task Revoke(string area, CancellationToken cancel) => throw new StorageException(Code, "Not from here.", area);
}
