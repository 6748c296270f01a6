using System.Security.Cryptography;
using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.AzureStorage.Store;

/// <summary>Hashes what is written and holds it: in memory while it is short, in a temporary file once it is not. Removes the file at the end.</summary>
internal sealed class DraftStream(string file) : Stream
{
    private const int MemoryBytes = 1024 * 1024;
    private const int BufferBytes = 128 * 1024;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private Stream content = new MemoryStream();
    private bool finished;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => !finished;

    public override long Length => content.Length;

    public override long Position
    {
        get => content.Position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        hash.AppendData(buffer.Span);
        try
        {
            if (content is MemoryStream && content.Length + buffer.Length > MemoryBytes)
                MoveToFile();
            await content.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException("storage.io", $"The temporary file '{file}' cannot be written: {exception.Message}", file, exception);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) =>
        WriteAsync(buffer.AsMemory(offset, count), CancellationToken.None).AsTask().GetAwaiter().GetResult();

    /// <summary>Ends the writing.</summary>
    public ArtifactRef Finish()
    {
        finished = true;
        return new ArtifactRef(Convert.ToHexStringLower(hash.GetHashAndReset()), content.Length);
    }

    /// <summary>The content from its beginning; stays this stream's.</summary>
    public Stream Reread()
    {
        content.Position = 0;
        return content;
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
            hash.Dispose();
        }
        base.Dispose(disposing);
    }

    private void MoveToFile()
    {
        var target = new FileStream(
            file, FileMode.Create, FileAccess.ReadWrite, FileShare.None, BufferBytes, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        content.Position = 0;
        content.CopyTo(target);
        content = target;
    }
}
