namespace RadiogenomicsCloud.Imaging.Archives;

/// <summary>
/// The content of an archive entry that must keep its promises: as many bytes as declared and their CRC-32. Broken promises and
/// damaged compression are <c>zip.damaged</c>; nothing beyond the declared length is handed out.
/// </summary>
internal sealed class EntryStream(Stream inner, long length, uint crc, string archive, string path) : Stream
{
    private readonly Crc32 _crc = new();
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return 0;
        var left = length - _position;
        int n;
        try
        {
            n = inner.Read(left > 0 ? buffer[..(int)Math.Min(left, buffer.Length)] : buffer[..1]);
        }
        catch (Exception e) when (ZipImageFiles.Damage(e, archive) is not null)
        {
            throw Damaged("cannot be decompressed", e);
        }
        if (left <= 0)
            return n == 0 ? 0 : throw Damaged($"holds more than the {length} bytes that it declares");
        if (n == 0)
            throw Damaged($"ends after {_position} of {length} bytes");
        _position += n;
        _crc.Append(buffer[..n]);
        // Whoever reads to the end has had every byte checked; a header-only reader has not, and reads again for the pixels.
        if (_position == length && _crc.Value != crc)
            throw Damaged("does not match its checksum");
        return n;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private BadInputException Damaged(string what, Exception? e = null) =>
        new("zip.damaged", $"{archive}: entry '{path}' {what}; copy or pack the archive again.", $"{archive}/{path}", e);
}
