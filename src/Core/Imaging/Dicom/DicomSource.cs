namespace RadiogenomicsCloud.Imaging.Dicom;

/// <summary>
/// Forward-only bytes with a known bound. Nothing is allocated beyond what has really been read, plus one block,
/// whatever lengths the file claims.
/// </summary>
internal abstract class DicomSource(string file)
{
    private const int SkipBlock = 4096;

    public string File { get; } = file;

    public long Position { get; protected set; }

    /// <summary>No more than this many bytes can follow; a claimed length above it is a truncated file.</summary>
    public abstract long Remaining { get; }

    /// <summary>Whether there is no further byte.</summary>
    public abstract bool AtEnd { get; }

    /// <summary>Fills the span, or says that the file is truncated.</summary>
    public abstract void Read(Span<byte> target, string what);

    public abstract ReadOnlyMemory<byte> Take(int count, string what);

    /// <summary>Passes over bytes, which need not fit into memory.</summary>
    public void Skip(long count, string what)
    {
        if (count > Remaining)
            throw DicomErrors.Truncated(File, $"{what} claims {count} bytes, {Remaining} are left");
        Span<byte> passed = stackalloc byte[SkipBlock];
        for (; count > 0; count -= Math.Min(count, SkipBlock))
            Read(passed[..(int)Math.Min(count, SkipBlock)], what);
    }

    /// <summary>A claimed length, once it is known that the file may hold it and an array can.</summary>
    public int Length(long claimed, string what)
    {
        if (claimed < 0 || claimed > Remaining)
            throw DicomErrors.Truncated(File, $"{what} claims {claimed} bytes, {Remaining} are left");
        return claimed <= Array.MaxLength ? (int)claimed : throw DicomErrors.TooLarge(File, what, claimed);
    }
}

/// <summary>Over bytes in memory: values are slices, nothing is copied.</summary>
internal sealed class MemorySource(string file, ReadOnlyMemory<byte> bytes) : DicomSource(file)
{
    public override long Remaining => bytes.Length - Position;

    public override bool AtEnd => Position >= bytes.Length;

    public override void Read(Span<byte> target, string what) => Take(target.Length, what).Span.CopyTo(target);

    public override ReadOnlyMemory<byte> Take(int count, string what)
    {
        var slice = bytes.Slice((int)Position, Length(count, what));
        Position += count;
        return slice;
    }
}

/// <summary>Over a stream of at most <paramref name="limit"/> bytes.</summary>
internal sealed class StreamSource(string file, Stream stream, long limit, Func<Exception>? beyondLimit = null) : DicomSource(file)
{
    private const int Block = 1 << 16;
    private readonly byte[] _buffer = new byte[Math.Clamp(limit, 256, Block)];
    private long _taken;
    private int _start;
    private int _end;

    /// <summary>Most bytes that are taken in all; what is skipped does not count.</summary>
    public long MaximumTaken { get; init; } = long.MaxValue;

    public override long Remaining => Math.Max(0, limit - Position);

    public override bool AtEnd => _start == _end && !Fill();

    public override void Read(Span<byte> target, string what)
    {
        while (target.Length > 0)
        {
            if (_start == _end && !Fill())
                throw DicomErrors.Truncated(File, what);
            var n = Math.Min(target.Length, _end - _start);
            _buffer.AsSpan(_start, n).CopyTo(target);
            _start += n;
            Position += n;
            target = target[n..];
        }
    }

    public override ReadOnlyMemory<byte> Take(int count, string what)
    {
        Length(count, what);
        if (count == 0)
            return ReadOnlyMemory<byte>.Empty;
        if ((_taken += count) > MaximumTaken)
            throw DicomErrors.TooMuch(File, MaximumTaken);
        // A claimed length is believed up to a mebibyte; beyond it the array grows with what has arrived.
        var bytes = new byte[Math.Min(count, 1 << 20)];
        var filled = 0;
        while (true)
        {
            Read(bytes.AsSpan(filled), what);
            filled = bytes.Length;
            if (filled == count)
                return bytes;
            Array.Resize(ref bytes, (int)Math.Min(count, 2L * filled));
        }
    }

    /// <summary>The next bytes without taking them, at most 256; fewer if the stream ends.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        while (_end - _start < count)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            var n = stream.Read(_buffer, _end, Math.Min(count, (int)Math.Min(int.MaxValue, limit - Position)) - _end);
            if (n <= 0)
                break;
            _end += n;
        }
        return _buffer.AsSpan(_start, Math.Min(count, _end - _start));
    }

    private bool Fill()
    {
        try
        {
            _start = 0;
            _end = stream.Read(_buffer);
        }
        catch (InvalidDataException e)
        {
            _end = 0;
            throw DicomErrors.Malformed(File, "its compressed content is damaged", e);
        }
        if (_end > 0 && Position + _end > limit)
        {
            _end = (int)Math.Max(0, limit - Position);
            if (beyondLimit is not null)
                throw beyondLimit();
        }
        return _end > 0;
    }
}
