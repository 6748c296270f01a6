namespace RadiogenomicsCloud.Imaging.Dicom;

/// <summary>
/// One data element. A sequence of defined length stays bytes until it is asked for, so an implicit-VR file needs no complete
/// dictionary; one of undefined length had to be read to find its end.
/// </summary>
internal sealed class DicomElement(DicomTag tag, string vr, ReadOnlyMemory<byte> bytes, DicomEncoding encoding)
{
    private IReadOnlyList<DicomDataset>? _items;

    public DicomTag Tag { get; } = tag;

    /// <summary>As written; in implicit VR from <see cref="DicomVr"/>.</summary>
    public string Vr { get; } = vr;

    /// <summary>The value as written, in the byte order of <see cref="Encoding"/>; empty for a sequence of undefined length.</summary>
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    public DicomEncoding Encoding { get; } = encoding;

    public static DicomElement Sequence(DicomTag tag, IReadOnlyList<DicomDataset> items, DicomEncoding encoding) =>
        new(tag, "SQ", ReadOnlyMemory<byte>.Empty, encoding) { _items = items };

    public IReadOnlyList<DicomDataset> Items(DicomDataset owner) =>
        _items ??= DicomParser.ReadItems(new MemorySource(owner.File, Bytes), Encoding, owner, Tag, undefinedLength: false, owner.Depth + 1);
}

/// <summary>How the bytes of a data set are laid out.</summary>
internal readonly record struct DicomEncoding(bool ExplicitVr, bool BigEndian)
{
    public static readonly DicomEncoding Implicit = new(false, false);
    public static readonly DicomEncoding Explicit = new(true, false);
}
