using System.Globalization;
using System.Text.Json;

namespace RadiogenomicsCloud.Pipeline.Storage;

/// <summary>SHA-256 of cohort files by path and version (modification time and length), kept so that unchanged files are not read again.</summary>
internal static class FileHashCache
{
    /// <summary>Empty where there is no cache or it is damaged: it only saves work.</summary>
    public static Dictionary<string, Entry> Read(string file)
    {
        try
        {
            return File.Exists(file)
                ? JsonSerializer.Deserialize<Dictionary<string, Entry>>(File.ReadAllBytes(file), CanonicalJson.Options) ?? []
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    public static void Write(string file, IEnumerable<CohortFile> files)
    {
        var entries = files.ToDictionary(f => f.Path, f => new Entry(f.Version, f.Sha256), StringComparer.Ordinal);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        // Two runs may begin on one cohort at once; the process id keeps their drafts apart.
        var draft = string.Create(CultureInfo.InvariantCulture, $"{file}.{Environment.ProcessId}.new");
        File.WriteAllBytes(draft, JsonSerializer.SerializeToUtf8Bytes(entries, CanonicalJson.Options));
        File.Move(draft, file, overwrite: true);
    }

    internal sealed record Entry(string Version, string Sha256);
}
