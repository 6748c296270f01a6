using System.Text;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Tests.Contract;

/// <summary>
/// What every storage must do. A class below states one port; a project that has a storage derives from each and says how to open it.
/// Only what is public is used, so that another project can link these files.
/// </summary>
public abstract class StorageContract : IAsyncLifetime
{
    private readonly List<IServiceStorage> opened = [];

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>One storage, prepared.</summary>
    protected IServiceStorage Storage { get; private set; } = null!;

    /// <summary>A name that no other test has: 3 to 40 of a-z, 0-9 and hyphens.</summary>
    protected string Unique { get; } = "t-" + Guid.NewGuid().ToString("n")[..16];

    /// <summary>Opens the storage; called again, the same one by another handle, as another process would.</summary>
    protected abstract Task<IServiceStorage> OpenStorage();

    public async ValueTask InitializeAsync()
    {
        Storage = await OpenAnother();
        await Storage.Prepare(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var storage in opened)
            await storage.DisposeAsync();
        await CleanUp();
        GC.SuppressFinalize(this);
    }

    /// <summary>Called when every handle is closed.</summary>
    protected virtual Task CleanUp() => Task.CompletedTask;

    protected async Task<IServiceStorage> OpenAnother()
    {
        var storage = await OpenStorage();
        opened.Add(storage);
        return storage;
    }

    protected async Task<IFileArea> NewArea()
    {
        await Storage.Files.Create(Unique, Cancel);
        return Storage.Files.Area(Unique);
    }

    protected static Func<Stream, Task> Text(string text) => stream => stream.WriteAsync(Encoding.UTF8.GetBytes(text), Cancel).AsTask();

    protected static Task<StoredFile?> Write(IFileArea area, string path, string text, WriteCondition? condition = null)
    {
        ArgumentNullException.ThrowIfNull(area);
        return area.Write(path, Text(text), condition ?? WriteCondition.None, Cancel);
    }

    protected static async Task<string?> Read(IFileArea area, string path, string? version = null)
    {
        ArgumentNullException.ThrowIfNull(area);
        await using var stream = await area.Open(path, version, Cancel);
        return stream is null ? null : await new StreamReader(stream).ReadToEndAsync(Cancel);
    }

    protected static async Task<List<T>> ToList<T>(IAsyncEnumerable<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        var list = new List<T>();
        await foreach (var item in items.WithCancellation(Cancel))
            list.Add(item);
        return list;
    }
}
