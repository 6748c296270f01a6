using System.IO.Compression;

namespace RadiogenomicsCloud.Imaging.Dicom;

/// <summary>
/// A DICOM Part 10 file (PS3.10), or a bare data set without preamble or meta information that plainly begins as one.
/// Inflated content is bounded by the greater of 64 MiB and 200 times the deflated.
/// </summary>
public sealed class DicomFile
{
    /// <summary>Of a file beside its pixel data; structure sets, the largest of what is read, have some ten million.</summary>
    private const long MaximumAttributeBytes = 512L << 20;

    private const long InflatedFloor = 64L << 20;
    private const int InflatedRatio = 200;
    private const int PreambleLength = 128;

    private DicomFile(ImageFile source)
    {
        Source = source;
        Meta = new DicomDataset(source.Name);
        Dataset = new DicomDataset(source.Name);
    }

    /// <summary>Where it was read from, to read it again with its pixels.</summary>
    public ImageFile Source { get; }

    public string Name => Source.Name;

    public string TransferSyntaxUid => Syntax.Uid;

    /// <summary>Group 0002; empty for a bare data set.</summary>
    public DicomDataset Meta { get; }

    /// <summary>Everything but group 0002 and the pixel data; read header-only, everything before the pixel data.</summary>
    public DicomDataset Dataset { get; }

    internal TransferSyntax Syntax { get; private set; } = TransferSyntax.Of(TransferSyntax.ImplicitUid);

    internal DicomPixelData Pixels { get; } = new();

    /// <summary>Length of the file in bytes; bounds what compressed pixels can be worth.</summary>
    internal long Length => Source.Length;

    /// <summary>
    /// Reads a file. Without pixel data it stops before (7FE0,0010) and takes no more of the stream than that.
    /// </summary>
    /// <exception cref="BadInputException">
    /// <c>dicom.not-dicom</c>, <c>dicom.truncated</c>, <c>dicom.malformed</c>, <c>dicom.transfer-syntax</c>; all name the file.
    /// Pixels that cannot be decoded are found only when they are asked for.
    /// </exception>
    public static DicomFile Read(ImageFile file, bool withPixelData)
    {
        var (dicom, problem) = Probe(file, withPixelData ? PixelReading.Keep : PixelReading.Stop);
        if (problem is not null)
            throw problem;
        return dicom ?? throw DicomErrors.NotDicom(file.Name);
    }

    /// <summary>Whether the first bytes of a file (132 or more, where it has them) are those of a DICOM file.</summary>
    public static bool LooksLikeDicom(ReadOnlySpan<byte> head) => HasMagic(head) || BareEncoding(head) is not null;

    /// <summary>Whether the file begins as a DICOM file does.</summary>
    public static bool LooksLikeDicom(ImageFile file)
    {
        using var stream = file.Open();
        Span<byte> head = stackalloc byte[PreambleLength + 4];
        var filled = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return LooksLikeDicom(head[..filled]);
    }

    /// <summary>
    /// As <see cref="Read"/>, but what could be read of a broken file comes with its problem: neither means not a DICOM file.
    /// </summary>
    internal static (DicomFile? File, BadInputException? Problem) Probe(ImageFile file, PixelReading reading)
    {
        ArgumentNullException.ThrowIfNull(file);
        var dicom = new DicomFile(file);
        try
        {
            using var stream = file.Open();
            var source = new StreamSource(file.Name, stream, file.Length)
            {
                // Who keeps the pixels has asked for as much.
                MaximumTaken = reading == PixelReading.Keep ? long.MaxValue : MaximumAttributeBytes,
            };
            var head = source.Peek(PreambleLength + 4);
            if (!LooksLikeDicom(head))
                return (null, null);
            dicom.ReadFrom(source, HasMagic(head), BareEncoding(head), reading);
            return (dicom, null);
        }
        catch (BadInputException problem)
        {
            return (dicom, problem);
        }
        catch (InvalidDataException e)
        {
            return (dicom, DicomErrors.Malformed(file.Name, "its compressed content is damaged", e));
        }
        catch (EndOfStreamException)
        {
            return (dicom, DicomErrors.Truncated(file.Name, "its stream"));
        }
    }

    private void ReadFrom(StreamSource source, bool hasPreamble, DicomEncoding? bare, PixelReading reading)
    {
        if (hasPreamble)
            source.Take(PreambleLength + 4, "the preamble");
        DicomParser.ReadMeta(source, Meta);
        var named = Meta.GetString(DicomTags.TransferSyntaxUid);
        var guessed = named is null ? bare ?? BareEncoding(source.Peek(8)) ?? DicomEncoding.Implicit : default;
        Syntax = TransferSyntax.Of(named ?? (guessed.BigEndian ? "1.2.840.10008.1.2.2"
            : guessed.ExplicitVr ? TransferSyntax.ExplicitUid : TransferSyntax.ImplicitUid));
        var encoding = new DicomEncoding(Syntax.ExplicitVr, Syntax.BigEndian);
        try
        {
            DicomParser.ReadTopLevel(Syntax.Deflated ? Inflate(source) : source, encoding, Dataset, Pixels, reading);
        }
        catch (BadInputException e) when (e.Code == "dicom.malformed" && Syntax.Codec == PixelCodec.Unsupported)
        {
            // A private syntax need not be explicit little endian inside: its name says more than what went wrong.
            throw Syntax.NotReadable(Name);
        }
    }

    private StreamSource Inflate(StreamSource source)
    {
        var deflated = source.Take(source.Length(source.Remaining, "deflated content"), "deflated content");
        var limit = Math.Max(InflatedFloor, InflatedRatio * (long)deflated.Length);
        return new(Name, new DeflateStream(new MemoryStream(deflated.ToArray()), CompressionMode.Decompress), limit,
            () => DicomErrors.Malformed(Name, $"its deflated content exceeds {limit} bytes"));
    }

    private static bool HasMagic(ReadOnlySpan<byte> head) =>
        head.Length >= PreambleLength + 4 && head.Slice(PreambleLength, 4).SequenceEqual("DICM"u8);

    /// <summary>
    /// The encoding of a data set that begins at once: its first tag must lie in group 0002 or 0008 with a value representation
    /// or a plausible length; everything else is not DICOM.
    /// </summary>
    private static DicomEncoding? BareEncoding(ReadOnlySpan<byte> head)
    {
        if (head.Length < 8)
            return null;
        var hasVr = DicomVr.IsCode(head[4], head[5]) && (head[4], head[5]) is
            ((byte)'U', (byte)'L') or ((byte)'U', (byte)'I') or ((byte)'C', (byte)'S') or ((byte)'O', (byte)'B')
            or ((byte)'D', (byte)'A') or ((byte)'T', (byte)'M') or ((byte)'L', (byte)'O') or ((byte)'S', (byte)'H');
        return head switch
        {
            [0x02 or 0x08, 0, _, 0, ..] when hasVr => DicomEncoding.Explicit,
            [0, 0x08, 0, _, ..] when hasVr => new DicomEncoding(true, true),
            [0x08, 0, <= 0x60, 0, <= 0x80, 0, 0, 0, ..] => DicomEncoding.Implicit,
            _ => null,
        };
    }
}
