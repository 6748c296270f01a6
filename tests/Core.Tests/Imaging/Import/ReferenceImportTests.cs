using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Imaging.Nifti;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Core.Tests.Imaging.Import;

public class ReferenceImportTests(ITestOutputHelper output)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void The_structure_set_of_the_CT_phantom_equals_its_NIfTI_mask_voxel_for_voxel()
    {
        var files = TestFiles.FromFolder(ReferenceData.Require("ibsi1/ct-phantom/dicom"));
        var expected = NiftiReader.ReadMask(
            TestFiles.FromDisk(ReferenceData.Require("ibsi1/ct-phantom/nifti/mask.nii.gz")), null, out _, out _, Cancel);
        var imported = ImageImporter.Import(files, new ImageSelection("CT", null, "GTV-1"), Cancel);
        Assert.Equal(125256, imported.Mask.Count());
        Assert.True(imported.Image.Grid.SharesSpaceWith(expected.Grid));
        Assert.Equal(expected.Values, imported.Mask.Values);
        Assert.Equal(["GTV-1"], imported.Roi);
        Assert.Equal(IntensityUnit.Hounsfield, imported.Image.Unit);
    }

    [Fact]
    public void The_NIfTI_image_of_the_CT_phantom_takes_the_structure_set_given_apart_and_the_DICOM_image_the_NIfTI_mask()
    {
        var nifti = new[] { TestFiles.FromDisk(ReferenceData.Require("ibsi1/ct-phantom/nifti/image.nii.gz")) };
        var niftiMask = new[] { TestFiles.FromDisk(ReferenceData.Require("ibsi1/ct-phantom/nifti/mask.nii.gz")) };
        var dicom = TestFiles.FromFolder(ReferenceData.Require("ibsi1/ct-phantom/dicom/image"));
        var structures = TestFiles.FromFolder(ReferenceData.Require("ibsi1/ct-phantom/dicom/mask"));
        var selection = new ImageSelection("CT", null, null);
        var images = new[]
        {
            ImageImporter.Import(nifti, niftiMask, selection, Cancel),
            ImageImporter.Import(nifti, structures, selection, Cancel),
            ImageImporter.Import(dicom, niftiMask, selection, Cancel),
            ImageImporter.Import(dicom, structures, selection, Cancel),
        };
        Assert.All(images, i => Assert.Equal(125256, i.Mask.Count()));
        Assert.All(images, i => Assert.Equal(images[0].Mask.Values, i.Mask.Values));
        Assert.All(images, i => Assert.Equal(images[0].Image.Values, i.Image.Values));
    }

    // Independent masks, from the unpacked archive, hashed in the same linear order (i fastest):
    //   plastimatch convert --input PET/mask/RS.dcm --referenced-ct PET/image --output-prefix out --prefix-format nii.gz
    //   v = (np.asarray(nibabel.load('out/GTV_Mass_PET.nii.gz').dataobj).transpose(2, 1, 0) > 0).astype(np.uint8)
    //   v.sum(), hashlib.sha256(v.tobytes()).hexdigest()[:16]
    [Theory]
    [InlineData("STS_001", 5095, "9bf94607779e9e14", 117145, "e2cb1f296c11b16a")]
    [InlineData("STS_013", 30711, "4c982a64f4f1b869", 490336, "a273beef2fedf1b8")]
    [InlineData("STS_020", 23914, "ffbef1e8fe47526b", 748026, "5fded736e2315827")]
    public void Sarcoma_masks_equal_plastimatchs_voxel_for_voxel(string id, int pet, string petHash, int mr, string mrHash)
    {
        var (petMask, mrMask) = ImportBoth(id);
        Assert.Equal((pet, petHash), (petMask.Count(), Hash(petMask)));
        Assert.Equal((mr, mrHash), (mrMask.Count(), Hash(mrMask)));
    }

    // Every mask made by plastimatch as above; the lines "STS_001 PT 5095 9bf94607779e9e14\n" of all 102, PT before MR, hashed:
    //   hashlib.sha256(''.join(lines).encode()).hexdigest()
    [LongFact]
    public void All_102_masks_of_the_51_sarcoma_cases_equal_plastimatchs_voxel_for_voxel()
    {
        var watch = Stopwatch.StartNew();
        var lines = new StringBuilder();
        for (var n = 1; n <= 51; n++)
        {
            var (pet, mr) = ImportBoth($"STS_{n:000}");
            lines.Append(CultureInfo.InvariantCulture, $"STS_{n:000} PT {pet.Count()} {Hash(pet)}\n");
            lines.Append(CultureInfo.InvariantCulture, $"STS_{n:000} MR {mr.Count()} {Hash(mr)}\n");
        }
        output.WriteLine($"51 cases, PET and MR: {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.Equal("6c69e66826234e3dd647b9bfcc4d4ee2e7d2982c51cda5123c654f12f1203713", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines.ToString()))));
    }

    private static string Hash(Mask mask) => Convert.ToHexStringLower(SHA256.HashData(mask.Values))[..16];

    private (Mask Pet, Mask Mr) ImportBoth(string id)
    {
        var masks = new List<Mask>();
        var watch = Stopwatch.StartNew();
        var files = TestFiles.FromZip(ReferenceData.Require($"sts/imaging/{id}.zip"));
        foreach (var (modality, roi) in new[] { ("PT", "GTV_Mass_PET"), ("MR", "GTV_Mass_MR_T1") })
        {
            var selection = new ImageSelection(modality, null, "/^GTV_Mass/");
            var imported = ImageImporter.Import(files, selection, Cancel);
            var count = imported.Mask.Count();
            Assert.Equal([roi], imported.Roi);
            Assert.Equal(modality, imported.Modality);
            Assert.Equal(modality == "PT" ? IntensityUnit.SuvBodyWeight : IntensityUnit.Arbitrary, imported.Image.Unit);
            Assert.True(count > 0);
            Assert.Contains(imported.Warnings, w => w.Contains("none is there", StringComparison.Ordinal));
            Assert.Equal(
                id is "STS_009" or "STS_020" or "STS_022" or "STS_026" or "STS_034" or "STS_038" or "STS_044" or "STS_045",
                imported.Warnings.Any(w => w.Contains("touches the border", StringComparison.Ordinal)));
            var check = ImageImporter.Check(files, selection, Cancel);
            Assert.Equal((imported.Source, count), (check.Source, check.RoiVoxels));
            Assert.Equal(imported.Image.Grid, check.Grid);
            output.WriteLine($"{id} {modality}: {count} voxels, {watch.Elapsed.TotalMilliseconds:0} ms; {string.Join(" | ", imported.Warnings)}");
            watch.Restart();
            masks.Add(imported.Mask);
        }
        return (masks[0], masks[1]);
    }
}
