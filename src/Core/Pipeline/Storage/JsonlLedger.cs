using System.Text.Json;

namespace RadiogenomicsCloud.Pipeline.Storage;

/// <summary>The history of a run, one JSON object a line, appended to one file. The only file of a run that holds times.</summary>
public sealed class JsonlLedger : ILedger, IAsyncDisposable
{
    private readonly FileStream stream;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim turn = new(1);

    /// <param name="path">The file; its folder is made if need be.</param>
    /// <exception cref="StorageException">The file cannot be written.</exception>
    public JsonlLedger(string path, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        this.time = time;
        stream = StorageTrouble.Translate(
            () =>
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
                return new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
            },
            path);
    }

    public async Task Append(string eventName, IReadOnlyDictionary<string, string> facts, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var line = new Dictionary<string, string> { ["time"] = time.GetUtcNow().ToString("O"), ["event"] = eventName };
        foreach (var (name, value) in facts)
            line[name] = value;
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(line, CanonicalJson.Options), (byte)'\n'];
        await turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            await StorageTrouble.Translate(
                async () =>
                {
                    await stream.WriteAsync(bytes, CancellationToken.None).ConfigureAwait(false);
                    await stream.FlushAsync(CancellationToken.None).ConfigureAwait(false);
                    return true;
                },
                stream.Name).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync().ConfigureAwait(false);
        turn.Dispose();
    }
}
