using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Folders;
using RadiogenomicsCloud.Service.Ports;
using RadiogenomicsCloud.Service.Tests.Contract;

namespace RadiogenomicsCloud.Service.Tests.Folders;

public sealed class FolderFileAreaContractTests : FileAreaContract
{
    private readonly TestFolder folder = new();

    protected override Task<IServiceStorage> OpenStorage() => FolderContract.Open(folder);

    protected override Task CleanUp() => FolderContract.Remove(folder);
}

public sealed class FolderRecordStoreContractTests : RecordStoreContract
{
    private readonly TestFolder folder = new();

    protected override Task<IServiceStorage> OpenStorage() => FolderContract.Open(folder);

    protected override Task CleanUp() => FolderContract.Remove(folder);
}

public sealed class FolderArtifactStoreContractTests : ArtifactStoreContract
{
    private readonly TestFolder folder = new();

    protected override Task<IServiceStorage> OpenStorage() => FolderContract.Open(folder);

    protected override Task CleanUp() => FolderContract.Remove(folder);

    protected override async Task Damage(ArtifactRef reference, bool cut)
    {
        var file = folder.At($"store/artifacts/{reference.Sha256[..2]}/{reference.Sha256[2..]}");
        var bytes = await File.ReadAllBytesAsync(file, Cancel);
        bytes[0] ^= 1;
        await File.WriteAllBytesAsync(file, cut ? bytes[..^1] : bytes, Cancel);
    }
}

public sealed class FolderOutcomeStoreContractTests : OutcomeStoreContract
{
    private readonly TestFolder folder = new();

    protected override Task<IServiceStorage> OpenStorage() => FolderContract.Open(folder);

    protected override Task CleanUp() => FolderContract.Remove(folder);
}

public sealed class FolderLeaseContractTests : LeaseContract
{
    private readonly TestFolder folder = new();

    protected override Task<IServiceStorage> OpenStorage() => FolderContract.Open(folder);

    protected override Task CleanUp() => FolderContract.Remove(folder);
}

public sealed class FolderLinkContractTests : LinkContract
{
    private readonly TestFolder folder = new();

    protected override async Task<IServiceStorage> OpenStorage()
    {
        var storage = (FolderServiceStorage)await FolderContract.Open(folder);
        storage.FolderLinks.ServeAt(new Uri("http://localhost:5080"));
        return storage;
    }

    protected override Task CleanUp() => FolderContract.Remove(folder);
}

internal static class FolderContract
{
    public static Task<IServiceStorage> Open(TestFolder folder) =>
        Task.FromResult<IServiceStorage>(FolderServiceStorage.Open(folder.Path, TimeProvider.System, freeBytes: 0));

    public static Task Remove(TestFolder folder)
    {
        folder.Dispose();
        return Task.CompletedTask;
    }
}
