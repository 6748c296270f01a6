using RadiogenomicsCloud.Imaging.Dicom;

namespace RadiogenomicsCloud.Imaging.Structures;

/// <summary>One contour of an ROI as it is stored.</summary>
/// <param name="GeometricType">Contour Geometric Type (3006,0042), upper case; empty where it is missing.</param>
/// <param name="Data">Contour Data (3006,0050): x, y, z of each point, LPS mm, finite.</param>
/// <param name="StatedPoints">Number of Contour Points (3006,0046), if there is one.</param>
internal sealed record RtContour(string GeometricType, IReadOnlyList<double> Data, int? StatedPoints);

/// <summary>An ROI of a structure set; its contours are parsed only when asked for.</summary>
/// <param name="FrameOfReferenceUid">Of the ROI, else of the structure set; null if neither says.</param>
/// <param name="Item">Its item of the ROI Contour Sequence, if there is one.</param>
internal sealed record RtRoi(string File, int Number, string Name, string? FrameOfReferenceUid, DicomDataset? Item)
{
    public bool HasContours => Item is not null && Item.GetSequence(DicomTags.ContourSequence).Count > 0;

    public IReadOnlyList<RtContour> ReadContours() => Item is null
        ? []
        : [.. Item.GetSequence(DicomTags.ContourSequence).Select(c => new RtContour(
            c.GetString(DicomTags.ContourGeometricType)?.ToUpperInvariant() ?? "",
            c.GetDoubles(DicomTags.ContourData),
            c.GetInt(DicomTags.NumberOfContourPoints)))];
}

/// <summary>An RT Structure Set (PS3.3 C.8.8.5–6): its ROIs and what they were drawn on.</summary>
/// <param name="SeriesUids">Series Instance UIDs of the RT Referenced Series Sequences.</param>
/// <param name="SopUids">SOP Instance UIDs of images that contours refer to; without such, those of the referenced series' lists.</param>
internal sealed record RtStructureSet(
    string File, string? PatientId, IReadOnlyList<RtRoi> Rois, IReadOnlyList<string> SeriesUids, IReadOnlyList<string> SopUids)
{
    /// <exception cref="BadInputException">An ROI has no number, or two have the same.</exception>
    public static RtStructureSet Read(DicomDataset dataset)
    {
        var file = dataset.File;
        var frames = dataset.GetSequence(DicomTags.ReferencedFrameOfReferenceSequence);
        var series = frames
            .SelectMany(f => f.GetSequence(DicomTags.RTReferencedStudySequence))
            .SelectMany(s => s.GetSequence(DicomTags.RTReferencedSeriesSequence))
            .ToList();
        var frameUids = frames.Select(f => f.GetString(DicomTags.FrameOfReferenceUid)).OfType<string>().Distinct().ToList();
        var ownFrame = dataset.GetString(DicomTags.FrameOfReferenceUid) ?? (frameUids.Count == 1 ? frameUids[0] : null);

        var contours = new Dictionary<int, DicomDataset>();
        foreach (var item in dataset.GetSequence(DicomTags.ROIContourSequence))
        {
            var number = item.GetInt(DicomTags.ReferencedROINumber)
                ?? throw Bad(file, $"has contours without the number of their ROI {DicomTags.ReferencedROINumber}");
            if (!contours.TryAdd(number, item))
                throw Bad(file, $"has contours of ROI number {number} twice");
        }
        var rois = new List<RtRoi>();
        foreach (var item in dataset.GetSequence(DicomTags.StructureSetROISequence))
        {
            var number = item.GetInt(DicomTags.ROINumber) ?? throw Bad(file, $"has an ROI without a number {DicomTags.ROINumber}");
            if (rois.Exists(r => r.Number == number))
                throw Bad(file, $"has two ROIs of number {number}");
            rois.Add(new RtRoi(
                file,
                number,
                item.GetString(DicomTags.ROIName) ?? $"ROI {number}",
                item.GetString(DicomTags.ReferencedFrameOfReferenceUid) ?? ownFrame,
                contours.GetValueOrDefault(number)));
        }

        var sops = contours.Values
            .SelectMany(item => item.GetSequence(DicomTags.ContourSequence))
            .SelectMany(ReferencedImages)
            .Distinct()
            .ToList();
        if (sops.Count == 0)
            sops = [.. series.SelectMany(ReferencedImages).Distinct()];
        return new RtStructureSet(
            file,
            dataset.GetString(DicomTags.PatientId),
            rois,
            [.. series.Select(s => s.GetString(DicomTags.SeriesInstanceUid)).OfType<string>().Distinct()],
            sops);
    }

    private static IEnumerable<string> ReferencedImages(DicomDataset item) =>
        item.GetSequence(DicomTags.ContourImageSequence).Select(i => i.GetString(DicomTags.ReferencedSopInstanceUid)).OfType<string>();

    private static BadInputException Bad(string file, string what) =>
        new("rtstruct.malformed", $"The structure set '{file}' {what}; export it again.", file);
}
