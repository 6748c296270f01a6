using System.Text.Json;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Storage;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Folders;

/// <summary>The history of a run, one JSON object a line, in one file that several processes append to.</summary>
internal sealed class FolderLedger(string path, PathLocks locks, TimeProvider time) : ILedger
{
    public async Task Append(string eventName, IReadOnlyDictionary<string, string> facts, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var line = new Dictionary<string, string> { ["time"] = time.GetUtcNow().ToString("O"), ["event"] = eventName };
        foreach (var (name, value) in facts)
            line[name] = value;
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(line, CanonicalJson.Options), (byte)'\n'];
        await StorageTrouble.Translate(
            async () =>
            {
                using var held = await locks.Take(AreaNames.Store, Path.GetFileName(path), cancel).ConfigureAwait(false);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                using var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
                var end = RandomAccess.GetLength(file);
                if (!EndsWithLine(file, end))
                    RandomAccess.Write(file, "\n"u8, end++); // A killed process left half a line: it must not swallow this one.
                RandomAccess.Write(file, bytes, end);
                return true;
            },
            path).ConfigureAwait(false);
    }

    private static bool EndsWithLine(Microsoft.Win32.SafeHandles.SafeFileHandle file, long end)
    {
        Span<byte> last = stackalloc byte[1];
        return end == 0 || (RandomAccess.Read(file, last, end - 1) == 1 && last[0] == '\n');
    }
}
