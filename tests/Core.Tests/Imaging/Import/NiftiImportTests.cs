using RadiogenomicsCloud.Core.Tests.Imaging.Nifti;
using RadiogenomicsCloud.Core.Tests.Imaging.Structures;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Tests;
using static RadiogenomicsCloud.Core.Tests.Imaging.Import.CaseBuilder;

namespace RadiogenomicsCloud.Core.Tests.Imaging.Import;

public class NiftiImportTests
{
    private static readonly ImageSelection Any = new(null, null, null);

    private static ImportedImage Import(ImageSelection selection, params ImageFile[] files) =>
        ImageImporter.Import(files, selection, TestContext.Current.CancellationToken);

    private static BadInputException Fails(string code, ImageSelection selection, params ImageFile[] files)
    {
        var e = Assert.Throws<BadInputException>(() => Import(selection, files));
        Assert.Equal(code, e.Code);
        Assert.Equal(e.Message, Assert.Throws<BadInputException>(() => ImageImporter.Check(files, selection, TestContext.Current.CancellationToken)).Message);
        return e;
    }

    private static ImageFile Image(string name) => NiftiBuilder.For(Grid, 16, n => n * 0.5).File(name);

    private static ImageFile MaskFile(string name, GridGeometry? grid = null, Func<int, double>? value = null) =>
        NiftiBuilder.For(grid ?? Grid, 2, value ?? (n => n == 234 ? 1 : 0)).File(name);

    [Fact]
    public void An_image_takes_the_mask_of_its_name_compressed_or_not()
    {
        ImageFile[] files = [Image("a/ct.nii.gz"), MaskFile("a/ct.mask.nii"), Image("a/mr.nii"), MaskFile("b/ct.mask.nii.gz")];
        var imported = Import(new("CT", "ct", null), files);
        Assert.Equal("4,11,1", Voxels(imported.Mask));
        Assert.Equal(("CT", IntensityUnit.Hounsfield, "a/ct.nii.gz"), (imported.Modality, imported.Image.Unit, imported.Source));
        Assert.Equal(117, imported.Image.Values[234]);
        Assert.Equal(["ct.mask"], imported.Roi);
        Assert.True(Grid.SharesSpaceWith(imported.Image.Grid));
        Assert.Equal("The image 'a/mr.nii' has no mask; put 'a/mr.mask.nii.gz' beside it.", Fails("roi.none", new("MR", "/^mr/", null), files).Message);
        Assert.Equal(
            "There are 2 of NIfTI image: 'a/ct.nii.gz', 'a/mr.nii'; name one by the image's description (its file name without extension).",
            Fails("image.several", Any, files).Message);
        Assert.Equal("There is no NIfTI image named 'pet'; there are 'a/ct.nii.gz', 'a/mr.nii'.", Fails("image.none", new("PT", "pet", null), files).Message);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(3, 2)]
    [InlineData(5, 7)]
    public void A_mask_stored_in_another_order_of_the_same_grid_is_turned(int order, int flips)
    {
        var (stored, indices) = LatticeMapTests.Reordered(order, flips);
        var (grid, _) = LatticeMapTests.Reordered(0, 0);
        var imported = Import(Any, NiftiBuilder.For(grid, 4, n => n).File("i.nii"), MaskFile("i.mask.nii", stored, n => n is 7 or 100 ? 1 : 0));
        Assert.Equal(new[] { indices[7], indices[100] }.Order(), Enumerable.Range(0, 120).Where(n => imported.Mask.Values[n] != 0));
    }

    [Fact]
    public void A_mask_of_another_space_is_an_error_that_says_by_how_much()
    {
        var e = Fails("mask.space", Any, Image("i.nii"), MaskFile("i.mask.nii", Grid with { Origin = Grid.Origin + new Point3(0, 0.5, 0) }));
        Assert.Equal(
            "The mask 'i.mask.nii' and the image 'i.nii' do not share a space: their corners lie up to 0.25 voxels (at most 0.75 mm) apart where 0.01 voxel is allowed; resample the mask to the image's grid first.",
            e.Message);
        Fails("mask.space", Any, Image("i.nii"), MaskFile("i.mask.nii", Grid with { CountI = 9 }));
    }

    [Fact]
    public void A_label_is_selected_by_its_number_and_all_are_taken_with_a_warning_otherwise()
    {
        ImageFile[] files = [Image("i.nii"), MaskFile("i.mask.nii", value: n => n switch { 234 => 1, 235 => 2, 345 => 2, _ => 0 })];
        var all = Import(new(null, null, "/^GTV/"), files);
        Assert.Equal(3, all.Mask.Count());
        Assert.Contains(all.Warnings, w => w == "The mask 'i.mask.nii' holds 2 labels; all are taken together. Name one as the ROI to select it.");
        var two = Import(new(null, null, "2"), files);
        Assert.Equal(2, two.Mask.Count());
        Assert.Equal(["2"], two.Roi);
        Assert.Equal("The mask 'i.mask.nii' has no label 3; it has 1, 2.", Fails("roi.not-found", new(null, null, "3"), files).Message);
        Assert.Equal("The mask 'i.mask.nii' holds no voxel of the image.", Fails("roi.empty", Any, Image("i.nii"), MaskFile("i.mask.nii", value: _ => 0)).Message);
    }

    [Fact]
    public void PET_without_a_unit_is_taken_as_SUV_with_a_warning()
    {
        var imported = Import(new("PT", null, null), Image("i.nii"), MaskFile("i.mask.nii"));
        Assert.Equal(IntensityUnit.SuvBodyWeight, imported.Image.Unit);
        Assert.Contains("'i.nii' does not state its unit; its values are taken as SUV by body weight.", imported.Warnings);
    }

    [Fact]
    public void Image_and_mask_given_apart_need_no_names_and_may_be_of_different_kinds()
    {
        ImageFile[] series = [.. Series()];
        ImageFile[] nifti = [Image("whatever.nii")];
        ImageFile[] niftiMask = [MaskFile("segmentation.nii.gz")];
        ImageFile[] structures = [SimpleStructureSet().File("rs.dcm")];
        foreach (var image in new[] { series, nifti })
        {
            Assert.Equal(1, ImageImporter.Import(image, niftiMask, Any, TestContext.Current.CancellationToken).Mask.Count());
            Assert.Equal(60, ImageImporter.Import(image, structures, Any, TestContext.Current.CancellationToken).Mask.Count());
            Assert.Equal(60, ImageImporter.Check(image, structures, Any, TestContext.Current.CancellationToken).RoiVoxels);
        }
        var foreign = SimpleStructureSet(patient: "P2").File("rs.dcm");
        Assert.Equal("roi.other-patient", Assert.Throws<BadInputException>(() => ImageImporter.Import(series, [foreign], Any, TestContext.Current.CancellationToken)).Code);
        var none = Assert.Throws<BadInputException>(() => ImageImporter.Import(series, [], Any, TestContext.Current.CancellationToken));
        Assert.Equal("roi.none", none.Code);
    }

    [Fact]
    public void The_digital_phantom_has_74_voxels()
    {
        var image = TestFiles.FromDisk(ReferenceData.Require("ibsi1/digital-phantom/nifti/image.nii.gz"));
        var mask = TestFiles.FromDisk(ReferenceData.Require("ibsi1/digital-phantom/nifti/mask.nii.gz"));
        var imported = ImageImporter.Import([image], [mask], Any, TestContext.Current.CancellationToken);
        // IBSI reference manual, section 5.1: mean intensity 2.15 over 74 voxels.
        Assert.Equal(74, imported.Mask.Count());
        Assert.Equal(2.15, imported.Image.Values.Where((_, n) => imported.Mask.Values[n] != 0).Average(), 0.005);
    }
}
