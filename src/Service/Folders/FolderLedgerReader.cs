using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using RadiogenomicsCloud.Pipeline.Storage;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Folders;

/// <summary>Reads what a <see cref="FolderLedger"/> wrote; a line that a killed process left half is skipped.</summary>
internal static class FolderLedgerReader
{
    public static async IAsyncEnumerable<LedgerEntry> Read(string path, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var reader = StorageTrouble.Translate(() => Open(path), path);
        if (reader is null)
            yield break;
        while (await StorageTrouble.Translate(async () => await reader.ReadLineAsync(cancel).ConfigureAwait(false), path).ConfigureAwait(false) is { } line)
        {
            if (Entry(line) is { } entry)
                yield return entry;
        }
    }

    private static StreamReader? Open(string path) =>
        File.Exists(path) ? new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)) : null;

    private static LedgerEntry? Entry(string line)
    {
        try
        {
            var facts = JsonSerializer.Deserialize<Dictionary<string, string>>(line);
            return facts is not null && facts.Remove("time", out var time) && facts.Remove("event", out var name)
                && DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at)
                ? new(at, name, facts)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
