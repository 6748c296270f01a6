using RadiogenomicsCloud.Core.Tests.Imaging.Dicom;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Imaging.Dicom;
using static RadiogenomicsCloud.Core.Tests.Imaging.Import.CaseBuilder;

namespace RadiogenomicsCloud.Core.Tests.Imaging.Import;

public class SegmentationImportTests
{
    private static readonly ImageSelection Tumour = new(null, null, "Tumour");

    private static ImportedImage Import(ImageSelection selection, DicomBuilder segmentation) =>
        ImageImporter.Import([.. Series(), segmentation.File("seg.dcm")], selection, TestContext.Current.CancellationToken);

    private static BadInputException Fails(string code, ImageSelection selection, DicomBuilder segmentation)
    {
        var e = Assert.Throws<BadInputException>(() => Import(selection, segmentation));
        Assert.Equal(code, e.Code);
        return e;
    }

    private static byte[] Pixels(byte value, params (int I, int J)[] set)
    {
        var pixels = new byte[Rows * Columns];
        foreach (var (i, j) in set)
            pixels[i + (Columns * j)] = value;
        return pixels;
    }

    private static Point3 At(int k) => Grid.ToPatient(0, 0, k);

    [Fact]
    public void Binary_frames_in_any_order_for_several_segments_and_some_slices_go_to_their_places()
    {
        var seg = Segmentation(["Tumour", "Oedema"],
        [
            (2, At(3), Pixels(1, (0, 0), (9, 11))),
            (1, At(4), Pixels(1, (3, 4), (4, 4))),
            (1, At(2), Pixels(1, (5, 6))),
            (2, At(4), Pixels(1, (1, 1))),
        ]);
        Assert.Equal("5,6,2 3,4,4 4,4,4", Voxels(Import(Tumour, seg).Mask));
        Assert.Equal("0,0,3 9,11,3 1,1,4", Voxels(Import(new(null, null, "Oedema"), seg).Mask));
        Assert.Equal("5,6,2 0,0,3 9,11,3 1,1,4 3,4,4 4,4,4", Voxels(Import(new(null, null, null, Union: true), seg).Mask));
        Assert.Equal("2 ROIs are there: 'Tumour', 'Oedema'; name one, or set union: true to join them.", Fails("roi.several", new(null, null, null), seg).Message);
    }

    [Fact]
    public void Fractional_values_are_inside_from_half_of_the_maximum()
    {
        var pixels = Pixels(127, (1, 1));
        pixels[2 + (Columns * 1)] = 128;
        pixels[3 + (Columns * 1)] = 255;
        Assert.Equal("2,1,2 3,1,2", Voxels(Import(Tumour, Segmentation(["Tumour"], [(1, At(2), pixels)], maximumFractional: 255)).Mask));
        var even = Pixels(50, (1, 1), (7, 3));
        even[7 + (Columns * 3)] = 49;
        Assert.Equal("1,1,2", Voxels(Import(Tumour, Segmentation(["Tumour"], [(1, At(2), even)], maximumFractional: 100)).Mask));
    }

    [Fact]
    public void Frames_stored_upside_down_or_in_another_plane_of_the_same_grid_are_turned_exactly()
    {
        // Columns run to −x: the first pixel is the last voxel of the row.
        var flipped = Segmentation(["Tumour"], [(1, Grid.ToPatient(Columns - 1, 0, 2), Pixels(1, (0, 1), (3, 1)))], orientation: [-1, 0, 0, 0, 1, 0]);
        Assert.Equal("6,1,2 9,1,2", Voxels(Import(Tumour, flipped).Mask));
        // Coronal: columns along i, rows along k, one frame for j = 5.
        var coronal = new byte[Slices * Columns];
        coronal[7 + (Columns * 4)] = 1;
        var seg = Segmentation(["Tumour"], [(1, Grid.ToPatient(0, 5, 0), coronal)], orientation: [1, 0, 0, 0, 0, 1], rows: Slices, spacing: [3, 1.5]);
        Assert.Equal("7,5,4", Voxels(Import(Tumour, seg).Mask));
    }

    [Fact]
    public void A_grid_that_is_not_the_images_is_an_error_that_says_by_how_much()
    {
        var shifted = Segmentation(["Tumour"], [(1, At(2) + new Point3(0.3, 0, 0), Pixels(1, (3, 4)))]);
        Assert.Equal(
            "The mask 'seg.dcm, frame 1' and the image 'the series that it belongs to' do not share a space: their corners lie up to 0.2 voxels (at most 0.6 mm) apart where 0.01 voxel is allowed; resample the mask to the image's grid first.",
            Fails("mask.space", Tumour, shifted).Message);
        var outside = Segmentation(["Tumour"], [(1, At(2), Pixels(1, (3, 4))), (1, At(8), Pixels(1, (3, 4)))]);
        Assert.Contains("up to 3 voxels (at most 9 mm) apart", Fails("mask.space", Tumour, outside).Message, StringComparison.Ordinal);
        var coarse = Segmentation(["Tumour"], [(1, At(2), new byte[6 * 5])], rows: 6, columns: 5, spacing: [4, 3]);
        Fails("roi.empty", Tumour, coarse);
        var coarseFull = Segmentation(["Tumour"], [(1, At(2), [.. Enumerable.Repeat((byte)1, 30)])], rows: 6, columns: 5, spacing: [4, 3]);
        Assert.Contains("has 5 × 6 × 1 voxels of 3 × 4", Fails("mask.space", Tumour, coarseFull).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_padding_frames_beyond_the_image_do_no_harm() =>
        Assert.Equal("3,4,2", Voxels(Import(Tumour, Segmentation(["Tumour"], [(1, At(-1), Pixels(1)), (1, At(2), Pixels(1, (3, 4)))])).Mask));

    [Fact]
    public void Bad_segmentations_are_refused_with_one_sentence()
    {
        var good = ((int, Point3, byte[])[])[(1, At(2), Pixels(1, (3, 4)))];
        Assert.Equal("ROI 'Tumour' of 'seg.dcm' holds no voxel of the image.", Fails("roi.empty", Tumour, Segmentation(["Tumour"], [(1, At(2), Pixels(1))])).Message);
        Assert.Equal("No ROI of 'seg.dcm' is named 'Tumour'; there are 'Oedema'.", Fails("roi.not-found", Tumour, Segmentation(["Oedema"], good)).Message);
        Assert.Equal(
            "The segmentation 'seg.dcm' is of type LABELMAP; only BINARY and FRACTIONAL are read, so convert it.",
            Fails("seg.type", Tumour, Segmentation(["Tumour"], good).Set(DicomTags.SegmentationType, "CS", "LABELMAP")).Message);
        Assert.Equal(
            "The segmentation 'seg.dcm' has 2 frames and describes 1; export it again.",
            Fails("seg.malformed", Tumour, Segmentation(["Tumour"], good)
                .Set(DicomTags.NumberOfFrames, "IS", 2).Set(DicomTags.PixelData, "OB", new byte[Rows * Columns])).Message);
        Fails("seg.malformed", Tumour, Segmentation(["Tumour"], good).Remove(DicomTags.PerFrameFunctionalGroupsSequence));
        Fails("seg.malformed", Tumour, Segmentation(["Tumour"], good, maximumFractional: 0));
    }

    [Fact]
    public void A_segmentation_without_references_is_matched_by_its_planes()
    {
        var imported = Import(Tumour, Segmentation(["Tumour"], [(1, At(2), Pixels(1, (3, 4)))], series: null));
        Assert.Contains("shares its frame of reference and planes", Assert.Single(imported.Warnings), StringComparison.Ordinal);
    }
}
