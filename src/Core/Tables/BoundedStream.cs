namespace RadiogenomicsCloud.Tables;

/// <summary>Reads at most so many bytes of a stream, then refuses.</summary>
internal sealed class BoundedStream(Stream inner, string path, long maxBytes) : ForwardStream
{
    private long read;

    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        read += count;
        if (read > maxBytes)
            throw new BadInputException("text.too-large", $"{path} is larger than the limit of {maxBytes} bytes.", path);
        return count;
    }
}

/// <summary>A stream that can only be read forward, synchronously.</summary>
internal abstract class ForwardStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public sealed override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public abstract override int Read(Span<byte> buffer);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
