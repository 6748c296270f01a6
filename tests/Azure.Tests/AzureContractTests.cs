using Azure.Storage.Blobs;
using RadiogenomicsCloud.AzureStorage;
using RadiogenomicsCloud.AzureStorage.Store;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Ports;
using RadiogenomicsCloud.Service.Tests.Contract;
using RadiogenomicsCloud.Tests.Azurite;

namespace RadiogenomicsCloud.Azure.Tests;

public sealed class AzureFileAreaContractTests : FileAreaContract
{
    protected override Task<IServiceStorage> OpenStorage() => OnAzurite.Open();
}

public sealed class AzureRecordStoreContractTests : RecordStoreContract
{
    protected override Task<IServiceStorage> OpenStorage() => OnAzurite.Open();
}

public sealed class AzureOutcomeStoreContractTests : OutcomeStoreContract
{
    protected override Task<IServiceStorage> OpenStorage() => OnAzurite.Open();
}

public sealed class AzureLeaseContractTests : LeaseContract
{
    protected override Task<IServiceStorage> OpenStorage() => OnAzurite.Open();
}

public sealed class AzureArtifactStoreContractTests : ArtifactStoreContract
{
    protected override Task<IServiceStorage> OpenStorage() => OnAzurite.Open();

    protected override async Task Damage(ArtifactRef reference, bool cut)
    {
        var server = await AzuriteServer.Require();
        var blob = new BlobContainerClient(server.ConnectionString, AreaNames.Store).GetBlobClient(BlobArtifactStore.PathOf(reference));
        var bytes = (await blob.DownloadContentAsync(Cancel)).Value.Content.ToArray();
        bytes[0] ^= 1;
        await blob.UploadAsync(new BinaryData(cut ? bytes[..^1] : bytes), overwrite: true, Cancel);
    }
}

/// <summary>
/// Links by stored policies, at the contract's hour. Those by user delegation are tried in <see cref="Links.DelegationLinkTests"/>: the emulator
/// has no management plane to revoke them at.
/// </summary>
public sealed class AzureLinkContractTests : LinkContract
{
    protected override async Task<IServiceStorage> OpenStorage() => await OnAzurite.Open(new() { Time = new TenOClock() });

    private sealed class TenOClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);
    }
}

/// <summary>The storage of this project's tests.</summary>
internal static class OnAzurite
{
    public static async Task<IServiceStorage> Open() => await Open(new AzureStorageOptions());

    public static async Task<AzureServiceStorage> Open(AzureStorageOptions options)
    {
        var server = await AzuriteServer.Require();
        return AzureServiceStorage.Open(server.ConnectionString, options);
    }
}
