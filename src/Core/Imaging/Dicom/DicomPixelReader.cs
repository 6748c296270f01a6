using System.Buffers.Binary;

namespace RadiogenomicsCloud.Imaging.Dicom;

/// <summary>
/// Stored pixel values of a file that was read with pixel data. Frames count from 0; a frame's values are in the order of rows,
/// index = column + Columns·row, signed as Pixel Representation says, sign-extended from Bits Stored. MONOCHROME1 is a property of
/// the display, so its values are not inverted; rescale slope and intercept are not applied here.
/// </summary>
public sealed class DicomPixelReader
{
    private readonly DicomFile _file;
    private readonly PixelFormat _format;
    private readonly IReadOnlyList<ReadOnlyMemory<byte>> _frames;

    /// <exception cref="BadInputException">
    /// <c>dicom.transfer-syntax</c>, <c>dicom.pixels</c> (colour, float, none), <c>dicom.truncated</c>, <c>dicom.value</c>.
    /// </exception>
    public DicomPixelReader(DicomFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        _file = file;
        _format = PixelFormat.Of(file.Dataset);
        if (file.Syntax.Codec == PixelCodec.Unsupported)
            throw file.Syntax.NotReadable(file.Name);
        if (_format.BitsAllocated == 1 && file.Syntax.Encapsulated)
            throw DicomErrors.Malformed(file.Name, "one-bit pixels cannot be in a compressed transfer syntax");
        _format.EnsureBacked(file);
        _frames = file.Pixels.Fragments is null ? [] : EncapsulatedFrames.Of(file, _format.Frames);
        if (file.Pixels.Fragments is null && file.Pixels.Native.Length < _format.TotalBytes)
            throw DicomErrors.Truncated(file.Name, "its pixel data was not read or is too short");
        if (file.Pixels.Fragments is null && file.Syntax.Encapsulated)
            throw DicomErrors.Malformed(file.Name, "its transfer syntax is a compressed one, its pixel data is not encapsulated");
        if (file.Pixels.Fragments is not null && !file.Syntax.Encapsulated)
            throw DicomErrors.Malformed(file.Name, "its pixel data is encapsulated, its transfer syntax is an uncompressed one");
    }

    public int Rows => _format.Rows;

    public int Columns => _format.Columns;

    public int FrameCount => _format.Frames;

    public int BitsAllocated => _format.BitsAllocated;

    /// <summary>Decodes one frame of 8, 16 or 32 bits (unsigned 32-bit values above 2³¹−1 are an error).</summary>
    public int[] ReadFrame(int frame)
    {
        var values = new int[_format.Samples];
        ReadFrame(frame, values);
        return values;
    }

    /// <summary>As <see cref="ReadFrame(int)"/>, into a buffer of Rows × Columns values.</summary>
    public void ReadFrame(int frame, Span<int> values)
    {
        CheckFrame(frame);
        if (values.Length != _format.Samples)
            throw new ArgumentException($"{values.Length} places for {_format.Samples} pixels.", nameof(values));
        if (_format.BitsAllocated == 1)
        {
            ReadBits(frame, values);
            return;
        }
        switch (_file.Syntax.Codec)
        {
            case PixelCodec.Rle:
                Unpack(RleCodec.Decode(_frames[frame].Span, _format, _file.Name), bigEndian: false, values);
                break;
            case PixelCodec.JpegLossless:
                JpegLosslessCodec.Decode(_frames[frame].Span, _format, _file.Name, values);
                Extend(values);
                break;
            default:
                var bytes = _file.Pixels.Native.Span.Slice(checked((int)(frame * _format.FrameBytes)), (int)_format.FrameBytes);
                Unpack(bytes, _file.Pixels.BigEndian, values);
                break;
        }
    }

    private void CheckFrame(int frame)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frame, _format.Frames);
    }

    /// <summary>
    /// Bits Allocated 1: packed with the first pixel in the lowest bit, frames follow each other without padding (PS3.5 section 8.1.1 and annex D).
    /// </summary>
    private void ReadBits(int frame, Span<int> values)
    {
        var bytes = _file.Pixels.Native.Span;
        // Big-endian OW packs into 16-bit words whose bytes are swapped.
        var swap = _file.Pixels.BigEndian && _file.Pixels.Vr == "OW" ? 1 : 0;
        var first = (long)frame * values.Length;
        for (var i = 0; i < values.Length; i++)
        {
            var at = (int)((first + i) >> 3) ^ swap;
            values[i] = at < bytes.Length ? (bytes[at] >> (int)((first + i) & 7)) & 1 : 0;
        }
    }

    private void Unpack(ReadOnlySpan<byte> bytes, bool bigEndian, Span<int> values)
    {
        switch (_format.BitsAllocated)
        {
            case 8:
                // Big-endian OW holds two pixels in a word, the first in its low byte.
                var swap = bigEndian && _file.Pixels.Vr == "OW" && bytes.Length % 2 == 0 ? 1 : 0;
                for (var i = 0; i < values.Length; i++)
                    values[i] = bytes[i ^ swap];
                break;
            case 16 when bigEndian:
                for (var i = 0; i < values.Length; i++)
                    values[i] = BinaryPrimitives.ReadUInt16BigEndian(bytes[(2 * i)..]);
                break;
            case 16:
                for (var i = 0; i < values.Length; i++)
                    values[i] = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]);
                break;
            default:
                for (var i = 0; i < values.Length; i++)
                    values[i] = bigEndian
                        ? BinaryPrimitives.ReadInt32BigEndian(bytes[(4 * i)..])
                        : BinaryPrimitives.ReadInt32LittleEndian(bytes[(4 * i)..]);
                break;
        }
        Extend(values);
    }

    /// <summary>Bits above High Bit and below the stored ones may hold anything (overlays, once): only the stored ones count.</summary>
    private void Extend(Span<int> values)
    {
        var up = 31 - _format.HighBit;
        var down = 32 - _format.BitsStored;
        if (_format.Signed)
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = (values[i] << up) >> down;
            return;
        }
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (int)((uint)(values[i] << up) >> down);
            if (values[i] < 0)
                throw new BadInputException("dicom.pixels", $"{_file.Name} has unsigned 32-bit pixel values above 2147483647.", _file.Name);
        }
    }
}
