namespace RadiogenomicsCloud.Imaging.Dicom;

internal enum PixelCodec
{
    Native,
    Rle,
    JpegLossless,
    Unsupported,
}

/// <summary>How a data set is written (PS3.5 section 10), and how its pixels are decoded here.</summary>
/// <param name="Tool">What converts a file of an unsupported syntax into one that this product reads.</param>
internal sealed record TransferSyntax(
    string Uid, string Name, bool ExplicitVr, bool BigEndian, bool Deflated, PixelCodec Codec, string Tool)
{
    public const string ImplicitUid = "1.2.840.10008.1.2";
    public const string ExplicitUid = "1.2.840.10008.1.2.1";

    private const string GeneralTool = "gdcmconv --raw";

    private static readonly Dictionary<string, TransferSyntax> Known = new TransferSyntax[]
    {
        new(ImplicitUid, "Implicit VR Little Endian", false, false, false, PixelCodec.Native, ""),
        new(ExplicitUid, "Explicit VR Little Endian", true, false, false, PixelCodec.Native, ""),
        new("1.2.840.10008.1.2.1.99", "Deflated Explicit VR Little Endian", true, false, true, PixelCodec.Native, ""),
        new("1.2.840.10008.1.2.2", "Explicit VR Big Endian", true, true, false, PixelCodec.Native, ""),
        new("1.2.840.10008.1.2.5", "RLE Lossless", true, false, false, PixelCodec.Rle, ""),
        new("1.2.840.10008.1.2.4.57", "JPEG Lossless, Non-Hierarchical (Process 14)", true, false, false, PixelCodec.JpegLossless, ""),
        new("1.2.840.10008.1.2.4.70", "JPEG Lossless, Non-Hierarchical, First-Order Prediction (Process 14 [Selection Value 1])",
            true, false, false, PixelCodec.JpegLossless, ""),
        Unsupported("1.2.840.10008.1.2.1.98", "Encapsulated Uncompressed Explicit VR Little Endian", GeneralTool),
        Unsupported("1.2.840.10008.1.2.4.50", "JPEG Baseline (Process 1)", "dcmdjpeg"),
        Unsupported("1.2.840.10008.1.2.4.51", "JPEG Extended (Process 2 & 4)", "dcmdjpeg"),
        Unsupported("1.2.840.10008.1.2.4.80", "JPEG-LS Lossless", "dcmdjpls"),
        Unsupported("1.2.840.10008.1.2.4.81", "JPEG-LS Lossy (Near-Lossless)", "dcmdjpls"),
        Unsupported("1.2.840.10008.1.2.4.90", "JPEG 2000 Lossless Only", GeneralTool),
        Unsupported("1.2.840.10008.1.2.4.91", "JPEG 2000", GeneralTool),
        Unsupported("1.2.840.10008.1.2.4.92", "JPEG 2000 Part 2 Multi-component Lossless Only", GeneralTool),
        Unsupported("1.2.840.10008.1.2.4.93", "JPEG 2000 Part 2 Multi-component", GeneralTool),
        Unsupported("1.2.840.10008.1.2.4.94", "JPIP Referenced", GeneralTool),
        Unsupported("1.2.840.10008.1.2.4.95", "JPIP Referenced Deflate", GeneralTool) with { Deflated = true },
        Unsupported("1.2.840.10008.1.2.4.100", "MPEG2 Main Profile / Main Level", GeneralTool),
        Unsupported("1.2.840.10008.1.2.4.101", "MPEG2 Main Profile / High Level", GeneralTool),
        Unsupported("1.2.840.10008.1.2.4.102", "MPEG-4 AVC/H.264 High Profile / Level 4.1", GeneralTool),
        Unsupported("1.2.840.10008.1.2.4.103", "MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1", GeneralTool),
        Unsupported("1.2.840.10008.1.2.4.201", "High-Throughput JPEG 2000 Lossless Only", GeneralTool),
        Unsupported("1.2.840.10008.1.2.4.202", "High-Throughput JPEG 2000 with RPCL Options Lossless Only", GeneralTool),
        Unsupported("1.2.840.10008.1.2.4.203", "High-Throughput JPEG 2000", GeneralTool),
        Unsupported("1.2.840.113619.5.2", "GE Private Implicit VR Big Endian", GeneralTool) with { ExplicitVr = false },
    }.ToDictionary(s => s.Uid, StringComparer.Ordinal);

    public bool Encapsulated => Codec != PixelCodec.Native;

    /// <summary>Every syntax has an answer: an unknown one is read as explicit little endian, which all compressed ones are.</summary>
    public static TransferSyntax Of(string uid) =>
        Known.TryGetValue(uid, out var syntax) ? syntax : Unsupported(uid, "unknown or private", GeneralTool);

    /// <summary>The error that names the syntax and the tool that converts it.</summary>
    public BadInputException NotReadable(string file) => new(
        "dicom.transfer-syntax",
        $"{file} is in transfer syntax {Uid} ({Name}), which is not read here; convert it first, for example with '{Tool}'.",
        file);

    private static TransferSyntax Unsupported(string uid, string name, string tool) =>
        new(uid, name, true, false, false, PixelCodec.Unsupported, tool);
}
