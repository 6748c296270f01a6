using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.AzureStorage.Upload;

/// <summary>
/// What of a cohort has arrived at a target, as a file beside the cohort: one line of JSON for each file and each block of a long one, written
/// when its arrival was confirmed. A link that only allows to create does not tell what is there; this does. A last line that a kill cut short
/// is left out.
/// </summary>
public sealed class UploadState : IDisposable
{
    private const long WholeFile = -1;

    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, string> files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Path, string Sha256, long Block), bool> blocks = new();
    private readonly FileStream stream;

    private UploadState(FileStream stream) => this.stream = stream;

    /// <summary>Opens the state of an upload to a target below <paramref name="folder"/>; <paramref name="afresh"/> forgets what was there.</summary>
    /// <exception cref="StorageException">The file cannot be written, or another process is uploading to the same target.</exception>
    public static UploadState Open(string folder, string target, bool afresh)
    {
        var path = Path.Combine(folder, CanonicalJson.Hex(Encoding.UTF8.GetBytes(target))[..16] + ".jsonl");
        try
        {
            Directory.CreateDirectory(folder);
            var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var state = new UploadState(stream);
            if (afresh)
                stream.SetLength(0);
            else
                state.Read();
            return state;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(
                "upload.state", $"The state of the upload, '{path}', cannot be written, or another upload to the same place is going on: {exception.Message}", path, exception);
        }
    }

    /// <summary>Whether a file of this content has arrived.</summary>
    public bool HasArrived(CohortFile file) => files.TryGetValue(file.Path, out var sha256) && sha256 == file.Sha256;

    /// <summary>Whether a file of this path and another content has arrived.</summary>
    public bool HasArrivedOtherwise(CohortFile file) => files.TryGetValue(file.Path, out var sha256) && sha256 != file.Sha256;

    /// <summary>Whether sending a file of this content was begun: its arrival may not have been confirmed.</summary>
    public bool HasBegun(CohortFile file) => HasBlock(file, WholeFile);

    public void Begun(CohortFile file) => BlockArrived(file, WholeFile);

    public bool HasBlock(CohortFile file, long block) => blocks.ContainsKey((file.Path, file.Sha256, block));

    public void Arrived(CohortFile file)
    {
        files[file.Path] = file.Sha256;
        Append(new(file.Path, file.Sha256, null, null));
    }

    public void BlockArrived(CohortFile file, long block)
    {
        blocks[(file.Path, file.Sha256, block)] = true;
        Append(new(file.Path, file.Sha256, block, null));
    }

    /// <summary>Blocks that the storage no longer has.</summary>
    public void ForgetBlocks(CohortFile file)
    {
        foreach (var block in blocks.Keys.Where(b => b.Path == file.Path))
            blocks.TryRemove(block, out _);
        Append(new(file.Path, file.Sha256, null, true));
    }

    public void Dispose() => stream.Dispose();

    private void Append(Line line)
    {
        lock (gate)
        {
            try
            {
                stream.Seek(0, SeekOrigin.End);
                // The line break comes first as well: a line that was cut short does not swallow this one.
                stream.Write([(byte)'\n', .. JsonSerializer.SerializeToUtf8Bytes(line, CanonicalJson.Options), (byte)'\n']);
                stream.Flush();
            }
            catch (IOException exception)
            {
                throw new StorageException("upload.state", $"The state of the upload, '{stream.Name}', cannot be written: {exception.Message}", stream.Name, exception);
            }
        }
    }

    private void Read()
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        while (reader.ReadLine() is { } text)
        {
            if (text.Length == 0 || Parse(text) is not { Path: not null, Sha256: not null } line)
                continue;
            if (line.Forget == true)
            {
                foreach (var block in blocks.Keys.Where(b => b.Path == line.Path))
                    blocks.TryRemove(block, out _);
            }
            else if (line.Block is { } block)
            {
                blocks[(line.Path, line.Sha256, block)] = true;
            }
            else
            {
                files[line.Path] = line.Sha256;
            }
        }
    }

    private static Line? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Line>(text, CanonicalJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Line(string Path, string Sha256, long? Block, bool? Forget);
}
