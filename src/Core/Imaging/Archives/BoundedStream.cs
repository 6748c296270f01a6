namespace RadiogenomicsCloud.Imaging.Archives;

/// <summary>Hands out so many bytes of a seekable stream, counting those that are read twice, until it is released. Owns the stream.</summary>
internal sealed class BoundedStream(Stream inner, long most, Func<Exception> beyond) : Stream
{
    private long left = most;

    public override bool CanRead => true;

    public override bool CanSeek => inner.CanSeek;

    public override bool CanWrite => false;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    /// <summary>From now on nothing is counted.</summary>
    public void Release() => left = long.MaxValue;

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        if (left == long.MaxValue)
            return read;
        left -= read;
        return left >= 0 ? read : throw beyond();
    }

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
