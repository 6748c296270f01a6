using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RadiogenomicsCloud.Cli.Demo;

/// <summary>
/// Writes the demo's DICOM files: Part 10, explicit VR little endian, elements in the order they are added (callers add them sorted by
/// tag, as PS3.5 section 7.1 asks). Not a general writer.
/// </summary>
internal sealed class DicomWriter
{
    private const string ExplicitLittleEndian = "1.2.840.10008.1.2.1";
    private readonly List<byte> content = [];

    /// <summary>A UID below 2.25 (a UUID as a decimal number, PS3.5 annex B.2) made from the name, the same every time.</summary>
    public static string Uid(string name)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes("radiogenomics demo " + name));
        var uuid = new System.Numerics.BigInteger(hash.AsSpan(0, 16), isUnsigned: true, isBigEndian: true);
        return "2.25." + uuid.ToString(CultureInfo.InvariantCulture);
    }

    public DicomWriter Text(ushort group, ushort element, string vr, params IEnumerable<string> values)
    {
        var text = string.Join('\\', values);
        if (text.Length % 2 == 1)
            text += vr == "UI" ? '\0' : ' ';
        Header(group, element, vr, text.Length);
        content.AddRange(Encoding.ASCII.GetBytes(text));
        return this;
    }

    /// <summary>Decimal strings (DS): at most 16 characters each.</summary>
    public DicomWriter Decimals(ushort group, ushort element, params IEnumerable<double> values) =>
        Text(group, element, "DS", values.Select(v => Math.Round(v, 4).ToString(CultureInfo.InvariantCulture)));

    public DicomWriter UnsignedShort(ushort group, ushort element, ushort value)
    {
        Header(group, element, "US", 2);
        Write16(value);
        return this;
    }

    public DicomWriter Sequence(ushort group, ushort element, params IEnumerable<DicomWriter> items)
    {
        var body = new DicomWriter();
        foreach (var item in items)
        {
            body.Write16(0xFFFE);
            body.Write16(0xE000);
            body.Write32(item.content.Count);
            body.content.AddRange(item.content);
        }
        Header(group, element, "SQ", body.content.Count);
        content.AddRange(body.content);
        return this;
    }

    /// <summary>
    /// The patient, who is nobody, and how that is known: the basic profile of PS3.15, with descriptions kept because they are made up, so
    /// that the demo passes the gate that every cohort of the service must pass.
    /// </summary>
    public DicomWriter Nobody(string caseId) => Text(0x0010, 0x0010, "PN", "Synthetic^" + caseId)
        .Text(0x0010, 0x0020, "LO", caseId)
        .Text(0x0012, 0x0062, "CS", "YES")
        .Text(0x0012, 0x0063, "LO", "Synthetic data, no person")
        .Sequence(0x0012, 0x0064, Code("113100", "Basic Application Confidentiality Profile"), Code("113105", "Clean Descriptors Option"));

    public DicomWriter SignedPixels(ReadOnlySpan<short> pixels)
    {
        Header(0x7FE0, 0x0010, "OW", pixels.Length * 2);
        foreach (var pixel in pixels)
            Write16((ushort)pixel);
        return this;
    }

    /// <summary>The file: preamble, meta information for the SOP class and instance, then this data set.</summary>
    public byte[] ToFile(string sopClass, string sopInstance)
    {
        var meta = new DicomWriter();
        meta.Header(0x0002, 0x0001, "OB", 2);
        meta.content.AddRange([0, 1]);
        meta.Text(0x0002, 0x0002, "UI", sopClass)
            .Text(0x0002, 0x0003, "UI", sopInstance)
            .Text(0x0002, 0x0010, "UI", ExplicitLittleEndian)
            .Text(0x0002, 0x0012, "UI", Uid("implementation"));
        var length = new DicomWriter();
        length.Header(0x0002, 0x0000, "UL", 4);
        length.Write32(meta.content.Count);
        return [.. new byte[128], .. "DICM"u8, .. length.content, .. meta.content, .. content];
    }

    private static DicomWriter Code(string value, string meaning) => new DicomWriter()
        .Text(0x0008, 0x0100, "SH", value)
        .Text(0x0008, 0x0102, "SH", "DCM")
        .Text(0x0008, 0x0104, "LO", meaning);

    private void Header(ushort group, ushort element, string vr, int length)
    {
        Write16(group);
        Write16(element);
        content.AddRange(Encoding.ASCII.GetBytes(vr));
        if (vr is "OB" or "OW" or "SQ" or "UN")
        {
            Write16(0);
            Write32(length);
        }
        else
        {
            Write16(checked((ushort)length));
        }
    }

    private void Write16(ushort value)
    {
        content.Add((byte)value);
        content.Add((byte)(value >> 8));
    }

    private void Write32(int value)
    {
        Write16((ushort)value);
        Write16((ushort)(value >> 16));
    }
}
