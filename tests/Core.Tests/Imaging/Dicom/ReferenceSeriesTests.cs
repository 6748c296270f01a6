using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Imaging.Archives;
using RadiogenomicsCloud.Imaging.Dicom;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Core.Tests.Imaging.Dicom;

public class ReferenceSeriesTests
{
    [Fact]
    public void Every_series_of_the_sarcoma_cohort_makes_a_regular_grid()
    {
        var folder = ReferenceData.Require("sts/imaging");
        var modalities = new List<string>();
        foreach (var path in Directory.GetFiles(folder, "*.zip").Order(StringComparer.Ordinal))
        {
            using var zip = ZipImageFiles.Open(File.OpenRead(path), Path.GetFileName(path), new ArchiveLimits());
            var inventory = ImageInventory.Scan(zip.Files, TestContext.Current.CancellationToken);
            Assert.Empty(inventory.Unreadable);
            Assert.NotEmpty(inventory.StructureSets);
            foreach (var series in inventory.Series)
            {
                Assert.Equal(series.Instances.Count, SeriesVolumeReader.Geometry(series).CountK);
                modalities.Add(series.Modality);
            }
        }
        Assert.Equal((51, 51, 8), (modalities.Count(m => m == "PT"), modalities.Count(m => m == "MR"), modalities.Count(m => m == "CT")));
    }

    /// <summary>
    /// The first PET of the cohort is in SUV already, with a slope of its own in every slice. Expected:
    /// <c>[d.pixel_array * float(d.RescaleSlope) + float(d.RescaleIntercept) for d in slices]</c> of pydicom 2.3.1, with numpy's max, and
    /// the sum of all.
    /// </summary>
    [Fact]
    public void The_PET_of_the_first_sarcoma_has_the_values_that_pydicom_gives()
    {
        using var zip = ZipImageFiles.Open(
            File.OpenRead(ReferenceData.Require("sts/imaging/STS_001.zip")), "STS_001.zip", new ArchiveLimits());
        var inventory = ImageInventory.Scan(zip.Files, TestContext.Current.CancellationToken);
        var pet = SeriesVolumeReader.Read(inventory.Series.Single(s => s.Modality == "PT"), TestContext.Current.CancellationToken);
        Assert.Equal(25.4122982025045, pet.Volume.Values.Max(), 12);
        Assert.Equal(69688.74570021388, pet.Volume.Values.Sum(), 6);
        Assert.Equal(IntensityUnit.SuvBodyWeight, pet.Volume.Unit);
    }

    /// <summary>
    /// The IBSI CT phantom comes as DICOM and as NIfTI: the two volumes are one. Expected of its image.nii.gz by nibabel:
    /// <c>n.affine</c> (RAS: x and y negated), <c>n.get_fdata().sum()</c>, <c>[100, 120, 30]</c>, <c>[17, 150, 0]</c>, <c>[101, 99, 59]</c>.
    /// </summary>
    [Fact]
    public void The_CT_phantom_as_DICOM_is_the_volume_of_its_NIfTI()
    {
        var files = FolderImageFiles.List(ReferenceData.Require("ibsi1/ct-phantom/dicom"));
        var inventory = ImageInventory.Scan(files, TestContext.Current.CancellationToken);
        var volume = SeriesVolumeReader.Read(Assert.Single(inventory.Series), TestContext.Current.CancellationToken).Volume;
        var nifti = GridGeometry.AxisAligned(
            204, 201, 60, 0.9769999980926514, 0.9769999980926514, 3, new(-174.39450073242188, -79.62550354003906, -100.4000015258789));
        Assert.True(volume.Grid.SharesSpaceWith(nifti));
        Assert.Equal(-655581056.0, volume.Values.Sum());
        Assert.Equal((89.0, -998.0, -798.0), (volume[100, 120, 30], volume[17, 150, 0], volume[101, 99, 59]));
    }
}
