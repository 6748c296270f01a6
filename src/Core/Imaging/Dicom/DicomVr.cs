namespace RadiogenomicsCloud.Imaging.Dicom;

/// <summary>
/// Value representations (PS3.5 section 6.2) as two-letter codes, and those of the attributes in <see cref="DicomTags"/>, needed
/// where the file does not carry them: implicit VR and UN. An unknown attribute is kept as bytes and can still be asked for.
/// </summary>
internal static class DicomVr
{
    public const string Unknown = "UN";

    private static readonly Dictionary<DicomTag, string> Known = Build();

    /// <summary>The VR of a known attribute, else <see cref="Unknown"/>. Group lengths (gggg,0000) are UL, private creators LO.</summary>
    public static string Of(DicomTag tag) =>
        Known.TryGetValue(tag, out var vr) ? vr
        : tag.Element == 0 ? "UL"
        : tag.IsPrivate && tag.Element is >= 0x10 and <= 0xFF ? "LO"
        : Unknown;

    /// <summary>
    /// Whether explicit VR writes the length in two bytes (PS3.5 section 7.1.2). All others, those that a later edition may add
    /// included, have two reserved bytes and four of length.
    /// </summary>
    public static bool HasShortLength(string vr) =>
        vr is "AE" or "AS" or "AT" or "CS" or "DA" or "DS" or "DT" or "FD" or "FL" or "IS" or "LO" or "LT" or "PN"
            or "SH" or "SL" or "SS" or "ST" or "TM" or "UI" or "UL" or "US";

    /// <summary>Whether the value is one text in which a backslash is a character and not a separator.</summary>
    public static bool IsSingleText(string vr) => vr is "LT" or "ST" or "UT" or "UR";

    /// <summary>Bytes of one number of a binary numeric VR; 0 for everything else.</summary>
    public static int NumberSize(string vr) => vr switch
    {
        "US" or "SS" => 2,
        "UL" or "SL" or "FL" => 4,
        "FD" or "SV" or "UV" => 8,
        _ => 0,
    };

    /// <summary>Whether two bytes can be a VR code.</summary>
    public static bool IsCode(byte a, byte b) => a is >= (byte)'A' and <= (byte)'Z' && b is >= (byte)'A' and <= (byte)'Z';

    private static Dictionary<DicomTag, string> Build()
    {
        var known = new Dictionary<DicomTag, string>();
        Add("CS",
            DicomTags.SpecificCharacterSet, DicomTags.ImageType, DicomTags.Modality, DicomTags.PatientSex,
            DicomTags.DecayCorrected, DicomTags.PhotometricInterpretation, DicomTags.CorrectedImage,
            DicomTags.Units, DicomTags.SuvType, DicomTags.DecayCorrection, DicomTags.SegmentationType,
            DicomTags.SegmentAlgorithmType, DicomTags.SegmentationFractionalType, DicomTags.ContourGeometricType);
        Add("DA",
            DicomTags.StudyDate, DicomTags.SeriesDate, DicomTags.AcquisitionDate, DicomTags.ContentDate);
        Add("DS",
            DicomTags.PatientSize, DicomTags.PatientWeight, DicomTags.SliceThickness,
            DicomTags.SpacingBetweenSlices, DicomTags.RadionuclideTotalDose, DicomTags.RadionuclideHalfLife,
            DicomTags.GantryDetectorTilt, DicomTags.ImagePositionPatient, DicomTags.ImageOrientationPatient,
            DicomTags.PixelSpacing, DicomTags.RescaleIntercept, DicomTags.RescaleSlope,
            DicomTags.FrameReferenceTime, DicomTags.ContourData);
        Add("DT",
            DicomTags.AcquisitionDateTime, DicomTags.RadiopharmaceuticalStartDateTime,
            DicomTags.DecayCorrectionDateTime);
        Add("FD",
            DicomTags.RealWorldValueIntercept, DicomTags.RealWorldValueSlope);
        Add("IS",
            DicomTags.ReferencedFrameNumber, DicomTags.ActualFrameDuration, DicomTags.SeriesNumber,
            DicomTags.AcquisitionNumber, DicomTags.InstanceNumber, DicomTags.NumberOfFrames, DicomTags.ROINumber,
            DicomTags.NumberOfContourPoints, DicomTags.ReferencedROINumber);
        Add("LO",
            DicomTags.Manufacturer, DicomTags.CodeMeaning, DicomTags.StudyDescription, DicomTags.SeriesDescription,
            DicomTags.PatientId, DicomTags.RescaleType, DicomTags.SegmentLabel, DicomTags.ROIName);
        Add("OD",
            DicomTags.DoubleFloatPixelData);
        Add("OF",
            DicomTags.FloatPixelData);
        Add("OW",
            DicomTags.PixelData);
        Add("PN",
            DicomTags.PatientName);
        Add("SH",
            DicomTags.CodeValue, DicomTags.CodingSchemeDesignator, DicomTags.TimezoneOffsetFromUtc,
            DicomTags.StackId, DicomTags.StructureSetLabel);
        Add("SQ",
            DicomTags.ReferencedStudySequence, DicomTags.ReferencedSeriesSequence,
            DicomTags.ReferencedImageSequence, DicomTags.ReferencedSopSequence, DicomTags.SourceImageSequence,
            DicomTags.DerivationImageSequence, DicomTags.FrameContentSequence, DicomTags.PlanePositionSequence,
            DicomTags.PlaneOrientationSequence, DicomTags.PixelMeasuresSequence,
            DicomTags.PixelValueTransformationSequence, DicomTags.MeasurementUnitsCodeSequence,
            DicomTags.RealWorldValueMappingSequence, DicomTags.RadiopharmaceuticalInformationSequence,
            DicomTags.SegmentSequence, DicomTags.SegmentIdentificationSequence,
            DicomTags.ReferencedFrameOfReferenceSequence, DicomTags.RTReferencedStudySequence,
            DicomTags.RTReferencedSeriesSequence, DicomTags.ContourImageSequence, DicomTags.StructureSetROISequence,
            DicomTags.ROIContourSequence, DicomTags.ContourSequence, DicomTags.SharedFunctionalGroupsSequence,
            DicomTags.PerFrameFunctionalGroupsSequence);
        Add("ST",
            DicomTags.SegmentDescription);
        Add("TM",
            DicomTags.StudyTime, DicomTags.SeriesTime, DicomTags.AcquisitionTime, DicomTags.ContentTime,
            DicomTags.RadiopharmaceuticalStartTime);
        Add("UI",
            DicomTags.SopClassUid, DicomTags.SopInstanceUid, DicomTags.ReferencedSopClassUid,
            DicomTags.ReferencedSopInstanceUid, DicomTags.StudyInstanceUid, DicomTags.SeriesInstanceUid,
            DicomTags.FrameOfReferenceUid, DicomTags.ReferencedFrameOfReferenceUid);
        Add("UL",
            DicomTags.InStackPositionNumber, DicomTags.TemporalPositionIndex, DicomTags.DimensionIndexValues);
        Add("US",
            DicomTags.SamplesPerPixel, DicomTags.Rows, DicomTags.Columns, DicomTags.BitsAllocated,
            DicomTags.BitsStored, DicomTags.HighBit, DicomTags.PixelRepresentation, DicomTags.SegmentNumber,
            DicomTags.ReferencedSegmentNumber, DicomTags.MaximumFractionalValue);
        return known;

        void Add(string vr, params ReadOnlySpan<DicomTag> tags)
        {
            foreach (var tag in tags)
                known.Add(tag, vr);
        }
    }
}
