using RadiogenomicsCloud.Imaging.Dicom;

namespace RadiogenomicsCloud.Imaging.Structures;

/// <summary>
/// A Segmentation (PS3.3 A.51, C.8.20), BINARY or FRACTIONAL: a voxel is inside if its value is at least half of Maximum Fractional
/// Value, be it a probability or an occupancy. Frames come in any order, for any segments, and each is placed by its plane position;
/// its rows and columns must be those of the image, its slice one of the image's.
/// </summary>
internal sealed record SegmentationObject : RoiObject
{
    private static readonly DicomTag ReferencedInstanceSequence = new(0x0008, 0x114A);

    private readonly DicomFile _header;
    private readonly IReadOnlyList<SegmentationFrame> _frames;
    private readonly int _insideFrom;

    private SegmentationObject(
        DicomFile header, IReadOnlyList<string> series, IReadOnlyList<string> sops, IReadOnlyList<RoiEntry> rois,
        IReadOnlyList<SegmentationFrame> frames, int insideFrom)
        : base(
            header.Name, "segmentation", header.Dataset.GetString(DicomTags.PatientId),
            header.Dataset.GetString(DicomTags.FrameOfReferenceUid), series, sops, rois)
    {
        _header = header;
        _frames = frames;
        _insideFrom = insideFrom;
    }

    /// <exception cref="BadInputException"><c>seg.type</c>, <c>seg.malformed</c>: neither binary nor fractional; a frame without place or
    /// segment.</exception>
    public static SegmentationObject Read(DicomFile header)
    {
        var dataset = header.Dataset;
        var file = header.Name;
        var type = dataset.GetString(DicomTags.SegmentationType) ?? "no type";
        var insideFrom = type switch
        {
            "BINARY" => 1,
            "FRACTIONAL" => dataset.GetInt(DicomTags.MaximumFractionalValue) is int maximum and > 0
                ? (maximum / 2) + (maximum & 1)
                : throw Bad(file, $"is FRACTIONAL without a Maximum Fractional Value {DicomTags.MaximumFractionalValue}"),
            _ => throw new BadInputException("seg.type",
                $"The segmentation '{file}' is of type {type}; only BINARY and FRACTIONAL are read, so convert it.", file),
        };
        var frames = SegmentationFrame.All(dataset);
        var drawn = frames.Select(f => f.Segment).ToHashSet();
        var rois = new List<RoiEntry>();
        var numbers = new HashSet<int>();
        foreach (var item in dataset.GetSequence(DicomTags.SegmentSequence))
        {
            var number = item.GetInt(DicomTags.SegmentNumber)
                ?? throw Bad(file, $"has a segment without a number {DicomTags.SegmentNumber}");
            if (!numbers.Add(number))
                throw Bad(file, $"has two segments of number {number}");
            rois.Add(new RoiEntry(number, item.GetString(DicomTags.SegmentLabel) ?? $"Segment {number}", drawn.Contains(number)));
        }
        var series = dataset.GetSequence(DicomTags.ReferencedSeriesSequence);
        var sops = frames.SelectMany(f => f.SourceSopUids).Distinct().ToList();
        if (sops.Count == 0)
        {
            sops = [.. series.SelectMany(s => s.GetSequence(ReferencedInstanceSequence))
                .Select(i => i.GetString(DicomTags.ReferencedSopInstanceUid)).OfType<string>().Distinct()];
        }
        return new SegmentationObject(
            header, [.. series.Select(s => s.GetString(DicomTags.SeriesInstanceUid)).OfType<string>().Distinct()], sops, rois, frames, insideFrom);
    }

    public override double PlaneTolerance => GridGeometry.CornerToleranceVoxels;

    public override double OffPlanes(GridGeometry grid)
    {
        var worst = 0.0;
        foreach (var frame in _frames)
        {
            LatticeMap.Find(frame.Grid, grid, sliceSubset: true, out var distance);
            worst = Math.Max(worst, distance);
        }
        return worst;
    }

    public override void Set(RoiEntry roi, GridGeometry grid, Span<byte> mask, List<string> warnings, CancellationToken cancel)
    {
        var pixels = new DicomPixelReader(DicomFile.Read(_header.Source, withPixelData: true));
        if (pixels.FrameCount != _frames.Count)
            throw Bad(File, $"has {pixels.FrameCount} frames and describes {_frames.Count}");
        // Packed pixels grow 40-fold here: not for a frame that is larger than the whole image.
        if (pixels.Rows * pixels.Columns > grid.VoxelCount)
            throw LatticeMap.NotShared(File, _frames[0].Grid, "the series that it belongs to", grid, double.PositiveInfinity);
        var stored = new int[pixels.Rows * pixels.Columns];
        var inside = new byte[stored.Length];
        for (var f = 0; f < _frames.Count; f++)
        {
            var frame = _frames[f];
            if (frame.Segment != roi.Number)
                continue;
            cancel.ThrowIfCancellationRequested();
            pixels.ReadFrame(f, stored);
            var any = false;
            for (var n = 0; n < stored.Length; n++)
            {
                inside[n] = stored[n] >= _insideFrom ? (byte)1 : (byte)0;
                any |= inside[n] != 0;
            }
            // An empty frame beyond the image changes nothing.
            if (LatticeMap.Find(frame.Grid, grid, sliceSubset: true, out var distance) is { } map)
                map.Set(inside, frame.Grid, mask);
            else if (any)
                throw LatticeMap.NotShared($"{File}, frame {f + 1}", frame.Grid, "the series that it belongs to", grid, distance);
        }
    }

    private static BadInputException Bad(string file, string what) => SegmentationFrame.Bad(file, what);
}
