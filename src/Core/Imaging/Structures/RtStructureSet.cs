using RadiogenomicsCloud.Imaging.Dicom;

namespace RadiogenomicsCloud.Imaging.Structures;

/// <summary>One contour of an ROI as it is stored.</summary>
/// <param name="GeometricType">Contour Geometric Type (3006,0042), upper case; empty where it is missing.</param>
/// <param name="Data">Contour Data (3006,0050): x, y, z of each point, LPS mm, finite.</param>
/// <param name="StatedPoints">Number of Contour Points (3006,0046), if there is one.</param>
internal sealed record RtContour(string GeometricType, IReadOnlyList<double> Data, int? StatedPoints);

/// <summary>An RT Structure Set (PS3.3 C.8.8.5 and C.8.8.6). Contours are parsed only for the ROI that is asked for.</summary>
internal sealed record RtStructureSet : RoiObject
{
    private readonly IReadOnlyDictionary<int, DicomDataset> _contours;

    private RtStructureSet(
        DicomDataset dataset, string? frame, IReadOnlyList<string> series, IReadOnlyList<string> sops,
        IReadOnlyList<RoiEntry> rois, IReadOnlyDictionary<int, DicomDataset> contours)
        : base(dataset.File, "structure set", dataset.GetString(DicomTags.PatientId), frame, series, sops, rois) => _contours = contours;

    /// <exception cref="BadInputException"><c>rtstruct.malformed</c>: an ROI has no number, or two have the same.</exception>
    public static RtStructureSet Read(DicomDataset dataset)
    {
        var file = dataset.File;
        var frames = dataset.GetSequence(DicomTags.ReferencedFrameOfReferenceSequence);
        var series = frames
            .SelectMany(f => f.GetSequence(DicomTags.RTReferencedStudySequence))
            .SelectMany(s => s.GetSequence(DicomTags.RTReferencedSeriesSequence))
            .ToList();

        var contours = new Dictionary<int, DicomDataset>();
        foreach (var item in dataset.GetSequence(DicomTags.ROIContourSequence))
        {
            var number = item.GetInt(DicomTags.ReferencedROINumber)
                ?? throw Bad(file, $"has contours without the number of their ROI {DicomTags.ReferencedROINumber}");
            if (!contours.TryAdd(number, item))
                throw Bad(file, $"has contours of ROI number {number} twice");
        }
        var rois = new List<RoiEntry>();
        var numbers = new HashSet<int>();
        var frameUids = new List<string?>();
        foreach (var item in dataset.GetSequence(DicomTags.StructureSetROISequence))
        {
            var number = item.GetInt(DicomTags.ROINumber) ?? throw Bad(file, $"has an ROI without a number {DicomTags.ROINumber}");
            if (!numbers.Add(number))
                throw Bad(file, $"has two ROIs of number {number}");
            var drawn = contours.TryGetValue(number, out var c) && c.GetSequence(DicomTags.ContourSequence).Count > 0;
            rois.Add(new RoiEntry(number, item.GetString(DicomTags.ROIName) ?? $"ROI {number}", drawn)
            {
                FrameOfReferenceUid = item.GetString(DicomTags.ReferencedFrameOfReferenceUid),
                SopUids = drawn ? [.. c!.GetSequence(DicomTags.ContourSequence).SelectMany(ReferencedImages).Distinct()] : [],
            });
            frameUids.Add(item.GetString(DicomTags.ReferencedFrameOfReferenceUid));
        }
        frameUids.AddRange(frames.Select(f => f.GetString(DicomTags.FrameOfReferenceUid)));

        var sops = contours.Values
            .SelectMany(item => item.GetSequence(DicomTags.ContourSequence))
            .SelectMany(ReferencedImages)
            .Distinct()
            .ToList();
        if (sops.Count == 0)
            sops = [.. series.SelectMany(ReferencedImages).Distinct()];
        return new RtStructureSet(
            dataset,
            dataset.GetString(DicomTags.FrameOfReferenceUid) ?? frameUids.OfType<string>().FirstOrDefault(),
            [.. series.Select(s => s.GetString(DicomTags.SeriesInstanceUid)).OfType<string>().Distinct()],
            sops,
            rois,
            contours);
    }

    public override double PlaneTolerance => ContourMask.PlaneTolerance;

    public override double OffPlanes(GridGeometry grid) =>
        ContourMask.OffPlanes([.. Rois.Where(r => r.HasContent).SelectMany(Contours)], grid);

    public override void Set(RoiEntry roi, GridGeometry grid, Span<byte> mask, List<string> warnings, CancellationToken cancel) =>
        ContourMask.Set(roi.Name, Contours(roi), grid, File, mask, warnings, cancel);

    private RtContour[] Contours(RoiEntry roi) => !_contours.TryGetValue(roi.Number, out var item)
        ? []
        : [.. item.GetSequence(DicomTags.ContourSequence).Select(c => new RtContour(
            c.GetString(DicomTags.ContourGeometricType)?.ToUpperInvariant() ?? "",
            c.GetDoubles(DicomTags.ContourData),
            c.GetInt(DicomTags.NumberOfContourPoints)))];

    private static IEnumerable<string> ReferencedImages(DicomDataset item) =>
        item.GetSequence(DicomTags.ContourImageSequence).Select(i => i.GetString(DicomTags.ReferencedSopInstanceUid)).OfType<string>();

    private static BadInputException Bad(string file, string what) =>
        new("rtstruct.malformed", $"The structure set '{file}' {what}; export it again.", file);
}
