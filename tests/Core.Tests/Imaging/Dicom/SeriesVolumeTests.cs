using System.IO.Compression;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Imaging.Dicom;

namespace RadiogenomicsCloud.Core.Tests.Imaging.Dicom;

public class SeriesVolumeTests
{
    [Fact]
    public void Slices_are_placed_by_position_and_not_by_name_or_number()
    {
        int[] order = [3, 0, 4, 1, 2];
        var files = order.Select((k, n) => Slice(k).Set(DicomTags.InstanceNumber, "IS", n).File($"{n}/{9 - n}.dcm")).ToList();
        var read = SeriesVolumeReader.Read(Only(files), TestContext.Current.CancellationToken);
        Assert.Equal(["1.5.0", "1.5.1", "1.5.2", "1.5.3", "1.5.4"], read.SopInstanceUidPerSlice);
        Assert.Equal(new GridGeometry(3, 2, 5, 1.5, 2, 4, new(10, 20, 30), new(1, 0, 0), new(0, 1, 0), new(0, 0, 1)), read.Volume.Grid);
        Assert.Equal(IntensityUnit.Hounsfield, read.Volume.Unit);
        for (var k = 0; k < 5; k++)
        {
            for (var j = 0; j < 2; j++)
            {
                for (var i = 0; i < 3; i++)
                    Assert.Equal(Stored(i, j, k), read.Volume[i, j, k]);
            }
        }
        Assert.Equal(read.Volume.Grid, SeriesVolumeReader.Geometry(Only(files)));
        Assert.Empty(read.Warnings);
    }

    [Fact]
    public void Oblique_slices_make_a_grid_whose_voxels_lie_where_their_slices_say()
    {
        Point3 i = new(0.8, 0.36, 0.48), j = new(-0.6, 0.48, 0.64);
        var normal = i.Cross(j);
        var files = Enumerable.Range(0, 4).Select(k => Slice(k)
            .Set(DicomTags.ImageOrientationPatient, "DS", [i.X, i.Y, i.Z, j.X, j.Y, j.Z])
            .Set(DicomTags.ImagePositionPatient, "DS", Array(new Point3(-7, 3, 5) + (normal * (-2.5 * k))))
            .File($"{k}.dcm")).ToList();
        var read = SeriesVolumeReader.Read(Only(files), TestContext.Current.CancellationToken);
        // The first slice along the normal is the last that was written.
        Assert.Equal(["1.5.3", "1.5.2", "1.5.1", "1.5.0"], read.SopInstanceUidPerSlice);
        Assert.Equal(2.5, read.Volume.Grid.SpacingK, 9);
        var corner = read.Volume.Grid.ToPatient(2, 1, 3);
        Assert.Equal(0, (corner - (new Point3(-7, 3, 5) + (i * 3) + (j * 2))).Length, 6);
        Assert.Equal(Stored(2, 1, 0), read.Volume[2, 1, 3]);
    }

    [Fact]
    public void Rescale_differs_per_slice_and_is_one_and_zero_where_absent()
    {
        var files = new[]
        {
            Slice(0).Set(DicomTags.RescaleSlope, "DS", "0.25").Set(DicomTags.RescaleIntercept, "DS", "-1024").File("a"),
            Slice(1).Set(DicomTags.RescaleSlope, "DS", "2").File("b"),
            Slice(2).File("c"),
        };
        var volume = SeriesVolumeReader.Read(Only(files), TestContext.Current.CancellationToken).Volume;
        Assert.Equal((Stored(1, 1, 0) * 0.25) - 1024, volume[1, 1, 0]);
        Assert.Equal(Stored(1, 1, 1) * 2, volume[1, 1, 1]);
        Assert.Equal(Stored(1, 1, 2), volume[1, 1, 2]);
    }

    [Fact]
    public void Missing_slices_are_counted_and_their_neighbours_named()
    {
        var error = Fails("series.missing-slice", 0, 1, 2, 5, 6, 7, 9);
        Assert.Contains("lacks 3 slice(s)", error.Message, StringComparison.Ordinal);
        Assert.Contains("2 between 38 mm and 50 mm", error.Message, StringComparison.Ordinal);
        Assert.Contains("1 between 58 mm and 66 mm", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5, null)]
    [InlineData(2.0, "series.uneven-gap")]
    [InlineData(-2.0, "series.uneven-gap")]
    public void Gaps_may_differ_by_one_percent_of_the_median_gap(double percent, string? code)
    {
        var files = Enumerable.Range(0, 6).Select(k => Slice(k)
            .Set(DicomTags.ImagePositionPatient, "DS", [10.0, 20, 30 + (4 * k) + (k == 5 ? 4 * percent / 100 : 0)]).File($"{k}")).ToList();
        if (code is null)
            Assert.Equal(6, SeriesVolumeReader.Geometry(Only(files)).CountK);
        else
            Assert.Equal(code, Assert.Throws<BadInputException>(() => SeriesVolumeReader.Geometry(Only(files))).Code);
    }

    [Fact]
    public void Two_slices_at_one_place_are_an_error_that_names_both()
    {
        var files = new[] { Slice(0).File("a"), Slice(1).File("b"), Slice(1).Set(DicomTags.SopInstanceUid, "UI", "1.6").File("c"), Slice(2).File("d") };
        var error = Assert.Throws<BadInputException>(() => SeriesVolumeReader.Geometry(Only(files)));
        Assert.Equal("series.duplicate-slice", error.Code);
        Assert.Contains("b and c lie at the same place, 34 mm", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tilted_gantry_is_refused_with_its_angle()
    {
        var files = Enumerable.Range(0, 4).Select(k => Slice(k)
            .Set(DicomTags.ImagePositionPatient, "DS", [10.0, 20 + k, 30 + (4 * k)]).File($"{k}")).ToList();
        var error = Assert.Throws<BadInputException>(() => SeriesVolumeReader.Geometry(Only(files)));
        Assert.Equal("series.gantry-tilt", error.Code);
        Assert.Contains("14.0 degrees", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.0005, 0, null, false)]
    [InlineData(0.001, 0, null, true)]
    [InlineData(0.03, 0, "series.gantry-tilt", false)]
    [InlineData(0, 0.009, "series.uneven-gap", false)]
    public void Differences_that_one_step_may_have_may_not_add_up_to_another_voxel(double shiftMm, double gapPart, string? code, bool warns)
    {
        // 211 slices about 4 mm apart, pixels 1.5 mm wide. Every step is within one percent of the median gap; a third of the gaps
        // is short, a third is not, a third is long.
        var z = 0.0;
        var files = new List<ImageFile>();
        for (var k = 0; k < 211; k++)
        {
            files.Add(Slice(k).Set(DicomTags.ImagePositionPatient, "DS", [10 + (shiftMm * k), 20, 30 + z]).File($"{k:000}"));
            z += 4 * (1 + (((k / 70) - 1) * gapPart));
        }
        if (code is not null)
        {
            var error = Assert.Throws<BadInputException>(() => SeriesVolumeReader.Geometry(Only(files)));
            Assert.Equal(code, error.Code);
            Assert.Contains(shiftMm > 0 ? "lies 4.2 voxels sideways" : "lies 0.63 voxels along the normal", error.Message, StringComparison.Ordinal);
            return;
        }
        var warnings = SeriesVolumeReader.Read(Only(files), TestContext.Current.CancellationToken).Warnings;
        if (warns)
            Assert.Contains("lies 0.14 voxels sideways", Assert.Single(warnings), StringComparison.Ordinal);
        else
            Assert.Empty(warnings);
    }

    [Fact]
    public void Slices_that_differ_in_size_orientation_or_spacing_are_refused()
    {
        Assert.Equal("series.differing-size", Second(s => s.Pixels(3, 2, new short[6])));
        Assert.Equal("series.differing-orientation", Second(s => s.Set(DicomTags.ImageOrientationPatient, "DS", [0.0, 1, 0, 0, 0, 1])));
        Assert.Equal("series.differing-spacing", Second(s => s.Set(DicomTags.PixelSpacing, "DS", [2.0, 1.6])));
        Assert.Equal("series.orientation", Second(s => s.Set(DicomTags.ImageOrientationPatient, "DS", [1.0, 0, 0, 0.5, 1, 0])));
        Assert.Equal("series.no-position", Second(s => s.Remove(DicomTags.ImagePositionPatient)));
        Assert.Equal("series.no-position", Second(s => s.Remove(DicomTags.PixelSpacing)));

        static string Second(Action<DicomBuilder> change)
        {
            var second = Slice(1);
            change(second);
            return Assert.Throws<BadInputException>(() => SeriesVolumeReader.Geometry(Only([Slice(0).File("a"), second.File("b")]))).Code;
        }
    }

    [Fact]
    public void A_single_slice_takes_its_thickness_for_spacing_and_says_so()
    {
        var read = SeriesVolumeReader.Read(Only([Slice(0).File("a")]), TestContext.Current.CancellationToken);
        Assert.Equal(3, read.Volume.Grid.SpacingK);
        Assert.Single(read.Warnings);
        var without = Only([Slice(0).Remove(DicomTags.SliceThickness).File("a")]);
        var error = Assert.Throws<BadInputException>(() => SeriesVolumeReader.Geometry(without));
        Assert.Contains("(0018,0050)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.2.840.10008.5.1.4.1.1.2.1", "CT", IntensityUnit.Hounsfield)]
    [InlineData("1.2.840.10008.5.1.4.1.1.4.1", "MR", IntensityUnit.Arbitrary)]
    public void Enhanced_multi_frame_objects_are_read_in_any_order_of_frames(string sopClass, string modality, IntensityUnit unit)
    {
        var read = SeriesVolumeReader.Read(Only([Enhanced([2, 0, 1], sopClass, modality).File("enhanced.dcm")]), TestContext.Current.CancellationToken);
        Assert.Equal(unit, read.Volume.Unit);
        Assert.Equal([2, 3, 1], read.FramePerSlice);
        Assert.Equal(4, read.Volume.Grid.SpacingK, 9);
        Assert.Equal(new Point3(10, 20, 30), read.Volume.Grid.Origin);
        for (var k = 0; k < 3; k++)
            Assert.Equal((Stored(2, 1, k) * 2) + k, read.Volume[2, 1, k]);
    }

    [Fact]
    public void Several_stacks_or_temporal_positions_in_one_object_are_refused()
    {
        Assert.Equal("series.several-stacks", Code("1", "2", 1, 1));
        Assert.Equal("series.several-times", Code("1", "1", 1, 2));

        static string Code(string stackA, string stackB, int timeA, int timeB) => Assert.Throws<BadInputException>(() =>
            SeriesVolumeReader.Geometry(Only([Enhanced([0, 1], "1.2.840.10008.5.1.4.1.1.4.1", "MR", (stackA, timeA), (stackB, timeB)).File("e")]))).Code;
    }

    [Fact]
    public void A_broken_slice_fails_its_series_and_does_not_vanish()
    {
        var files = Enumerable.Range(0, 5).Select(k => Slice(k).File($"s/{k}.dcm")).ToList();
        var last = Slice(5).Bytes();
        files.Add(TestFiles.InMemory("s/5.dcm", last[..^3]));
        var inventory = ImageInventory.Scan(files, TestContext.Current.CancellationToken);
        Assert.Equal("s/5.dcm", Assert.Single(inventory.Unreadable).Name);
        var error = Assert.Throws<BadInputException>(() => SeriesVolumeReader.Read(Assert.Single(inventory.Series), TestContext.Current.CancellationToken));
        Assert.Equal("series.broken-file", error.Code);
        Assert.Contains("s/5.dcm", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_deflated_slice_that_claims_more_pixels_than_deflate_can_hold_is_refused_by_its_header()
    {
        // 20 MB are claimed, and could be within the limit on inflated content, by a file of some hundred bytes that lacks them.
        var honest = Slice(0).Set(DicomTags.Rows, "US", 4000).Set(DicomTags.Columns, "US", 2500).Set(DicomTags.PixelData, "OW", new byte[20_000_000]);
        honest.Syntax = DicomBuilder.Explicit;
        using var deflated = new MemoryStream();
        using (var deflate = new DeflateStream(deflated, CompressionLevel.SmallestSize, leaveOpen: true))
            deflate.Write(honest.Bytes().AsSpan()[HeaderLength(honest)..^20_000_000]);
        byte[] liar = [.. Meta(), .. deflated.ToArray()];
        var series = Only([TestFiles.InMemory("liar.dcm", liar)]);
        Assert.Equal("dicom.truncated", Assert.Throws<BadInputException>(() => SeriesVolumeReader.Geometry(series)).Code);

        static byte[] Meta()
        {
            var empty = new DicomBuilder { Syntax = DicomBuilder.Deflated }.Bytes();
            // Behind the meta information stands the deflated form of nothing.
            return empty[..HeaderLength(new DicomBuilder { Syntax = DicomBuilder.Deflated })];
        }

        static int HeaderLength(DicomBuilder builder)
        {
            var bytes = builder.Bytes();
            return 144 + BitConverter.ToInt32(bytes, 140);
        }
    }

    private static BadInputException Fails(string code, params int[] places)
    {
        var error = Assert.Throws<BadInputException>(() => SeriesVolumeReader.Geometry(Only([.. places.Select(k => Slice(k).File($"{k}"))])));
        Assert.Equal(code, error.Code);
        return error;
    }

    internal static DicomSeries Only(IReadOnlyList<ImageFile> files)
    {
        var inventory = ImageInventory.Scan(files, TestContext.Current.CancellationToken);
        Assert.Empty(inventory.Unreadable);
        return Assert.Single(inventory.Series);
    }

    private static int Stored(int i, int j, int k) => (100 * k) + (10 * j) + i - 50;

    private static short[] Image(int k) => [.. Enumerable.Range(0, 6).Select(n => (short)Stored(n % 3, n / 3, k))];

    private static DicomBuilder Slice(int k) => DicomBuilder.Slice("CT", $"1.5.{k}", new(10, 20, 30 + (4 * k)), 2, 3, Image(k));

    private static double[] Array(Point3 p) => [p.X, p.Y, p.Z];

    private static DicomBuilder Enhanced(int[] frames, string sopClass, string modality, params (string Stack, int Time)[] groups)
    {
        var builder = DicomBuilder.Slice(modality, "1.7", default, 2, 3, [.. frames.SelectMany(Image)])
            .Set(DicomTags.SopClassUid, "UI", sopClass)
            .Set(DicomTags.NumberOfFrames, "IS", frames.Length)
            .Sequence(DicomTags.SharedFunctionalGroupsSequence, new DicomBuilder()
                .Sequence(DicomTags.PlaneOrientationSequence, new DicomBuilder().Set(DicomTags.ImageOrientationPatient, "DS", [1.0, 0, 0, 0, 1, 0]))
                .Sequence(DicomTags.PixelMeasuresSequence, new DicomBuilder().Set(DicomTags.PixelSpacing, "DS", [2.0, 1.5])))
            .Sequence(DicomTags.PerFrameFunctionalGroupsSequence, [.. frames.Select((k, f) => new DicomBuilder()
                .Sequence(DicomTags.FrameContentSequence, new DicomBuilder()
                    .Set(DicomTags.StackId, "SH", groups.Length > 0 ? groups[f].Stack : "1")
                    .Set(DicomTags.TemporalPositionIndex, "UL", groups.Length > 0 ? groups[f].Time : 1))
                .Sequence(DicomTags.PlanePositionSequence, new DicomBuilder().Set(DicomTags.ImagePositionPatient, "DS", [10.0, 20, 30 + (4 * k)]))
                .Sequence(DicomTags.PixelValueTransformationSequence, new DicomBuilder()
                    .Set(DicomTags.RescaleIntercept, "DS", k).Set(DicomTags.RescaleSlope, "DS", 2)))]);
        return builder.Remove(DicomTags.ImagePositionPatient).Remove(DicomTags.ImageOrientationPatient).Remove(DicomTags.PixelSpacing);
    }
}
