using RadiogenomicsCloud.Imaging.Dicom;

namespace RadiogenomicsCloud.Imaging.Structures;

/// <summary>One frame of a segmentation.</summary>
/// <param name="Grid">Its pixels as a grid of one slice; the distance between slices is not used.</param>
/// <param name="SourceSopUids">Images that it was derived from.</param>
internal sealed record SegmentationFrame(int Segment, GridGeometry Grid, IReadOnlyList<string> SourceSopUids)
{
    private const double MaxCoordinate = 1e6;
    private const double MaxShear = 1e-3;

    /// <summary>All frames in their stored order, by the shared and per-frame functional groups.</summary>
    public static IReadOnlyList<SegmentationFrame> All(DicomDataset dataset)
    {
        var file = dataset.File;
        var rows = dataset.GetInt(DicomTags.Rows) ?? 0;
        var columns = dataset.GetInt(DicomTags.Columns) ?? 0;
        if (rows < 1 || columns < 1 || (long)rows * columns > int.MaxValue)
            throw Bad(file, $"has {rows} rows and {columns} columns");
        var shared = dataset.GetSequence(DicomTags.SharedFunctionalGroupsSequence);
        var frames = new List<SegmentationFrame>();
        foreach (var item in dataset.GetSequence(DicomTags.PerFrameFunctionalGroupsSequence))
        {
            DicomDataset? Group(DicomTag tag) => item.GetSequence(tag) is [var own, ..] ? own
                : shared is [var common, ..] && common.GetSequence(tag) is [var of, ..] ? of : null;

            var name = $"frame {frames.Count + 1}";
            var segment = Group(DicomTags.SegmentIdentificationSequence)?.GetInt(DicomTags.ReferencedSegmentNumber)
                ?? throw Bad(file, $"does not say which segment {name} belongs to");
            var position = Numbers(Group(DicomTags.PlanePositionSequence), DicomTags.ImagePositionPatient, 3, file, name);
            var orientation = Numbers(Group(DicomTags.PlaneOrientationSequence), DicomTags.ImageOrientationPatient, 6, file, name);
            var spacing = Numbers(Group(DicomTags.PixelMeasuresSequence), DicomTags.PixelSpacing, 2, file, name);
            var i = new Point3(orientation[0], orientation[1], orientation[2]);
            var j = new Point3(orientation[3], orientation[4], orientation[5]);
            if (!(Math.Abs(i.Length - 1) <= MaxShear && Math.Abs(j.Length - 1) <= MaxShear && Math.Abs(i.Dot(j)) <= MaxShear))
                throw Bad(file, $"has an orientation in {name} that is not two unit vectors at a right angle");
            if (!(spacing.Min() > 0))
                throw Bad(file, $"has a pixel spacing in {name} that is not positive");
            i *= 1 / i.Length;
            j -= i * i.Dot(j);
            j *= 1 / j.Length;
            frames.Add(new SegmentationFrame(
                segment,
                new GridGeometry(columns, rows, 1, spacing[1], spacing[0], 1, new Point3(position[0], position[1], position[2]), i, j, i.Cross(j)),
                [.. item.GetSequence(DicomTags.DerivationImageSequence)
                    .SelectMany(d => d.GetSequence(DicomTags.SourceImageSequence))
                    .Select(s => s.GetString(DicomTags.ReferencedSopInstanceUid)).OfType<string>()]));
        }
        return frames.Count > 0 ? frames : throw Bad(file, "does not say where its frames lie (no Per-Frame Functional Groups)");
    }

    internal static BadInputException Bad(string file, string what) =>
        new("seg.malformed", $"The segmentation '{file}' {what}; export it again.", file);

    private static IReadOnlyList<double> Numbers(DicomDataset? group, DicomTag tag, int count, string file, string frame)
    {
        var numbers = group?.GetDoubles(tag) ?? [];
        if (numbers.Count != count)
            throw Bad(file, $"has {numbers.Count} instead of {count} values of {tag} for {frame}");
        return numbers.All(n => Math.Abs(n) <= MaxCoordinate)
            ? numbers
            : throw Bad(file, $"has a value of {tag} in {frame} that is no place in a patient");
    }
}
