using System.Buffers.Binary;

namespace RadiogenomicsCloud.Imaging.Dicom;

/// <summary>RLE Lossless (PS3.5 annex G): one PackBits segment for each byte of a sample, the most significant first.</summary>
internal static class RleCodec
{
    private const int HeaderLength = 64;

    /// <summary>One frame as little-endian samples.</summary>
    public static byte[] Decode(ReadOnlySpan<byte> frame, PixelFormat format, string file)
    {
        if (frame.Length < HeaderLength)
            throw DicomErrors.Truncated(file, "an RLE frame header");
        var segments = BinaryPrimitives.ReadUInt32LittleEndian(frame);
        if (segments != format.BytesPerSample)
            throw DicomErrors.Malformed(file, $"an RLE frame has {segments} segments for {format.BytesPerSample} byte(s) per pixel");
        if (format.Samples * (long)format.BytesPerSample > 64L * frame.Length)
            throw DicomErrors.Truncated(file, "an RLE frame");
        var pixels = new byte[format.FrameBytes];
        for (var segment = 0; segment < segments; segment++)
        {
            var from = Offset(frame, segment);
            var to = segment + 1 < segments ? Offset(frame, segment + 1) : frame.Length;
            if (from < HeaderLength || to < from || to > frame.Length)
                throw DicomErrors.Malformed(file, $"RLE segment {segment + 1} lies outside its frame");
            DecodeSegment(frame[(int)from..(int)to], pixels, (int)segments - 1 - segment, (int)segments, file);
        }
        return pixels;
    }

    private static void DecodeSegment(ReadOnlySpan<byte> packed, Span<byte> pixels, int first, int stride, string file)
    {
        var at = first;
        var i = 0;
        while (at < pixels.Length)
        {
            if (i >= packed.Length)
                throw DicomErrors.Truncated(file, "an RLE segment");
            var control = (sbyte)packed[i++];
            if (control == sbyte.MinValue)
                continue;
            var literal = control >= 0;
            var count = literal ? control + 1 : 1 - control;
            if (i + (literal ? count : 1) > packed.Length)
                throw DicomErrors.Truncated(file, "an RLE segment");
            if (at + ((count - 1) * (long)stride) >= pixels.Length)
                throw DicomErrors.Malformed(file, "an RLE segment holds more pixels than its frame");
            for (var n = 0; n < count; n++, at += stride)
                pixels[at] = packed[literal ? i + n : i];
            i += literal ? count : 1;
        }
    }

    private static long Offset(ReadOnlySpan<byte> frame, int segment) =>
        BinaryPrimitives.ReadUInt32LittleEndian(frame[(4 + (4 * segment))..]);
}
