using System.Text.Json;
using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Service.Folders;

/// <param name="Version">Number of the commit that wrote it.</param>
internal sealed record RecordContent(long Version, JsonElement Value);

/// <summary>Small JSON files that appear whole. The caller holds the lock of the folder when writing.</summary>
internal static class RecordFile
{
    private const int ReadingAttempts = 5;

    /// <summary>Null if there is none.</summary>
    /// <exception cref="StorageException">It is damaged.</exception>
    public static async Task<RecordContent?> Read(string path, CancellationToken cancel)
    {
        var content = await ReadJson<RecordContent>(path, cancel).ConfigureAwait(false);
        return content is null or { Version: > 0, Value.ValueKind: not JsonValueKind.Undefined } ? content : throw Damaged(path, null);
    }

    /// <summary>Writes a record, or removes it where there is no value.</summary>
    public static async Task Apply(string path, JsonElement? value, long version, CancellationToken cancel)
    {
        if (value is { } element)
            await WriteJson(path, new RecordContent(version, element), cancel).ConfigureAwait(false);
        else
            File.Delete(path);
    }

    public static async Task<T?> ReadJson<T>(string path, CancellationToken cancel)
        where T : class
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 4096, FileOptions.Asynchronous);
                await using (stream.ConfigureAwait(false))
                    return await JsonSerializer.DeserializeAsync<T>(stream, CanonicalJson.Options, cancel).ConfigureAwait(false) ?? throw Damaged(path, null);
            }
            catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
            {
                return null;
            }
            catch (JsonException exception)
            {
                throw Damaged(path, exception);
            }
            catch (Exception exception) when (attempt < ReadingAttempts && exception is IOException or UnauthorizedAccessException)
            {
                // Windows refuses a file in the moment that it is replaced.
                await Task.Delay(attempt, cancel).ConfigureAwait(false);
            }
        }
    }

    public static async Task WriteJson<T>(string path, T content, CancellationToken cancel)
    {
        var draft = Path.Combine(Path.GetDirectoryName(path)!, ".draft");
        var stream = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None, 4096, FileOptions.Asynchronous);
        await using (stream.ConfigureAwait(false))
        {
            await JsonSerializer.SerializeAsync(stream, content, CanonicalJson.Options, cancel).ConfigureAwait(false);
            await stream.FlushAsync(cancel).ConfigureAwait(false);
            stream.Flush(flushToDisk: true);
        }
        File.Move(draft, path, overwrite: true);
    }

    private static StorageException Damaged(string path, Exception? inner) =>
        new("records.damaged", $"The record in '{path}' is damaged: put it back from a backup.", path, inner);
}
