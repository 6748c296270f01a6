using System.Globalization;
using RadiogenomicsCloud.Core.Tests.Imaging.Dicom;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Imaging.Dicom;

namespace RadiogenomicsCloud.Core.Tests.Imaging.Import;

/// <summary>A small series with structure sets and segmentations, as DICOM files: 12 rows × 10 columns × 6 slices of 2 × 1.5 × 3 mm.</summary>
internal static class CaseBuilder
{
    public const ushort Rows = 12, Columns = 10;
    public const int Slices = 6;
    public const string Frame = "1.2.3.9";

    public static readonly GridGeometry Grid = GridGeometry.AxisAligned(Columns, Rows, Slices, 1.5, 2, 3, new Point3(-7, 11, 100));

    public static string Sop(string series, int k) => $"{series}.{k + 1}";

    /// <summary>The series' files in no particular order; voxel (i, j, k) has the value i + 10·j + 120·k.</summary>
    public static List<ImageFile> Series(
        string uid = "1.2.3.4", string modality = "CT", string description = "test", string frame = Frame, string patient = "P1", double shiftZ = 0)
    {
        var files = new List<ImageFile>();
        foreach (var k in (ReadOnlySpan<int>)[3, 0, 5, 1, 4, 2])
        {
            var pixels = Enumerable.Range(0, Rows * Columns).Select(n => (short)(n + (Rows * Columns * k))).ToArray();
            files.Add(DicomBuilder.Slice(modality, Sop(uid, k), Grid.ToPatient(0, 0, k) + new Point3(0, 0, shiftZ), Rows, Columns, pixels, uid)
                .Set(DicomTags.SeriesDescription, "LO", description)
                .Set(DicomTags.FrameOfReferenceUid, "UI", frame)
                .Set(DicomTags.PatientId, "LO", patient)
                .File($"{uid}/{k * 7 % 5}-{k}.dcm"));
        }
        return files;
    }

    /// <summary>Corners in voxel indices of slice k to Contour Data: x, y, z in mm.</summary>
    public static double[] Contour(double k, params (double I, double J)[] corners) =>
        [.. corners.SelectMany(c =>
        {
            var p = Grid.ToPatient(c.I, c.J, k);
            return new[] { p.X, p.Y, p.Z };
        })];

    public static double[] Box(double k, double i0, double j0, double i1, double j1) => Contour(k, (i0, j0), (i1, j0), (i1, j1), (i0, j1));

    public static DicomBuilder ContourItem(double[] data, string type = "CLOSED_PLANAR", string? sop = null)
    {
        var item = new DicomBuilder()
            .Set(DicomTags.ContourGeometricType, "CS", type)
            .Set(DicomTags.NumberOfContourPoints, "IS", data.Length / 3)
            .Set(DicomTags.ContourData, "DS", [.. data.Select(v => Math.Round(v, 6))]);
        return sop is null ? item : item.Sequence(DicomTags.ContourImageSequence, new DicomBuilder().Set(DicomTags.ReferencedSopInstanceUid, "UI", sop));
    }

    public static DicomBuilder StructureSet(
        (string Name, DicomBuilder[] Contours)[] rois, string? series = "1.2.3.4", string? frame = Frame, string patient = "P1", string sop = "1.9.1")
    {
        var file = new DicomBuilder { Syntax = DicomBuilder.Implicit }
            .Set(DicomTags.SopClassUid, "UI", "1.2.840.10008.5.1.4.1.1.481.3")
            .Set(DicomTags.SopInstanceUid, "UI", sop)
            .Set(DicomTags.Modality, "CS", "RTSTRUCT")
            .Set(DicomTags.PatientId, "LO", patient)
            .Set(DicomTags.SeriesInstanceUid, "UI", sop + ".0");
        if (frame is not null)
            file.Set(DicomTags.FrameOfReferenceUid, "UI", frame);
        if (series is not null)
        {
            file.Sequence(DicomTags.ReferencedFrameOfReferenceSequence, new DicomBuilder()
                .Set(DicomTags.FrameOfReferenceUid, "UI", frame ?? "")
                .Sequence(DicomTags.RTReferencedStudySequence, new DicomBuilder()
                    .Sequence(DicomTags.RTReferencedSeriesSequence, new DicomBuilder().Set(DicomTags.SeriesInstanceUid, "UI", series))));
        }
        return file
            .Sequence(DicomTags.StructureSetROISequence, [.. rois.Select((r, n) => new DicomBuilder()
                .Set(DicomTags.ROINumber, "IS", n + 1)
                .Set(DicomTags.ROIName, "LO", r.Name))])
            .Sequence(DicomTags.ROIContourSequence, [.. rois.Select((r, n) => new DicomBuilder()
                .Set(DicomTags.ReferencedROINumber, "IS", n + 1)
                .Sequence(DicomTags.ContourSequence, r.Contours))]);
    }

    /// <summary>One ROI: a box of voxels 2–5 × 3–7 on the slices 1 to 3, which is 4 × 5 × 3 voxels.</summary>
    public static DicomBuilder SimpleStructureSet(string name = "GTV", string? series = "1.2.3.4", string? frame = Frame, string patient = "P1", string sop = "1.9.1") =>
        StructureSet([(name, [.. Enumerable.Range(1, 3).Select(k => ContourItem(Box(k, 1.5, 2.5, 5.5, 7.5)))])], series, frame, patient, sop);

    /// <summary>A segmentation whose frames are given by segment, position of the first pixel and pixel values (Rows × Columns, or as stated).</summary>
    public static DicomBuilder Segmentation(
        string[] labels, (int Segment, Point3 Position, byte[] Pixels)[] frames, int? maximumFractional = null, string? series = "1.2.3.4",
        double[]? orientation = null, ushort rows = Rows, ushort columns = Columns, double[]? spacing = null)
    {
        var file = new DicomBuilder()
            .Set(DicomTags.SopClassUid, "UI", "1.2.840.10008.5.1.4.1.1.66.4")
            .Set(DicomTags.SopInstanceUid, "UI", "1.9.2")
            .Set(DicomTags.Modality, "CS", "SEG")
            .Set(DicomTags.PatientId, "LO", "P1")
            .Set(DicomTags.SeriesInstanceUid, "UI", "1.9.2.0")
            .Set(DicomTags.FrameOfReferenceUid, "UI", Frame)
            .Set(DicomTags.NumberOfFrames, "IS", frames.Length)
            .Set(DicomTags.SegmentationType, "CS", maximumFractional is null ? "BINARY" : "FRACTIONAL")
            .Sequence(DicomTags.SegmentSequence, [.. labels.Select((label, n) => new DicomBuilder()
                .Set(DicomTags.SegmentNumber, "US", n + 1)
                .Set(DicomTags.SegmentLabel, "LO", label))])
            .Sequence(DicomTags.SharedFunctionalGroupsSequence, new DicomBuilder()
                .Sequence(DicomTags.PlaneOrientationSequence, new DicomBuilder().Set(DicomTags.ImageOrientationPatient, "DS", orientation ?? [1, 0, 0, 0, 1, 0]))
                .Sequence(DicomTags.PixelMeasuresSequence, new DicomBuilder().Set(DicomTags.PixelSpacing, "DS", spacing ?? [2, 1.5])))
            .Sequence(DicomTags.PerFrameFunctionalGroupsSequence, [.. frames.Select(f => new DicomBuilder()
                .Sequence(DicomTags.SegmentIdentificationSequence, new DicomBuilder().Set(DicomTags.ReferencedSegmentNumber, "US", f.Segment))
                .Sequence(DicomTags.PlanePositionSequence, new DicomBuilder()
                    .Set(DicomTags.ImagePositionPatient, "DS", [f.Position.X, f.Position.Y, f.Position.Z])))]);
        if (series is not null)
            file.Sequence(DicomTags.ReferencedSeriesSequence, new DicomBuilder().Set(DicomTags.SeriesInstanceUid, "UI", series));
        var pixels = frames.SelectMany(f => f.Pixels).ToArray();
        if (maximumFractional is { } maximum)
        {
            return file.Set(DicomTags.MaximumFractionalValue, "US", maximum)
                .Set(DicomTags.SegmentationFractionalType, "CS", "PROBABILITY")
                .PixelModule(rows, columns, 8, 8, signed: false)
                .Set(DicomTags.PixelData, "OB", pixels.Length % 2 == 0 ? pixels : [.. pixels, 0]);
        }
        var packed = new byte[(pixels.Length + 15) / 16 * 2];
        for (var n = 0; n < pixels.Length; n++)
            packed[n / 8] |= (byte)(pixels[n] << (n % 8));
        return file.PixelModule(rows, columns, 1, 1, signed: false).Set(DicomTags.PixelData, "OB", packed);
    }

    /// <summary>Voxels that are set, as "i,j,k" in linear order.</summary>
    public static string Voxels(Mask mask) => string.Join(' ', Enumerable.Range(0, mask.Values.Length).Where(n => mask.Values[n] != 0).Select(n => string.Create(
        CultureInfo.InvariantCulture,
        $"{n % mask.Grid.CountI},{n / mask.Grid.CountI % mask.Grid.CountJ},{n / mask.Grid.CountI / mask.Grid.CountJ}")));
}
