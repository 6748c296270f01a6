using System.Text;

namespace RadiogenomicsCloud.Pipeline.Storage;

/// <summary>
/// The keys of the outcomes that a run used, one a line, appended as the run goes, so that <see cref="StoreCleaner"/> keeps them.
/// Lies in the store and not in the run's folder: its order is that of the workers.
/// </summary>
public sealed class RunManifest : IDisposable
{
    private readonly HashSet<string> known;
    private readonly FileStream stream;

    /// <param name="path">The file; what a killed run wrote there stays.</param>
    public RunManifest(string path)
    {
        (known, stream) = StorageTrouble.Translate(
            () =>
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
                return (Read(path), new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite));
            },
            path);
    }

    /// <summary>The keys of a manifest; a last line that a kill cut short is left out.</summary>
    public static HashSet<string> Read(string path) => File.Exists(path)
        ? File.ReadLines(path).Where(ShardedPath.IsName).ToHashSet(StringComparer.Ordinal)
        : [];

    /// <summary>Notes a key. Safe to call from several threads.</summary>
    public void Add(string key)
    {
        lock (known)
        {
            if (!known.Add(key))
                return;
            // The line break comes first as well: a line that was cut short does not swallow this one.
            StorageTrouble.Translate(
                () =>
                {
                    stream.Write(Encoding.ASCII.GetBytes($"\n{key}\n"));
                    stream.Flush();
                },
                stream.Name);
        }
    }

    public void Dispose() => stream.Dispose();
}
