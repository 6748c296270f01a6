using System.Text.Json;

namespace RadiogenomicsCloud.Pipeline.Storage;

/// <summary>
/// Outcomes as files <c>root/ab/cdef….json</c>, each with the hash of its content. A file that is cut short or altered is not found.
/// Written in the temporary area, flushed to the disk and moved without overwriting: the first one stands.
/// </summary>
public sealed class FolderOutcomeStore(string root, TemporaryArea temporary) : IOutcomeStore
{
    private const string Extension = ".json";
    private const int MaximumBytes = 4 * Payload.MaximumBytes;

    public Task<JsonElement?> Find(string key, CancellationToken cancel)
    {
        var path = PathOf(root, key);
        return StorageTrouble.Translate(() => Read(path, cancel), path);
    }

    public async Task<JsonElement> Keep(string key, JsonElement outcome, CancellationToken cancel)
    {
        var path = PathOf(root, key);
        var file = temporary.NewFile();
        try
        {
            return await StorageTrouble.Translate(() => KeepFirst(file, path, outcome, cancel), path).ConfigureAwait(false);
        }
        finally
        {
            StorageTrouble.DeleteFileIfPossible(file);
        }
    }

    public Task Drop(string key, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var path = PathOf(root, key);
        StorageTrouble.Translate(
            () =>
            {
                if (File.Exists(path))
                    File.Delete(path);
            },
            path);
        return Task.CompletedTask;
    }

    internal static string PathOf(string root, string key) => ShardedPath.Of(root, key, Extension);

    internal static IEnumerable<(string Name, string Path)> All(string root) => ShardedPath.All(root, Extension);

    /// <summary>The outcome in a file; null if there is none or it is damaged.</summary>
    internal static async Task<JsonElement?> Read(string path, CancellationToken cancel)
    {
        try
        {
            if (new FileInfo(path) is not { Exists: true, Length: <= MaximumBytes })
                return null;
            var kept = JsonSerializer.Deserialize<Kept>(await File.ReadAllBytesAsync(path, cancel).ConfigureAwait(false), CanonicalJson.Options);
            return kept is not null && kept.Outcome.ValueKind == JsonValueKind.Object && kept.Sha256 == HashOf(kept.Outcome)
                ? kept.Outcome
                : null;
        }
        catch (Exception exception) when (exception is JsonException or FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static string HashOf(JsonElement outcome) => CanonicalJson.Hex(CanonicalJson.Serialize(outcome));

    private static async Task<JsonElement> KeepFirst(string file, string path, JsonElement outcome, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None);
        await using (stream.ConfigureAwait(false))
        {
            await stream.WriteAsync(CanonicalJson.Serialize(new Kept(HashOf(outcome), outcome)), cancel).ConfigureAwait(false);
            stream.Flush(flushToDisk: true);
        }
        try
        {
            File.Move(file, path, overwrite: false);
            return outcome;
        }
        catch (IOException) when (File.Exists(path))
        {
            if (await Read(path, cancel).ConfigureAwait(false) is { } standing)
                return standing;
            File.Move(file, path, overwrite: true); // What stands there is damaged.
            return outcome;
        }
    }

    private sealed record Kept(string Sha256, JsonElement Outcome);
}
