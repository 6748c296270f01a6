namespace RadiogenomicsCloud.Imaging.Dicom;

/// <summary>A DICOM attribute tag; prints as the standard writes it, <c>(gggg,eeee)</c>.</summary>
public readonly record struct DicomTag(ushort Group, ushort Element) : IComparable<DicomTag>
{
    public bool IsPrivate => (Group & 1) == 1;

    public int CompareTo(DicomTag other) => ((Group << 16) | Element).CompareTo((other.Group << 16) | other.Element);

    public override string ToString() => $"({Group:x4},{Element:x4})";

    public static bool operator <(DicomTag a, DicomTag b) => a.CompareTo(b) < 0;

    public static bool operator >(DicomTag a, DicomTag b) => a.CompareTo(b) > 0;

    public static bool operator <=(DicomTag a, DicomTag b) => a.CompareTo(b) <= 0;

    public static bool operator >=(DicomTag a, DicomTag b) => a.CompareTo(b) >= 0;
}
