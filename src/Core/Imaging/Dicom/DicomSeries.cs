namespace RadiogenomicsCloud.Imaging.Dicom;

/// <summary>One image object of a series, known by its header.</summary>
/// <param name="SopInstanceUid">(0008,0018).</param>
/// <param name="Source">The file that it was found in and is read from again for its pixels.</param>
public sealed record DicomInstance(string SopInstanceUid, ImageFile Source, DicomFile Header)
{
    public DicomDataset Dataset => Header.Dataset;
}

/// <summary>A file that could not be used, and why.</summary>
/// <param name="Reason">One sentence that names the file.</param>
public sealed record UnreadableFile(string Name, string Code, string Reason);

/// <summary>
/// The images that share one Series Instance UID, in whatever files and folders they lay. The order of <see cref="Instances"/> is
/// that of their file names and means nothing; geometry comes from <see cref="SeriesVolumeReader"/>.
/// </summary>
public sealed record DicomSeries(
    string SeriesInstanceUid, string Modality, string? Description, string? FrameOfReferenceUid, string? StudyInstanceUid,
    string? PatientId, IReadOnlyList<DicomInstance> Instances)
{
    /// <summary>Files that belong, or may belong, to the series and are broken: reading a volume fails rather than losing a slice.</summary>
    public IReadOnlyList<UnreadableFile> Broken { get; init; } = [];
}
