using System.Text;

namespace RadiogenomicsCloud.Cli.Extraction;

/// <summary>
/// Where results are written as they come: standard output, or a file that has its name only once it is whole. Until then it is
/// <c>NAME.partial</c>, which stays where finished results would be lost otherwise.
/// </summary>
internal sealed class ResultFile : IDisposable
{
    private readonly string? _path;
    private bool _stays;

    /// <param name="path">Null for standard output.</param>
    /// <exception cref="StorageException">The file cannot be written.</exception>
    public ResultFile(string? path)
    {
        _path = path;
        try
        {
            var stream = path is null ? Console.OpenStandardOutput() : new FileStream(Partial, FileMode.Create, FileAccess.Write, FileShare.Read);
            Writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16);
        }
        catch (Exception inner) when (inner is IOException or UnauthorizedAccessException)
        {
            throw new StorageException("file.unwritable", $"'{path}' cannot be written: {inner.Message}", path, inner);
        }
    }

    public TextWriter Writer { get; }

    public string Partial => _path + ".partial";

    /// <summary>The file is whole: it gets its name.</summary>
    public void Complete()
    {
        Writer.Dispose();
        if (_path is not null)
            File.Move(Partial, _path, overwrite: true);
        _stays = true;
    }

    /// <summary>What is written stays, under <see cref="Partial"/>.</summary>
    public void Keep() => _stays = true;

    public void Dispose()
    {
        Writer.Dispose();
        if (!_stays && _path is not null)
            File.Delete(Partial);
    }
}
