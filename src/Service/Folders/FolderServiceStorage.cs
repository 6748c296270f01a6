using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Storage;
using RadiogenomicsCloud.Service.Links;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Folders;

/// <summary>
/// All of a service in one folder: areas are its sub-folders (<c>cohorts</c>, <c>results</c>, <c>x-…</c>), <c>store</c> is what the
/// pipeline keeps, <c>records</c> the records. Several processes may use one folder at the same time.
/// </summary>
/// <remarks>
/// A cohort may be copied by hand into <c>cohorts/NAME</c>; an empty file <c>_COMPLETE</c> made there last says that it is all there.
/// </remarks>
public sealed class FolderServiceStorage : IServiceStorage, ILedgerReader
{
    internal const string RecordFolder = "records";
    internal static readonly string UploadsBelow = Path.Combine("store", "uploads");
    private readonly LocalStore store;
    private readonly string folder;
    private readonly TimeProvider time;
    private readonly PathLocks locks;

    private FolderServiceStorage(LocalStore store, TimeProvider time)
    {
        (this.store, folder, this.time) = (store, store.Folder, time);
        var lockFolder = Path.Combine(folder, "store", "locks");
        StorageTrouble.Translate(() => Directory.CreateDirectory(lockFolder), lockFolder);
        locks = new PathLocks(lockFolder);
        Files = new FolderFileAreas(folder, Path.GetFileName(store.TemporaryFolder), locks, time);
        Records = new FolderRecordStore(Path.Combine(folder, RecordFolder));
        Leases = new NamedLeases(store.Leases);
        FolderLinks = new FolderLinkIssuer(Records, new LinkKey(Path.Combine(folder, RecordFolder, ".link-key")), time);
    }

    /// <summary>The folder's full path.</summary>
    public string Description => folder;

    public IFileAreas Files { get; }

    public IRecordStore Records { get; }

    public IArtifactStore Artifacts => store.Artifacts;

    public IOutcomeStore Outcomes => store.Outcomes;

    public IRunLease Leases { get; }

    public ILinkIssuer Links => FolderLinks;

    /// <summary>The same as <see cref="Links"/>; a host that serves links tells it where.</summary>
    public FolderLinkIssuer FolderLinks { get; }

    public string TemporaryFolder => store.TemporaryFolder;

    /// <summary>Where blocks lie that came by links and are part of no file yet.</summary>
    internal string UploadFolder => Path.Combine(folder, UploadsBelow);

    /// <summary>Makes the folder if need be, looks at the free disk and sweeps temporary files that killed processes left.</summary>
    /// <param name="freeBytes">Free disk to ask for.</param>
    /// <exception cref="StorageException">The folder cannot be written, or the disk is too full.</exception>
    public static FolderServiceStorage Open(string folder, TimeProvider time, long freeBytes = LocalStore.DefaultFreeBytes)
    {
        ArgumentNullException.ThrowIfNull(time);
        MakePrivate(folder);
        var store = LocalStore.Open(folder, freeBytes);
        try
        {
            return new FolderServiceStorage(store, time);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>A folder that is made here is its owner's alone: patients' data come into it. One that is there stays as it was set up.</summary>
    private static void MakePrivate(string folder) => StorageTrouble.Translate(
        () =>
        {
            if (!OperatingSystem.IsWindows() && !Directory.Exists(folder))
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        },
        folder);

    public ILedger Ledger(string runId) =>
        new FolderLedger(LedgerFile(runId), locks, time);

    public IAsyncEnumerable<LedgerEntry> ReadLedger(string runId, CancellationToken cancel) => FolderLedgerReader.Read(LedgerFile(runId), cancel);

    public async Task Prepare(CancellationToken cancel)
    {
        foreach (var area in new[] { AreaNames.Cohorts, AreaNames.Results, AreaNames.Store })
            await Files.Create(area, cancel).ConfigureAwait(false);
        var records = Path.Combine(folder, RecordFolder);
        StorageTrouble.Translate(() => Directory.CreateDirectory(records), records);
    }

    public ValueTask DisposeAsync()
    {
        store.Dispose();
        return ValueTask.CompletedTask;
    }

    private string LedgerFile(string runId) => Path.Combine(folder, "store", "ledgers", RecordFileName.Encode(runId) + ".jsonl");
}
