namespace RadiogenomicsCloud.Imaging.Dicom.Deidentification;

/// <summary>Attributes by which a file says how it was de-identified, and what it shows.</summary>
internal static class DeidentificationTags
{
    public static readonly DicomTag PatientIdentityRemoved = new(0x0012, 0x0062);
    public static readonly DicomTag DeidentificationMethod = new(0x0012, 0x0063);
    public static readonly DicomTag DeidentificationMethodCodeSequence = new(0x0012, 0x0064);
    public static readonly DicomTag BodyPartExamined = new(0x0018, 0x0015);
    public static readonly DicomTag BurnedInAnnotation = new(0x0028, 0x0301);
    public static readonly DicomTag RecognizableVisualFeatures = new(0x0028, 0x0302);
}
