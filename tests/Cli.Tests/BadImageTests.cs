using RadiogenomicsCloud.Cli.Tests.Running;

namespace RadiogenomicsCloud.Cli.Tests;

/// <summary>Images and masks that cannot be used: one sentence, exit code 2, nothing written.</summary>
public sealed class BadImageTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    private async Task Refused(string image, string mask, string? code, string[] says, params string[] more)
    {
        var before = TestFolder.Files(folder.Path);
        var output = folder.At("features.csv");
        (await Radiogenomics.Run(["extract", "--image", image, "--mask", mask, "--out", output, .. more])).Refused(code, says);
        Assert.Equal(before, TestFolder.Files(folder.Path));
    }

    private static string StructureSetOf(string image) => Path.Combine(image, SmallImage.StructureSet);

    [Theory]
    [InlineData(0.02)] // In the meta information.
    [InlineData(0.15)] // In the header.
    [InlineData(0.9)] // In the pixels.
    public async Task A_truncated_DICOM_file_is_named(double part)
    {
        var image = SmallImage.Write(folder);
        SmallImage.Truncate(Path.Combine(image, SmallImage.Slice), part);
        var before = TestFolder.Files(folder.Path);
        var result = await Radiogenomics.Run("extract", "--image", image, "--mask", image, "--out", folder.At("features.csv"));
        result.Refused(null, SmallImage.Slice);
        Assert.Equal(before, TestFolder.Files(folder.Path));
    }

    [Fact]
    public async Task An_unsupported_transfer_syntax_is_named_with_the_tool_that_converts_it()
    {
        var image = SmallImage.Write(folder);
        foreach (var slice in Directory.GetFiles(image, "CT_*.dcm"))
            SmallImage.ClaimTransferSyntax(slice, "1.2.840.10008.1.2.4.90");
        await Refused(image, image, "dicom.transfer-syntax", ["JPEG 2000", "1.2.840.10008.1.2.4.90", "gdcmconv --raw"]);
    }

    [Fact]
    public async Task A_zip_bomb_is_refused_before_it_is_unpacked()
    {
        var image = SmallImage.Write(folder);
        var zip = SmallImage.Zip(folder.At("bomb.zip"), ("zeros.dcm", new byte[50_000_000]));
        await Refused(zip, StructureSetOf(image), "zip.limit", ["bomb.zip", "ratio above 200", "zip bomb"]);
    }

    [Theory]
    [InlineData("../outside.dcm")]
    [InlineData("a/../../outside.dcm")]
    [InlineData("..\\outside.dcm")]
    [InlineData("/outside.dcm")]
    public async Task A_zip_entry_that_leaves_the_archive_is_refused(string entry)
    {
        var image = SmallImage.Write(folder);
        var zip = SmallImage.Zip(folder.At("case.zip"), [.. SmallImage.Entries(image), (entry, [1, 2, 3])]);
        await Refused(zip, zip, "zip.path", ["case.zip", entry.Replace('\\', '/')]);
    }

    [Fact]
    public async Task A_missing_slice_is_reported_with_its_place_and_not_interpolated()
    {
        var image = SmallImage.Write(folder, withoutSlice: 11);
        await Refused(image, image, "series.missing-slice", ["1 slice(s)", "between -3.75 mm and 1.25 mm"]);
    }

    [Fact]
    public async Task A_structure_set_of_another_patient_is_refused()
    {
        var image = SmallImage.Write(folder);
        var other = SmallImage.Write(folder, "CASE-2");
        await Refused(image, StructureSetOf(other), "roi.other-patient", [SmallImage.StructureSet, "another patient"]);
    }

    [Fact]
    public async Task An_ROI_that_does_not_exist_is_answered_with_those_that_do()
    {
        var image = SmallImage.Write(folder);
        await Refused(image, image, "roi.not-found", ["'Nodule'", "'Tumour'"], "--roi", "Nodule");
    }

    [Fact]
    public async Task A_mask_with_no_voxel_is_refused()
    {
        var image = SmallImage.Nifti(folder.At("image.nii"), 6, (i, j, k) => (short)(i + j + k));
        var mask = SmallImage.Nifti(folder.At("mask.nii"), 6, (_, _, _) => 0);
        await Refused(image, mask, "roi.empty", ["mask.nii", "no voxel"]);
    }

    [Fact]
    public async Task A_region_that_the_settings_leave_without_a_voxel_is_refused()
    {
        var image = SmallImage.Write(folder);
        var settings = folder.Write("settings.yaml", "resegment: {range: [5000, null]}\ndiscretise: {method: FBS, bin_width: 10}\nfamilies: [all]\n");
        await Refused(image, image, null, ["voxel"], "--settings", settings);
    }

    [Fact]
    public async Task A_mask_on_another_grid_is_refused_with_how_far_it_is_off()
    {
        var image = SmallImage.Nifti(folder.At("image.nii"), 6, (i, j, k) => (short)(i + j + k));
        var mask = SmallImage.Nifti(folder.At("mask.nii"), 5, (_, _, _) => 1);
        await Refused(image, mask, "mask.space", ["voxel"]);
    }
}
