using System.Buffers.Binary;
using System.Text;

namespace RadiogenomicsCloud.Imaging.Dicom;

/// <summary>
/// Reads data elements (PS3.5 section 7). Every length is checked against what the file still holds before anything is allocated;
/// nesting is bounded by <see cref="MaxDepth"/>, item and fragment counts by the bytes they take.
/// </summary>
internal static class DicomParser
{
    public const int MaxDepth = 32;
    private const uint Undefined = 0xFFFFFFFF;

    /// <summary>The top-level data set; pixel data goes to <paramref name="pixels"/> or is passed over, or ends the reading.</summary>
    public static void ReadTopLevel(
        DicomSource source, DicomEncoding encoding, DicomDataset into, DicomPixelData pixels, PixelReading reading)
    {
        while (!source.AtEnd)
        {
            var (tag, vr, length) = ReadHeader(source, encoding);
            if (tag == DicomTags.PixelData || tag == DicomTags.FloatPixelData || tag == DicomTags.DoubleFloatPixelData)
            {
                pixels.Describe(tag, vr, length == Undefined ? null : length, encoding);
                // Even without pixels, a slice that lost its tail must be known before a series is made of it.
                if (length != Undefined)
                    source.Length(length, $"pixel data {tag}");
                if (reading == PixelReading.Stop)
                    return;
                if (length == Undefined)
                    ReadFragments(source, encoding, pixels, keep: reading == PixelReading.Keep);
                else if (reading == PixelReading.Skip)
                    source.Skip(length, $"pixel data {tag}");
                else
                    pixels.Native = source.Take((int)length, $"pixel data {tag}");
                continue;
            }
            into.Add(ReadValue(source, encoding, into, tag, vr, length));
        }
    }

    /// <summary>Elements of group 0002, which are explicit little endian whatever follows.</summary>
    public static void ReadMeta(StreamSource source, DicomDataset into)
    {
        while (source.Peek(2) is [0x02, 0x00])
        {
            var (tag, vr, length) = ReadHeader(source, DicomEncoding.Explicit);
            into.Add(ReadValue(source, DicomEncoding.Explicit, into, tag, vr, length));
        }
    }

    public static List<DicomDataset> ReadItems(
        DicomSource source, DicomEncoding encoding, DicomDataset owner, DicomTag sequence, bool undefinedLength, int depth)
    {
        if (depth > MaxDepth)
            throw DicomErrors.TooDeep(owner.File);
        var items = new List<DicomDataset>();
        while (undefinedLength || !source.AtEnd)
        {
            var (tag, length) = ReadItemHeader(source, encoding, sequence);
            if (tag == DicomTags.SequenceDelimitation)
                break;
            if (tag != DicomTags.Item)
                throw DicomErrors.Malformed(owner.File, $"sequence {sequence} has {tag} where an item should begin");
            var item = new DicomDataset(owner.File, owner, depth);
            if (length == Undefined)
                ReadElements(source, encoding, item, untilDelimiter: true);
            else
                ReadElements(new MemorySource(owner.File, source.Take(source.Length(length, $"an item of {sequence}"), "an item")),
                    encoding, item, untilDelimiter: false);
            items.Add(item);
        }
        return items;
    }

    private static void ReadElements(DicomSource source, DicomEncoding encoding, DicomDataset into, bool untilDelimiter)
    {
        while (untilDelimiter || !source.AtEnd)
        {
            var (tag, vr, length) = ReadHeader(source, encoding);
            if (tag == DicomTags.ItemDelimitation)
                return;
            into.Add(ReadValue(source, encoding, into, tag, vr, length));
        }
    }

    private static DicomElement ReadValue(
        DicomSource source, DicomEncoding encoding, DicomDataset owner, DicomTag tag, string vr, uint length)
    {
        if (tag.Group == 0xFFFE)
            throw DicomErrors.Malformed(owner.File, $"a delimiter {tag} stands where an element should begin");
        // Correction proposal 246: what is UN is implicit little endian inside.
        var inner = vr == DicomVr.Unknown ? DicomEncoding.Implicit : encoding;
        if (length != Undefined)
        {
            var bytes = source.Take(source.Length(length, $"element {tag}"), $"element {tag}");
            var known = vr == DicomVr.Unknown ? DicomVr.Of(tag) : vr;
            return new(tag, known, bytes, known == "SQ" ? inner : inner with { BigEndian = encoding.BigEndian });
        }
        if (tag == DicomTags.PixelData)
        {
            // An encapsulated icon image inside a sequence: passed over.
            ReadFragments(source, encoding, new DicomPixelData(), keep: false);
            return new(tag, vr, ReadOnlyMemory<byte>.Empty, encoding);
        }
        if (encoding.ExplicitVr && vr is not ("SQ" or DicomVr.Unknown))
            throw DicomErrors.Malformed(owner.File, $"{tag} of value representation {vr} has an undefined length");
        return DicomElement.Sequence(tag, ReadItems(source, inner, owner, tag, undefinedLength: true, owner.Depth + 1), inner);
    }

    private static (DicomTag Tag, string Vr, uint Length) ReadHeader(DicomSource source, DicomEncoding encoding)
    {
        Span<byte> head = stackalloc byte[8];
        source.Read(head, "an element header");
        var tag = Tag(head, encoding.BigEndian);
        // Delimiters have no value representation, in explicit encodings too.
        if (!encoding.ExplicitVr || tag.Group == 0xFFFE)
            return (tag, DicomVr.Of(tag), UInt32(head[4..], encoding.BigEndian));
        if (!DicomVr.IsCode(head[4], head[5]))
            throw DicomErrors.Malformed(source.File, $"{tag} has no value representation");
        var vr = Encoding.ASCII.GetString(head[4..6]);
        if (DicomVr.HasShortLength(vr))
            return (tag, vr, encoding.BigEndian
                ? BinaryPrimitives.ReadUInt16BigEndian(head[6..])
                : BinaryPrimitives.ReadUInt16LittleEndian(head[6..]));
        source.Read(head[..4], $"the length of {tag}");
        return (tag, vr, UInt32(head, encoding.BigEndian));
    }

    private static (DicomTag Tag, uint Length) ReadItemHeader(DicomSource source, DicomEncoding encoding, DicomTag sequence)
    {
        Span<byte> head = stackalloc byte[8];
        source.Read(head, $"an item header of {sequence}");
        return (Tag(head, encoding.BigEndian), UInt32(head[4..], encoding.BigEndian));
    }

    /// <summary>Encapsulated pixel data (PS3.5 section A.4): the basic offset table, then fragments.</summary>
    private static void ReadFragments(DicomSource source, DicomEncoding encoding, DicomPixelData pixels, bool keep)
    {
        pixels.Fragments = [];
        for (var first = true; ; first = false)
        {
            var (tag, length) = ReadItemHeader(source, encoding, DicomTags.PixelData);
            if (tag == DicomTags.SequenceDelimitation)
                return;
            if (tag != DicomTags.Item || length == Undefined)
                throw DicomErrors.Malformed(source.File, $"encapsulated pixel data has {tag} where a fragment should begin");
            if (!keep)
            {
                source.Skip(length, "a fragment of the pixel data");
                continue;
            }
            var bytes = source.Take(source.Length(length, "a fragment of the pixel data"), "a fragment of the pixel data");
            if (first)
                pixels.OffsetTable = bytes;
            else
                pixels.Fragments.Add(bytes);
        }
    }

    private static DicomTag Tag(ReadOnlySpan<byte> bytes, bool bigEndian) => bigEndian
        ? new(BinaryPrimitives.ReadUInt16BigEndian(bytes), BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]))
        : new(BinaryPrimitives.ReadUInt16LittleEndian(bytes), BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]));

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
