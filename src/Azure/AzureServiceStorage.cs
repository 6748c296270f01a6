using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging;
using RadiogenomicsCloud.AzureStorage.Files;
using RadiogenomicsCloud.AzureStorage.Links;
using RadiogenomicsCloud.AzureStorage.Records;
using RadiogenomicsCloud.AzureStorage.Store;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Storage;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.AzureStorage;

/// <summary>
/// One storage account: areas are containers; artifacts, outcomes and leases lie in the container <c>store</c>; records and the histories of
/// runs are tables. With an identity links are signed by user delegation, with a connection string by stored policies.
/// </summary>
public sealed class AzureServiceStorage : IServiceStorage, ILedgerReader
{
    private readonly BlobAreas areas;
    private readonly TableServiceClient tables;
    private readonly TimeProvider time;
    private readonly TemporaryArea temporary;

    private AzureServiceStorage(BlobServiceClient blobs, TableServiceClient tables, Func<BlobAreas, ILinkIssuer> links, AzureStorageOptions options)
    {
        this.tables = tables;
        time = options.Time;
        temporary = TemporaryArea.Take(options.TemporaryFolder ?? Path.Combine(Path.GetTempPath(), "radiogenomics-" + Environment.UserName));
        areas = new BlobAreas(blobs);
        Description = blobs.Uri.GetLeftPart(UriPartial.Path);
        Links = links(areas);
        Records = new TableRecordStore(tables.GetTableClient(TableRecordStore.TableName));
        var store = areas.Container(AreaNames.Store);
        var storeArea = new BlobArea(store);
        Artifacts = new BlobArtifactStore(store, storeArea, temporary);
        Outcomes = new BlobOutcomeStore(storeArea);
        Leases = new BlobRunLease(store, time, options.Logging.CreateLogger<AzureServiceStorage>());
    }

    public string Description { get; }

    public IFileAreas Files => areas;

    public IRecordStore Records { get; }

    public IArtifactStore Artifacts { get; }

    public IOutcomeStore Outcomes { get; }

    public IRunLease Leases { get; }

    public ILinkIssuer Links { get; }

    public string TemporaryFolder => temporary.Folder;

    /// <param name="address">A connection string, or <c>https://ACCOUNT.blob.core.windows.net</c> for an identity.</param>
    /// <exception cref="BadInputException">The address is neither.</exception>
    /// <exception cref="StorageException">The temporary folder cannot be written. The network is not asked.</exception>
    public static AzureServiceStorage Open(string address, AzureStorageOptions? options = null) => Open(AzureStorageAddress.Parse(address), options);

    /// <inheritdoc cref="Open(string, AzureStorageOptions?)"/>
    public static AzureServiceStorage Open(AzureStorageAddress address, AzureStorageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        options ??= new AzureStorageOptions();
        var blobOptions = options.Apply(new BlobClientOptions());
        var tableOptions = options.Apply(new TableClientOptions());
        if (address.ConnectionString is { } connection)
        {
            try
            {
                var byKey = new BlobServiceClient(connection, blobOptions);
                return new(
                    byKey, new TableServiceClient(connection, tableOptions),
                    areas => byKey.CanGenerateAccountSasUri ? new StoredPolicyLinks(areas, options.Time) : new NoLinks(), options);
            }
            catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException)
            {
                throw new BadInputException(
                    "storage.address", "The connection string cannot be read: copy it again from the account's access keys.", inner: exception);
            }
        }
        var credential = options.CredentialOrDefault();
        var blobs = new BlobServiceClient(address.Blobs, credential, blobOptions);
        var keys = options.AccountResourceId is { Length: > 0 } account
            ? new DelegationKeys(account, credential, options.Apply(new ManagementOptions()))
            : null;
        return new(
            blobs, new TableServiceClient(address.Tables, credential, tableOptions),
            areas => new DelegationLinks(blobs, areas, options.Time, keys), options);
    }

    public ILedger Ledger(string runId) => new TableLedger(tables.GetTableClient(TableLedger.TableName), runId, time);

    public IAsyncEnumerable<LedgerEntry> ReadLedger(string runId, CancellationToken cancel) =>
        TableLedgerReader.Read(tables.GetTableClient(TableLedger.TableName), runId, cancel);

    public async Task Prepare(CancellationToken cancel)
    {
        foreach (var area in new[] { AreaNames.Cohorts, AreaNames.Results, AreaNames.Store })
            await areas.Create(area, cancel).ConfigureAwait(false);
        foreach (var table in new[] { TableRecordStore.TableName, TableLedger.TableName })
        {
            await AzureErrors.Translate(
                async () =>
                {
                    await tables.CreateTableIfNotExistsAsync(table, cancel).ConfigureAwait(false);
                },
                $"table '{table}'",
                cancel).ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync()
    {
        temporary.Dispose();
        return ValueTask.CompletedTask;
    }

    private sealed class ManagementOptions : ClientOptions
    {
    }
}
