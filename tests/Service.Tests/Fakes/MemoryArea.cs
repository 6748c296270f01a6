using System.Globalization;
using System.Runtime.CompilerServices;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Tests.Fakes;

/// <summary>Files in memory; every write is a new version.</summary>
internal sealed class MemoryArea(string name) : IFileArea
{
    private readonly SortedDictionary<string, (byte[] Content, long Version)> files = new(StringComparer.Ordinal);
    private long versions;

    public string Name => name;

    /// <summary>Opened so far, to count what was read.</summary>
    public List<string> Opened { get; } = [];

    public void Put(string path, byte[] content)
    {
        lock (files)
            files[path] = (content, ++versions);
    }

    public byte[] Get(string path)
    {
        lock (files)
            return files[path].Content;
    }

    public async IAsyncEnumerable<StoredFile> List(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        List<StoredFile> found;
        lock (files)
            found = [.. files.Where(f => f.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(f => Describe(f.Key, f.Value))];
        foreach (var file in found)
        {
            await Task.CompletedTask;
            yield return file;
        }
    }

    public async IAsyncEnumerable<string> ListFolders(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var file in List(prefix, cancel))
        {
            if (file.Path.IndexOf('/', prefix.Length) is > 0 and var slash)
                names.Add(file.Path[prefix.Length..slash]);
        }
        foreach (var found in names)
            yield return found;
    }

    public Task<StoredFile?> Find(string path, CancellationToken cancel)
    {
        lock (files)
            return Task.FromResult(files.TryGetValue(path, out var file) ? Describe(path, file) : null);
    }

    public Task<Stream?> Open(string path, string? version, CancellationToken cancel)
    {
        lock (files)
        {
            Opened.Add(path);
            if (!files.TryGetValue(path, out var file))
                return Task.FromResult<Stream?>(null);
            return version is not null && version != Text(file.Version)
                ? throw CohortFile.Changed(path)
                : Task.FromResult<Stream?>(new MemoryStream(file.Content, writable: false));
        }
    }

    public async Task<StoredFile?> Write(string path, Func<Stream, Task> write, WriteCondition condition, CancellationToken cancel)
    {
        using var content = new MemoryStream();
        await write(content);
        lock (files)
        {
            var exists = files.TryGetValue(path, out var old);
            if ((condition.MustBeAbsent && exists) || (condition.Version is { } expected && (!exists || Text(old.Version) != expected)))
                return null;
            files[path] = (content.ToArray(), ++versions);
            return Describe(path, files[path]);
        }
    }

    public Task<bool> Delete(string path, CancellationToken cancel)
    {
        lock (files)
            return Task.FromResult(files.Remove(path));
    }

    private static StoredFile Describe(string path, (byte[] Content, long Version) file) =>
        new(path, file.Content.Length, Text(file.Version), DateTimeOffset.UnixEpoch.AddSeconds(file.Version));

    private static string Text(long version) => "v" + version.ToString(CultureInfo.InvariantCulture);
}
