namespace RadiogenomicsCloud.Imaging.Dicom;

/// <summary>Where the pixels of a file are: one native value, or the fragments of an encapsulated one.</summary>
internal sealed class DicomPixelData
{
    /// <summary>The attribute that holds the pixels; null where the file has none.</summary>
    public DicomTag? Tag { get; private set; }

    public string Vr { get; private set; } = DicomVr.Unknown;

    /// <summary>Bytes of a native value, backed by the file; null where it is encapsulated.</summary>
    public long? DeclaredLength { get; private set; }

    public bool BigEndian { get; private set; }

    public ReadOnlyMemory<byte> Native { get; set; }

    /// <summary>Null until encapsulated pixels have been read.</summary>
    public List<ReadOnlyMemory<byte>>? Fragments { get; set; }

    public ReadOnlyMemory<byte> OffsetTable { get; set; }

    public void Describe(DicomTag tag, string vr, long? length, DicomEncoding encoding)
    {
        Tag = tag;
        Vr = vr;
        DeclaredLength = length;
        BigEndian = encoding.BigEndian;
    }
}
