using System.Security.Cryptography;

namespace RadiogenomicsCloud.Service.Intake;

/// <summary>
/// Reads a stream forward and hashes every byte that passes, whoever reads it. Does not own the stream below, and can be read on after it was
/// disposed: readers dispose what they opened, and the rest of the file is still to be hashed.
/// </summary>
internal sealed class HashingStream(Stream inner) : Stream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] ahead = [];
    private int given;

    /// <summary>Bytes that have passed.</summary>
    public long Count { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => Count;
        set => throw new NotSupportedException();
    }

    /// <summary>The first bytes, fewer where there are no more; they are still to be read. Asked before anything is read.</summary>
    public byte[] Peek(int count)
    {
        var head = new byte[count];
        ahead = head[..this.ReadAtLeast(head, count, throwOnEndOfStream: false)];
        return ahead;
    }

    /// <summary>Reads what is left; then SHA-256 in lower-case hexadecimal.</summary>
    public string Finish(CancellationToken cancel)
    {
        var buffer = new byte[128 * 1024];
        while (Read(buffer) > 0)
            cancel.ThrowIfCancellationRequested();
        using (hash)
            return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (given < ahead.Length)
        {
            var again = Math.Min(buffer.Length, ahead.Length - given);
            ahead.AsSpan(given, again).CopyTo(buffer);
            given += again;
            return again;
        }
        var read = inner.Read(buffer);
        hash.AppendData(buffer[..read]);
        Count += read;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
