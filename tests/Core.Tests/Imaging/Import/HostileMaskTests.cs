using System.Diagnostics;
using CsCheck;
using RadiogenomicsCloud.Core.Tests.Imaging.Dicom;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Imaging.Dicom;
using static RadiogenomicsCloud.Core.Tests.Imaging.Import.CaseBuilder;

namespace RadiogenomicsCloud.Core.Tests.Imaging.Import;

/// <summary>Random structure sets and segmentations: an image, or an exception of ours; never another, never long, never much memory.</summary>
public class HostileMaskTests
{
    private const long MostBytes = 64L << 20;

    private static readonly IReadOnlyList<ImageFile> Image = Series();

    private static readonly Gen<string> Number = Gen.OneOf(
        One("NaN", "Infinity", "-1e308", "1e308", "1e-320", "", " ", "abc", "-0", "1e6", "999999", "1,5", "0x10", "+3."),
        Gen.Double[-50, 200].Select(v => v.ToString("R", System.Globalization.CultureInfo.InvariantCulture)),
        Gen.Int[0, 40].Select(v => (96 + (3 * (v / 7.0))).ToString(System.Globalization.CultureInfo.InvariantCulture)));

    // Mostly sound contours, so that the damage gets past the first check.
    private static readonly Gen<object[]> Sound = Gen.Select(Gen.Double[-1, 6], Gen.Double[-5, 11], Gen.Frequency((3, Gen.Double[0, 20]), (1, Gen.Double[0, 1e5])))
        .Select((k, a, size) => Box(k, a, a, a + size, a + 3).Cast<object>().ToArray());

    // Mostly sound contours, so that the damage gets past the first check.
    private static readonly Gen<object[]> Data = Gen.Frequency((1, Number.Array[0, 20].Select(a => a.Cast<object>().ToArray())), (12, Sound));

    private static readonly Gen<DicomBuilder> Contours = Gen.Select(
        Data,
        One("CLOSED_PLANAR", "CLOSED_PLANAR", "CLOSEDPLANAR_XOR", "POINT", "OPEN_NONPLANAR", "", "closed_planar"),
        Gen.Frequency((1, One("-1", "99999999999", "x")), (15, One("4", "0", "")))).Select((data, type, count) => new DicomBuilder()
            .Set(DicomTags.ContourGeometricType, "CS", type)
            .Set(DicomTags.NumberOfContourPoints, "IS", count)
            .Set(DicomTags.ContourData, "DS", data));

    private int _masks;
    private int _errors;

    [Fact]
    public void Any_contours_give_a_mask_or_our_error()
    {
        Gen.Select(Contours.Array[1, 5], Gen.Frequency((9, Gen.Const("1")), (1, One("2", "", "x"))), Gen.Frequency((9, Gen.Const<string?>("1.2.3.4")), (1, One<string?>("9", null)))).Sample(
            (contours, number, series) => Survives(
                StructureSet([("GTV", contours)], series)
                    .Sequence(DicomTags.ROIContourSequence, new DicomBuilder()
                        .Set(DicomTags.ReferencedROINumber, "IS", number)
                        .Sequence(DicomTags.ContourSequence, contours))),
            iter: 600,
            threads: 1);
        // The damage must neither always nor never reach the end.
        Assert.InRange(_masks, 60, 540);
        Assert.InRange(_errors, 60, 540);
    }

    [Fact]
    public void Any_damage_to_a_structure_set_gives_a_mask_or_our_error()
    {
        var valid = SimpleStructureSet().Bytes();
        SurvivesDamage(valid, 800);
    }

    [Fact]
    public void Any_damage_to_a_segmentation_gives_a_mask_or_our_error()
    {
        var pixels = new byte[Rows * Columns];
        pixels[33] = 1;
        SurvivesDamage(Segmentation(["GTV"], [(1, Grid.ToPatient(0, 0, 2), pixels), (1, Grid.ToPatient(0, 0, 3), pixels)]).Bytes(), 800);
    }

    [Fact]
    public void Any_frames_and_segments_give_a_mask_or_our_error()
    {
        var place = Gen.OneOf(Number, One("-7", "11", "103", "100"));
        Gen.Select(
            place.Array[0, 4],
            Gen.OneOf(place.Array[0, 7], One<string[]>(["1", "0", "0", "0", "1", "0"], ["0", "1", "0", "0", "0", "1"], ["1", "0", "0", "1", "0", "0"])),
            One<string[]>(["2", "1.5"], ["0", "0"], ["-1", "2"], ["1e-310", "2"], ["2"]),
            Gen.Int[0, 3],
            One(0, 1, 12, 65535),
            One(0, 1, 2, 70000)).Sample(
            (position, orientation, spacing, segment, rows, frames) =>
            {
                var pixels = new byte[Rows * Columns];
                pixels[33] = 1;
                var seg = Segmentation(["GTV"], [(segment, Grid.ToPatient(0, 0, 2), pixels)])
                    .Set(DicomTags.Rows, "US", rows)
                    .Set(DicomTags.NumberOfFrames, "IS", frames)
                    .Sequence(DicomTags.SharedFunctionalGroupsSequence, new DicomBuilder()
                        .Sequence(DicomTags.SegmentIdentificationSequence, new DicomBuilder().Set(DicomTags.ReferencedSegmentNumber, "US", segment))
                        .Sequence(DicomTags.PlanePositionSequence, new DicomBuilder().Set(DicomTags.ImagePositionPatient, "DS", [.. position.Cast<object>()]))
                        .Sequence(DicomTags.PlaneOrientationSequence, new DicomBuilder().Set(DicomTags.ImageOrientationPatient, "DS", [.. orientation.Cast<object>()]))
                        .Sequence(DicomTags.PixelMeasuresSequence, new DicomBuilder().Set(DicomTags.PixelSpacing, "DS", [.. spacing.Cast<object>()])))
                    .Sequence(DicomTags.PerFrameFunctionalGroupsSequence, new DicomBuilder());
                Survives(seg);
            },
            iter: 600,
            threads: 1);
    }

    private static Gen<T> One<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(n => values[n]);

    private void SurvivesDamage(byte[] valid, int times) =>
        Gen.Select(Gen.Select(Gen.Int[132, valid.Length - 1], Gen.Byte, (at, value) => (at, value)).Array[1, 10], Gen.Int[0, valid.Length], Gen.Bool).Sample(
            (changes, length, cut) =>
            {
                var bytes = valid.ToArray();
                foreach (var (at, value) in changes)
                    bytes[at] = value;
                Survives(TestFiles.FromBytes("mask.dcm", cut ? bytes[..length] : bytes));
            },
            iter: times,
            threads: 1);

    private void Survives(DicomBuilder file) => Survives(file.File("mask.dcm"));

    private void Survives(ImageFile file)
    {
        var watch = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            var imported = ImageImporter.Import([.. Image, file], new ImageSelection(null, null, null, Union: true), TestContext.Current.CancellationToken);
            Assert.InRange(imported.Mask.Count(), 1, Grid.VoxelCount);
            _masks++;
        }
        catch (RadiogenomicsException e)
        {
            _errors++;
            Assert.False(string.IsNullOrWhiteSpace(e.Message));
        }
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), "It took too long.");
    }
}
