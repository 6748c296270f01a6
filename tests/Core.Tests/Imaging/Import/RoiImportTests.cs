using RadiogenomicsCloud.Core.Tests.Imaging.Dicom;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Imaging.Dicom;
using static RadiogenomicsCloud.Core.Tests.Imaging.Import.CaseBuilder;

namespace RadiogenomicsCloud.Core.Tests.Imaging.Import;

public class RoiImportTests
{
    private static readonly ImageSelection Any = new(null, null, null);

    private static ImportedImage Import(ImageSelection selection, params ImageFile[] files) =>
        ImageImporter.Import(files, selection, TestContext.Current.CancellationToken);

    private static BadInputException Fails(string code, ImageSelection selection, params ImageFile[] files)
    {
        var fromImport = Assert.Throws<BadInputException>(() => Import(selection, files));
        var fromCheck = Assert.Throws<BadInputException>(() => ImageImporter.Check(files, selection, TestContext.Current.CancellationToken));
        Assert.Equal(code, fromImport.Code);
        Assert.Equal((fromImport.Code, fromImport.Message), (fromCheck.Code, fromCheck.Message));
        return fromImport;
    }

    [Fact]
    public void A_box_becomes_its_voxels_and_the_image_is_in_place()
    {
        var imported = Import(Any, [.. Series(), SimpleStructureSet().File("rs.dcm")]);
        Assert.Equal(60, imported.Mask.Count());
        for (var k = 0; k < Slices; k++)
        {
            for (var j = 0; j < Rows; j++)
            {
                for (var i = 0; i < Columns; i++)
                {
                    Assert.Equal(i is >= 2 and <= 5 && j is >= 3 and <= 7 && k is >= 1 and <= 3, imported.Mask[i, j, k]);
                    Assert.Equal(i + (10 * j) + (120 * k), imported.Image[i, j, k]);
                }
            }
        }
        Assert.Empty(imported.Warnings);
        Assert.Equal("1.2.3.4", imported.Source);
    }

    [Fact]
    public void The_structure_set_of_the_chosen_series_is_taken_though_all_share_one_frame_of_reference()
    {
        ImageFile[] files =
        [
            .. Series("1.1", "CT"), .. Series("1.2", "MR"),
            SimpleStructureSet("GTV_CT", "1.1", sop: "1.9.1").File("a.dcm"), SimpleStructureSet("GTV_MR", "1.2", sop: "1.9.2").File("b.dcm"),
        ];
        Assert.Equal(["GTV_CT"], Import(new("CT", null, "/^GTV/"), files).Roi);
        Assert.Equal(["GTV_MR"], Import(new("MR", null, null), files).Roi);
        var e = Fails("roi.not-found", new("MR", null, "GTV_CT"), files);
        Assert.Equal("No ROI of 'b.dcm' is named 'GTV_CT'; there are 'GTV_MR'.", e.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Each_region_of_a_structure_set_drawn_on_two_series_belongs_to_its_own(bool byImages)
    {
        // A registered pair in one structure set, as planning systems write it: both series and both frames of reference are named.
        var boxes = new[] { 1, 2 }.Select(n => Enumerable.Range(1, 3).Select(k =>
            ContourItem(Box(k, 1.5, 2.5, 1.5 + n, 7.5), sop: byImages ? Sop($"1.{n}", k) : null)).ToArray()).ToArray();
        var set = StructureSet([("GTV_CT", boxes[0]), ("GTV_PT", boxes[1])], null, null)
            .Set(DicomTags.FrameOfReferenceUid, "UI", "1.2.3.9")
            .Sequence(DicomTags.ReferencedFrameOfReferenceSequence, [.. new[] { 1, 2 }.Select(n => new DicomBuilder()
                .Set(DicomTags.FrameOfReferenceUid, "UI", $"1.{n}.9")
                .Sequence(DicomTags.RTReferencedStudySequence, new DicomBuilder()
                    .Sequence(DicomTags.RTReferencedSeriesSequence, new DicomBuilder().Set(DicomTags.SeriesInstanceUid, "UI", $"1.{n}"))))])
            .Sequence(DicomTags.StructureSetROISequence, [.. new[] { ("GTV_CT", 1), ("GTV_PT", 2) }.Select(r => new DicomBuilder()
                .Set(DicomTags.ROINumber, "IS", r.Item2)
                .Set(DicomTags.ReferencedFrameOfReferenceUid, "UI", byImages ? Frame : $"1.{r.Item2}.9")
                .Set(DicomTags.ROIName, "LO", r.Item1))]);
        ImageFile[] files =
        [
            .. Series("1.1", "CT", frame: byImages ? Frame : "1.1.9"), .. Series("1.2", "MR", frame: byImages ? Frame : "1.2.9"), set.File("rs.dcm"),
        ];
        var ct = Import(new("CT", null, "/^GTV/"), files);
        Assert.Equal(["GTV_CT"], ct.Roi);
        Assert.Equal(15, ct.Mask.Count());
        Assert.Equal(["GTV_PT"], Import(new("MR", null, null), files).Roi);
        var e = Fails("roi.other-series", new("MR", null, "GTV_CT"), files);
        Assert.Equal("ROI 'GTV_CT' of 'rs.dcm' was drawn on another series than the chosen one.", e.Message);
    }

    [Fact]
    public void Without_a_series_reference_the_images_under_the_contours_decide()
    {
        var onSecond = StructureSet([("GTV", [ContourItem(Box(2, 1, 1, 5, 5), sop: Sop("1.2", 2))])], series: null);
        ImageFile[] files = [.. Series("1.1", "CT"), .. Series("1.2", "MR"), onSecond.File("rs.dcm")];
        Assert.Equal(["GTV"], Import(new("MR", null, null), files).Roi);
        Assert.Equal("No structure set or segmentation was drawn on the chosen series; 'GTV' (rs.dcm) are on other series.",
            Fails("roi.none", new("CT", null, null), files).Message);
    }

    [Fact]
    public void Without_any_reference_the_only_series_of_its_frame_and_planes_is_taken_with_a_warning()
    {
        var lost = SimpleStructureSet(series: "9.9.9").File("rs.dcm");
        ImageFile[] files = [.. Series("1.1", "CT"), .. Series("1.2", "MR", shiftZ: 1), .. Series("1.3", "PT", frame: "7"), lost];
        var imported = Import(new("CT", null, null), files);
        Assert.Contains("the only one that shares its frame of reference and planes", Assert.Single(imported.Warnings), StringComparison.Ordinal);
        Assert.Equal(
            "The structure set 'rs.dcm' and the image do not share a space: its contours or frames lie 0.333 slices or voxels off the image's where 0.1 slices or voxels is allowed.",
            Fails("mask.space", new("MR", null, null), files).Message);
        Fails("roi.none", new("PT", null, null), files);
        Fails("roi.ambiguous-series", new("CT", null, null), [.. Series("1.1", "CT"), .. Series("1.2", "MR"), lost]);
    }

    [Fact]
    public void A_structure_set_of_another_patient_is_an_error_and_set_aside_where_the_right_one_is_there()
    {
        var foreign = SimpleStructureSet("GTV", patient: "P2", sop: "1.9.7").File("foreign.dcm");
        var e = Fails("roi.other-patient", Any, [.. Series(), foreign]);
        Assert.Equal("The structure set 'foreign.dcm' belongs to another patient than the image (other Patient ID, or none of its references is there and its frame of reference differs); put the right one in its place.", e.Message);
        Fails("roi.other-patient", Any, [.. Series(), SimpleStructureSet(series: "9.9", frame: "8.8").File("rs.dcm")]);
        var imported = Import(Any, [.. Series(), foreign, SimpleStructureSet("Mine").File("rs.dcm")]);
        Assert.Equal(["Mine"], imported.Roi);
        Assert.Contains("set aside", Assert.Single(imported.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Series_of_two_patients_in_one_case_are_reported_without_their_identifiers()
    {
        var imported = Import(new("CT", null, null), [.. Series(), .. Series("1.2.3.5", "MR", patient: "P2"), SimpleStructureSet().File("rs.dcm")]);
        var warning = Assert.Single(imported.Warnings);
        Assert.Contains("different patient identifiers (0010,0020)", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("P2", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_exact_or_expressions_and_several_need_union()
    {
        var rs = StructureSet([
            ("GTV-1", [ContourItem(Box(1, 0.5, 0.5, 2.5, 2.5))]),
            ("GTV-2", [ContourItem(Box(4, 4.5, 4.5, 6.5, 5.5))]),
            ("Lung", [ContourItem(Box(1, 0.5, 0.5, 8.5, 8.5))]),
            ("GTV-empty", []),
        ]).File("rs.dcm");
        ImageFile[] files = [.. Series(), rs];
        Assert.Equal("1,1,1 2,1,1 1,2,1 2,2,1", Voxels(Import(new(null, null, "GTV-1"), files).Mask));
        Assert.Equal(["GTV-2"], Import(new(null, null, "/V-2$/"), files).Roi);
        var union = Import(new(null, null, "/^GTV/", Union: true), files);
        Assert.Equal(["GTV-1", "GTV-2"], union.Roi);
        Assert.Equal("1,1,1 2,1,1 1,2,1 2,2,1 5,5,4 6,5,4", Voxels(union.Mask));
        Assert.Equal("2 ROIs match /^GTV/: 'GTV-1', 'GTV-2'; name one, or set union: true to join them.", Fails("roi.several", new(null, null, "/^GTV/"), files).Message);
        Assert.Equal("3 ROIs are there: 'GTV-1', 'GTV-2', 'Lung'; name one, or set union: true to join them.", Fails("roi.several", Any, files).Message);
        Assert.Equal("No ROI of 'rs.dcm' is named 'gtv-1'; there are 'GTV-1', 'GTV-2', 'Lung', 'GTV-empty'.", Fails("roi.not-found", new(null, null, "gtv-1"), files).Message);
        Assert.Equal("ROI 'GTV-empty' of 'rs.dcm' holds no voxel of the image: it has no contour.", Fails("roi.empty", new(null, null, "GTV-empty"), files).Message);
        Fails("roi.pattern", new(null, null, "/(/"), files);
    }

    [Fact]
    public void A_structure_set_that_cannot_be_read_matters_only_where_the_roi_is_nowhere_else()
    {
        var broken = SimpleStructureSet("Other", sop: "1.9.8")
            .Sequence(DicomTags.StructureSetROISequence, new DicomBuilder().Set(DicomTags.ROIName, "LO", "Other")).File("broken.dcm");
        var imported = Import(Any, [.. Series(), broken, SimpleStructureSet().File("rs.dcm")]);
        Assert.Equal("The structure set 'broken.dcm' has an ROI without a number (3006,0022); export it again.", Assert.Single(imported.Warnings));
        Fails("rtstruct.malformed", Any, [.. Series(), broken]);
    }

    [Fact]
    public void Long_lists_of_names_are_cut()
    {
        var rs = StructureSet([.. Enumerable.Range(1, 60).Select(n => ($"Structure number {n}", new[] { ContourItem(Box(1, 0.5, 0.5, 2.5, 2.5)) }))]).File("rs.dcm");
        var message = Fails("roi.not-found", new(null, null, "GTV"), [.. Series(), rs]).Message;
        Assert.EndsWith(" and 50 more.", message, StringComparison.Ordinal);
        Assert.InRange(message.Length, 200, 400);
    }

    [Fact]
    public void An_expression_that_does_not_end_is_refused_in_a_bounded_time()
    {
        var rs = StructureSet([(new string('a', 60), [ContourItem(Box(1, 0.5, 0.5, 2.5, 2.5))])]).File("rs.dcm");
        Assert.Throws<BadInputException>(() => Import(new(null, null, "/^(a+)+$b/"), [.. Series(), rs]));
    }

    [Fact]
    public void A_mask_without_a_voxel_is_an_error_that_says_why()
    {
        var tiny = StructureSet([("GTV", [ContourItem(Box(2, 2.2, 2.2, 2.4, 2.4))])]).File("rs.dcm");
        Assert.Equal("ROI 'GTV' of 'rs.dcm' holds no voxel of the image.", Fails("roi.empty", Any, [.. Series(), tiny]).Message);
        var above = StructureSet([("GTV", [ContourItem(Box(7, 1, 1, 5, 5))])]).File("rs.dcm");
        Assert.Equal(
            "ROI 'GTV' of 'rs.dcm' holds no voxel of the image: ROI 'GTV': 1 contour not used, more than half a slice spacing outside the image: at 121 mm along the slice normal.",
            Fails("roi.empty", Any, [.. Series(), above]).Message);
    }

    [Fact]
    public void Series_are_chosen_by_modality_and_description()
    {
        ImageFile[] files =
        [
            .. Series("1.1", "MR", "T1 axial"), .. Series("1.2", "MR", "T2 axial"), .. Series("1.3", "CT", "lung"),
            SimpleStructureSet(series: "1.2").File("rs.dcm"),
        ];
        Assert.Equal("1.2", Import(new("MR", "/^T2/", null), files).Source);
        Assert.Equal("1.2", Import(new("MR", "T2 axial", null), files).Source);
        Assert.Equal(
            "There are 2 series of modality MR: MR 'T1 axial' (6 files), MR 'T2 axial' (6 files); name one by its series description.",
            Fails("image.several", new("MR", null, null), files).Message);
        Assert.EndsWith("; name one by its modality or series description.", Fails("image.several", Any, files).Message, StringComparison.Ordinal);
        Assert.Equal(
            "There is no series of modality PT; there are MR 'T1 axial' (6 files), MR 'T2 axial' (6 files), CT 'lung' (6 files).",
            Fails("image.none", new("PT", null, null), files).Message);
        Assert.Equal("There is no image series; there is none at all.", Fails("image.none", Any, []).Message);
        Assert.Equal("There is no structure set, segmentation or NIfTI mask with the image.", Fails("roi.none", Any, [.. Series()]).Message);
    }

    [Fact]
    public void A_missing_slice_is_the_readers_error_and_a_broken_structure_set_is_named()
    {
        var files = Series();
        files.RemoveAll(f => f.Name.EndsWith("-2.dcm", StringComparison.Ordinal));
        Fails("series.missing-slice", Any, [.. files, SimpleStructureSet().File("rs.dcm")]);
        var whole = SimpleStructureSet().Bytes();
        var broken = TestFiles.FromBytes("folder/rs.dcm", whole[..^40]);
        Assert.Contains("folder/rs.dcm", Assert.Throws<BadInputException>(() => Import(Any, [.. Series(), broken])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_region_beyond_or_at_the_border_is_reported()
    {
        var rs = StructureSet([("GTV", [ContourItem(Box(2, -3, 2.5, 3.5, 4.5))])]).File("rs.dcm");
        var imported = Import(Any, [.. Series(), rs]);
        Assert.Equal(8, imported.Mask.Count());
        Assert.Collection(
            imported.Warnings,
            w => Assert.Equal("ROI 'GTV': 1 contour cut off at the border of the image.", w),
            w => Assert.StartsWith("ROI 'GTV' touches the border of the image", w, StringComparison.Ordinal));
    }
}
