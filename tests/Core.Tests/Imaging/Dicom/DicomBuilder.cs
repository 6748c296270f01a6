using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Imaging.Dicom;

namespace RadiogenomicsCloud.Core.Tests.Imaging.Dicom;

/// <summary>
/// Writes small DICOM files for tests, in every syntax that the reader knows and some that it must refuse. Elements are kept by
/// tag; <see cref="Bytes"/> writes them ascending.
/// </summary>
internal sealed class DicomBuilder
{
    public const string Implicit = "1.2.840.10008.1.2";
    public const string Explicit = "1.2.840.10008.1.2.1";
    public const string Deflated = "1.2.840.10008.1.2.1.99";
    public const string BigEndian = "1.2.840.10008.1.2.2";
    public const string Rle = "1.2.840.10008.1.2.5";
    public const string JpegLossless = "1.2.840.10008.1.2.4.57";
    public const string JpegLosslessSv1 = "1.2.840.10008.1.2.4.70";

    private readonly SortedDictionary<DicomTag, (string Vr, object Value)> _elements = [];
    private List<byte[]>? _fragments;

    public string Syntax { get; set; } = Explicit;

    /// <summary>Whether sequences and items are written with undefined length and delimiters.</summary>
    public bool UndefinedLengths { get; set; }

    /// <summary>Whether the file has a preamble and meta information.</summary>
    public bool Part10 { get; set; } = true;

    private bool IsBig => Syntax == BigEndian;

    /// <summary>A string, several strings, a number, several numbers, or bytes.</summary>
    public DicomBuilder Set(DicomTag tag, string vr, params object[] values)
    {
        _elements[tag] = (vr, values is [byte[] or double[]] ? values[0] : values);
        return this;
    }

    public DicomBuilder Set(DicomTag tag, string vr, double[] values)
    {
        _elements[tag] = (vr, values.Cast<object>().ToArray());
        return this;
    }

    public DicomBuilder Sequence(DicomTag tag, params DicomBuilder[] items)
    {
        _elements[tag] = ("SQ", items);
        return this;
    }

    public DicomBuilder Remove(DicomTag tag)
    {
        _elements.Remove(tag);
        return this;
    }

    /// <summary>Fragments of encapsulated pixel data, the basic offset table first.</summary>
    public DicomBuilder Fragments(params byte[][] fragments)
    {
        _fragments = [.. fragments];
        return this;
    }

    /// <summary>
    /// A CT, MR or PT slice of 16-bit pixels: position and orientation in LPS, spacing between rows and columns 2 and 1.5 mm.
    /// </summary>
    public static DicomBuilder Slice(
        string modality, string sopUid, Point3 position, ushort rows, ushort columns, short[] pixels, string seriesUid = "1.2.3.4",
        bool signed = true)
    {
        var builder = new DicomBuilder()
            .Set(DicomTags.SopClassUid, "UI", modality switch
            {
                "CT" => "1.2.840.10008.5.1.4.1.1.2",
                "MR" => "1.2.840.10008.5.1.4.1.1.4",
                _ => "1.2.840.10008.5.1.4.1.1.128",
            })
            .Set(DicomTags.SopInstanceUid, "UI", sopUid)
            .Set(DicomTags.Modality, "CS", modality)
            .Set(DicomTags.SeriesDescription, "LO", "test")
            .Set(DicomTags.PatientId, "LO", "P1")
            .Set(DicomTags.StudyInstanceUid, "UI", "1.2.3")
            .Set(DicomTags.SeriesInstanceUid, "UI", seriesUid)
            .Set(DicomTags.FrameOfReferenceUid, "UI", "1.2.3.9")
            .Set(DicomTags.ImagePositionPatient, "DS", [position.X, position.Y, position.Z])
            .Set(DicomTags.ImageOrientationPatient, "DS", [1.0, 0, 0, 0, 1, 0])
            .Set(DicomTags.PixelSpacing, "DS", [2.0, 1.5])
            .Set(DicomTags.SliceThickness, "DS", 3.0);
        return builder.Pixels(rows, columns, pixels, signed);
    }

    /// <summary>Sets the pixel module and 16-bit pixel data.</summary>
    public DicomBuilder Pixels(ushort rows, ushort columns, short[] pixels, bool signed = true) =>
        PixelModule(rows, columns, 16, 16, signed).Set(DicomTags.PixelData, "OW", pixels.Select(p => (object)(double)(ushort)p).ToArray());

    public DicomBuilder PixelModule(ushort rows, ushort columns, int allocated, int stored, bool signed) => this
        .Set(DicomTags.SamplesPerPixel, "US", 1)
        .Set(DicomTags.PhotometricInterpretation, "CS", "MONOCHROME2")
        .Set(DicomTags.Rows, "US", (int)rows)
        .Set(DicomTags.Columns, "US", (int)columns)
        .Set(DicomTags.BitsAllocated, "US", allocated)
        .Set(DicomTags.BitsStored, "US", stored)
        .Set(DicomTags.HighBit, "US", stored - 1)
        .Set(DicomTags.PixelRepresentation, "US", signed ? 1 : 0);

    public ImageFile File(string name)
    {
        var bytes = Bytes();
        return new(name, bytes.Length, () => new MemoryStream(bytes, writable: false));
    }

    public byte[] Bytes()
    {
        var data = Dataset(Syntax != Implicit, IsBig);
        if (!Part10)
            return data;
        using var file = new MemoryStream();
        file.Write(new byte[128]);
        file.Write("DICM"u8);
        var meta = new DicomBuilder()
            .Set(DicomTags.FileMetaInformationVersion, "OB", new byte[] { 0, 1 })
            .Set(DicomTags.TransferSyntaxUid, "UI", Syntax)
            .Dataset(explicitVr: true, bigEndian: false);
        file.Write(new DicomBuilder().Set(new(2, 0), "UL", meta.Length).Dataset(true, false));
        file.Write(meta);
        if (Syntax == Deflated)
        {
            using var deflate = new DeflateStream(file, CompressionLevel.SmallestSize, leaveOpen: true);
            deflate.Write(data);
        }
        else
        {
            file.Write(data);
        }
        return file.ToArray();
    }

    private byte[] Dataset(bool explicitVr, bool bigEndian)
    {
        using var stream = new MemoryStream();
        foreach (var (tag, (vr, value)) in _elements)
        {
            if (value is DicomBuilder[] items)
                WriteSequence(stream, tag, items, explicitVr, bigEndian);
            else
                WriteElement(stream, tag, vr, Encode(vr, value, bigEndian), explicitVr, bigEndian);
        }
        if (_fragments is not null)
            WriteFragments(stream, explicitVr, bigEndian);
        return stream.ToArray();
    }

    private void WriteSequence(MemoryStream stream, DicomTag tag, DicomBuilder[] items, bool explicitVr, bool bigEndian)
    {
        using var body = new MemoryStream();
        foreach (var item in items)
        {
            var bytes = item.Dataset(explicitVr, bigEndian);
            WriteTag(body, DicomTags.Item, bigEndian);
            WriteUInt32(body, UndefinedLengths ? uint.MaxValue : (uint)bytes.Length, bigEndian);
            body.Write(bytes);
            if (UndefinedLengths)
                WriteDelimiter(body, DicomTags.ItemDelimitation, bigEndian);
        }
        if (!UndefinedLengths)
        {
            WriteElement(stream, tag, "SQ", body.ToArray(), explicitVr, bigEndian);
            return;
        }
        WriteHead(stream, tag, "SQ", uint.MaxValue, explicitVr, bigEndian);
        body.WriteTo(stream);
        WriteDelimiter(stream, DicomTags.SequenceDelimitation, bigEndian);
    }

    private void WriteFragments(MemoryStream stream, bool explicitVr, bool bigEndian)
    {
        WriteHead(stream, DicomTags.PixelData, "OB", uint.MaxValue, explicitVr, bigEndian);
        foreach (var fragment in _fragments!)
        {
            WriteTag(stream, DicomTags.Item, bigEndian);
            WriteUInt32(stream, (uint)fragment.Length, bigEndian);
            stream.Write(fragment);
        }
        WriteDelimiter(stream, DicomTags.SequenceDelimitation, bigEndian);
    }

    private static byte[] Encode(string vr, object value, bool bigEndian)
    {
        if (value is byte[] raw)
            return raw;
        var values = (object[])value;
        var size = vr switch { "US" or "SS" or "OW" => 2, "UL" or "SL" or "FL" => 4, "FD" => 8, _ => 0 };
        if (size == 0)
        {
            var text = string.Join('\\', values.Select(v => Convert.ToString(v, CultureInfo.InvariantCulture)));
            var bytes = Encoding.UTF8.GetBytes(text).ToList();
            if (bytes.Count % 2 == 1)
                bytes.Add(vr == "UI" ? (byte)0 : (byte)' ');
            return [.. bytes];
        }
        var encoded = new byte[values.Length * size];
        for (var i = 0; i < values.Length; i++)
        {
            var target = encoded.AsSpan(i * size, size);
            var number = Convert.ToDouble(values[i], CultureInfo.InvariantCulture);
            switch (vr)
            {
                case "FL":
                    BinaryPrimitives.WriteSingleLittleEndian(target, (float)number);
                    break;
                case "FD":
                    BinaryPrimitives.WriteDoubleLittleEndian(target, number);
                    break;
                case "US" or "SS" or "OW":
                    BinaryPrimitives.WriteUInt16LittleEndian(target, unchecked((ushort)(int)number));
                    break;
                default:
                    BinaryPrimitives.WriteUInt32LittleEndian(target, unchecked((uint)(long)number));
                    break;
            }
            if (bigEndian)
                target.Reverse();
        }
        return encoded;
    }

    private static void WriteElement(MemoryStream stream, DicomTag tag, string vr, byte[] bytes, bool explicitVr, bool bigEndian)
    {
        WriteHead(stream, tag, vr, (uint)bytes.Length, explicitVr, bigEndian);
        stream.Write(bytes);
    }

    private static void WriteHead(MemoryStream stream, DicomTag tag, string vr, uint length, bool explicitVr, bool bigEndian)
    {
        WriteTag(stream, tag, bigEndian);
        if (!explicitVr)
        {
            WriteUInt32(stream, length, bigEndian);
            return;
        }
        stream.Write(Encoding.ASCII.GetBytes(vr));
        if (vr is "OB" or "OW" or "OF" or "SQ" or "UN" or "UT" or "UC" or "UR" or "OD" or "OL")
        {
            stream.Write([0, 0]);
            WriteUInt32(stream, length, bigEndian);
            return;
        }
        WriteUInt16(stream, (ushort)length, bigEndian);
    }

    private static void WriteDelimiter(MemoryStream stream, DicomTag tag, bool bigEndian)
    {
        WriteTag(stream, tag, bigEndian);
        WriteUInt32(stream, 0, bigEndian);
    }

    private static void WriteTag(MemoryStream stream, DicomTag tag, bool bigEndian)
    {
        WriteUInt16(stream, tag.Group, bigEndian);
        WriteUInt16(stream, tag.Element, bigEndian);
    }

    private static void WriteUInt16(MemoryStream stream, ushort value, bool bigEndian) =>
        stream.Write(bigEndian ? [(byte)(value >> 8), (byte)value] : [(byte)value, (byte)(value >> 8)]);

    private static void WriteUInt32(MemoryStream stream, uint value, bool bigEndian)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        if (bigEndian)
            bytes.Reverse();
        stream.Write(bytes);
    }
}
